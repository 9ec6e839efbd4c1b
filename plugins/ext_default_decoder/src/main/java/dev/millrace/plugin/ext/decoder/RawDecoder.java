package dev.millrace.plugin.ext.decoder;

import dev.millrace.spi.BodyBuffer;
import dev.millrace.spi.event.EventBatch;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.LogBatch;
import dev.millrace.spi.event.SpanId;
import dev.millrace.spi.event.Value;
import dev.millrace.spi.extension.Decoder;
import dev.millrace.spi.extension.Format;
import dev.millrace.spi.http.HttpHeaders;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Makes one log record of a body, whatever its bytes are; an empty one makes none. Thread-safe. */
final class RawDecoder implements Decoder {
    static final String NAME = "raw";

    private static final Value.Mapping NONE = new Value.Mapping(Map.of());

    private final Clock clock;

    RawDecoder(Clock clock) {
        this.clock = clock;
    }

    @Override
    public List<Format> formats() {
        return List.of(new Format(NAME, "1"));
    }

    @Override
    public List<EventBatch> decode(String format, HttpHeaders headers, BodyBuffer body) {
        if (body.length() == 0) {
            return List.of();
        }
        Value bytes = new Value.Bytes(ByteBuffer.wrap(body.toByteArray()));
        return List.of(
                new LogBatch(Labels.EMPTY, List.of(new LogBatch.Row(0, now(), 0, "", bytes, NONE, SpanId.NONE))));
    }

    private long now() {
        Instant now = clock.instant();
        return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
    }
}

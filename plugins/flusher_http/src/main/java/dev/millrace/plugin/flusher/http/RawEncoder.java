package dev.millrace.plugin.flusher.http;

import dev.millrace.spi.BodyBuffer;
import dev.millrace.spi.event.LogBatch;
import dev.millrace.spi.event.Value;
import dev.millrace.spi.extension.Content;
import dev.millrace.spi.extension.Encoded;
import dev.millrace.spi.extension.Encoder;
import dev.millrace.spi.extension.EncodingException;
import dev.millrace.spi.extension.Format;
import dev.millrace.spi.extension.Target;
import dev.millrace.spi.pipeline.Slice;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Writes the bodies of log records as they are; other events are dropped, reason {@code not_raw}. Thread-safe. */
final class RawEncoder implements Encoder {
    private static final String CONTENT_TYPE = "application/octet-stream";

    private final byte[] separator;

    RawEncoder(String separator) {
        this.separator = separator.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public List<Format> formats() {
        return List.of(new Format("raw", "1"));
    }

    @Override
    public Encoded encode(Slice slice, Target target, BodyBuffer body) throws EncodingException {
        int written = 0;
        for (int i = 0; i < slice.size(); i++) {
            if (!(slice.batch(i) instanceof LogBatch logs)) {
                continue;
            }
            Value value = logs.rows().get(slice.row(i)).body();
            if (value instanceof Value.Bytes || value instanceof Value.Text) {
                if (written > 0) {
                    body.write(separator, 0, separator.length);
                }
                append(value, body);
                written++;
            }
            BodyLimit.check(body, target);
        }
        int dropped = slice.size() - written;
        Map<String, Integer> reasons = dropped == 0 ? Map.of() : Map.of("not_raw", dropped);
        return new Encoded(CONTENT_TYPE, Map.of(), reasons, Content.samples(written));
    }

    private static void append(Value value, BodyBuffer body) {
        if (value instanceof Value.Bytes bytes) {
            body.write(bytes.value().duplicate());
        } else if (value instanceof Value.Text text) {
            byte[] utf8 = text.value().getBytes(StandardCharsets.UTF_8);
            body.write(utf8, 0, utf8.length);
        }
    }
}

package dev.millrace.plugin.ext.encoder;

import dev.millrace.plugin.lib.prometheus.wire.WriteRequestEncoder;
import dev.millrace.plugin.lib.prometheus.wire.Written;
import dev.millrace.spi.BodyBuffer;
import dev.millrace.spi.extension.Encoded;
import dev.millrace.spi.extension.Encoder;
import dev.millrace.spi.extension.EncodingException;
import dev.millrace.spi.extension.Format;
import dev.millrace.spi.extension.Target;
import dev.millrace.spi.pipeline.Slice;
import java.util.List;
import java.util.Map;

/** Encodes metrics as remote write 1.0 ("Protocol", required headers). Thread-safe. */
final class PrometheusEncoder implements Encoder {
    private static final Format VERSION_1 = new Format(DefaultEncoderOptions.PROMETHEUS, "1.0");
    private static final String CONTENT_TYPE = "application/x-protobuf";
    private static final Map<String, String> HEADERS = Map.of("X-Prometheus-Remote-Write-Version", "0.1.0");

    private final WriteRequestEncoder encoder = new WriteRequestEncoder();
    private final int seriesLimit;

    PrometheusEncoder(int seriesLimit) {
        this.seriesLimit = seriesLimit;
    }

    @Override
    public List<Format> formats() {
        return List.of(VERSION_1);
    }

    @Override
    public Encoded encode(Slice slice, Target target, BodyBuffer body) throws EncodingException {
        if (!target.format().equals(VERSION_1)) {
            throw new IllegalArgumentException("format: " + target.format() + " (expected: " + VERSION_1 + ")");
        }
        Written written = encoder.encode(slice, target.externalLabels(), seriesLimit, target.maxBytes(), body);
        return new Encoded(CONTENT_TYPE, HEADERS, written.dropped(), written.content());
    }
}

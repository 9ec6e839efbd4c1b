package dev.millrace.plugin.ext.encoder;

import dev.millrace.plugin.lib.prometheus.names.InvalidNames;
import dev.millrace.plugin.lib.prometheus.wire.RequestEncoder;
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

/**
 * Encodes metrics as remote write 2.0 or 1.0, with the headers of each (both specifications, "Protocol"). Thread-safe.
 *
 * <p>Where nobody chooses, it is 1.0, which every receiver understands. The content type of 2.0 has no space behind its semicolon: receivers that compare it as a text would take the message
 * for one of 1.0.
 */
final class PrometheusEncoder implements Encoder {
    static final Format VERSION_2 = new Format(DefaultEncoderOptions.PROMETHEUS, "2.0");
    static final Format VERSION_1 = new Format(DefaultEncoderOptions.PROMETHEUS, "1.0");

    private static final List<Format> FORMATS = List.of(VERSION_1, VERSION_2);
    private static final String VERSION_HEADER = "X-Prometheus-Remote-Write-Version";
    private static final String CONTENT_TYPE_2 = "application/x-protobuf;proto=io.prometheus.write.v2.Request";
    private static final Map<String, String> HEADERS_2 = Map.of(VERSION_HEADER, "2.0.0");
    private static final String CONTENT_TYPE_1 = "application/x-protobuf";
    private static final Map<String, String> HEADERS_1 = Map.of(VERSION_HEADER, "0.1.0");

    private final RequestEncoder encoder2 = new RequestEncoder();
    private final WriteRequestEncoder encoder1;
    private final int seriesLimit;

    PrometheusEncoder(int seriesLimit, InvalidNames invalidNames) {
        this.encoder1 = new WriteRequestEncoder(invalidNames);
        this.seriesLimit = seriesLimit;
    }

    @Override
    public List<Format> formats() {
        return FORMATS;
    }

    @Override
    public Encoded encode(Slice slice, Target target, BodyBuffer body) throws EncodingException {
        if (target.format().equals(VERSION_2)) {
            Written written = encoder2.encode(slice, target, seriesLimit, body);
            return new Encoded(CONTENT_TYPE_2, HEADERS_2, written.dropped(), written.content());
        }
        if (target.format().equals(VERSION_1)) {
            Written written = encoder1.encode(slice, target, seriesLimit, body);
            return new Encoded(CONTENT_TYPE_1, HEADERS_1, written.dropped(), written.content());
        }
        throw new IllegalArgumentException(
                "format: " + target.format() + " (expected: " + VERSION_1 + " or " + VERSION_2 + ")");
    }
}

package dev.millrace.plugin.ext.decoder;

import dev.millrace.plugin.lib.prometheus.wire.WriteRequestDecoder;
import dev.millrace.spi.BodyBuffer;
import dev.millrace.spi.event.EventBatch;
import dev.millrace.spi.extension.Decoder;
import dev.millrace.spi.extension.DecodingException;
import dev.millrace.spi.extension.Format;
import dev.millrace.spi.http.HttpHeaders;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Decodes remote write 1.0. Stateless and thread-safe.
 *
 * <p>The content type tells the versions apart (remote write 2.0, "Protobuf Message"): without a parameter
 * {@code proto} it is 1.0, and so is a request without a content type, as in Prometheus.
 */
final class PrometheusDecoder implements Decoder {
    private static final String MEDIA_TYPE = "application/x-protobuf";
    private static final String MESSAGE_1 = "prometheus.WriteRequest";
    private static final String MESSAGE_2 = "io.prometheus.write.v2.Request";

    @Override
    public List<Format> formats() {
        return List.of(new Format(DefaultDecoderOptions.PROMETHEUS, "1.0"));
    }

    @Override
    public List<EventBatch> decode(HttpHeaders headers, BodyBuffer body) throws DecodingException {
        Optional<String> contentType = headers.first("Content-Type");
        if (contentType.isPresent()) {
            check(contentType.get());
        }
        return WriteRequestDecoder.decode(body);
    }

    private static void check(String contentType) throws DecodingException {
        String[] parts = contentType.split(";", -1);
        if (!parts[0].strip().toLowerCase(Locale.ROOT).equals(MEDIA_TYPE)) {
            throw unsupported(contentType, "");
        }
        for (int i = 1; i < parts.length; i++) {
            String parameter = parts[i].strip();
            if (!parameter.toLowerCase(Locale.ROOT).startsWith("proto=")) {
                continue;
            }
            String message =
                    parameter.substring("proto=".length()).replace("\"", "").strip();
            if (message.equals(MESSAGE_2)) {
                throw unsupported(contentType, "remote write 2.0 is not supported yet; ");
            }
            if (!message.equals(MESSAGE_1)) {
                throw unsupported(contentType, "");
            }
        }
    }

    private static DecodingException unsupported(String contentType, String reason) {
        return new DecodingException(
                "Content-Type: " + contentType + " (" + reason + "expected: " + MEDIA_TYPE + " or " + MEDIA_TYPE
                        + ";proto=" + MESSAGE_1 + ")",
                true);
    }
}

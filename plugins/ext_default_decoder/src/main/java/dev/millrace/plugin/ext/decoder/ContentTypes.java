package dev.millrace.plugin.ext.decoder;

import dev.millrace.spi.extension.DecodingException;
import dev.millrace.spi.http.HttpHeaders;
import java.util.Locale;
import java.util.Optional;

/**
 * Tells the versions of remote write apart by the content type (remote write 2.0, "Protobuf Message"): without a parameter
 * {@code proto} it is 1.0, and so is a request without a content type, as in Prometheus.
 */
final class ContentTypes {
    private static final String MEDIA_TYPE = "application/x-protobuf";
    private static final String PARAMETER = "proto=";
    private static final String MESSAGE_1 = "prometheus.WriteRequest";
    private static final String MESSAGE_2 = "io.prometheus.write.v2.Request";

    private ContentTypes() {}

    /**
     * Whether the body is of version 2.0; else it is of 1.0.
     *
     * @throws DecodingException if it is neither
     */
    static boolean isVersion2(HttpHeaders headers) throws DecodingException {
        Optional<String> contentType = headers.first("Content-Type");
        if (contentType.isEmpty()) {
            return false;
        }
        String[] parts = contentType.get().split(";", -1);
        if (!parts[0].strip().toLowerCase(Locale.ROOT).equals(MEDIA_TYPE)) {
            throw unsupported(contentType.get());
        }
        boolean isVersion2 = false;
        for (int i = 1; i < parts.length; i++) {
            String parameter = parts[i].strip();
            if (parameter.toLowerCase(Locale.ROOT).startsWith(PARAMETER)) {
                String message = parameter
                        .substring(PARAMETER.length())
                        .replace("\"", "")
                        .strip();
                isVersion2 = message.equals(MESSAGE_2);
                if (!isVersion2 && !message.equals(MESSAGE_1)) {
                    throw unsupported(contentType.get());
                }
            }
        }
        return isVersion2;
    }

    private static DecodingException unsupported(String contentType) {
        return new DecodingException(
                "Content-Type: " + contentType + " (expected: " + MEDIA_TYPE + " or " + MEDIA_TYPE + ";" + PARAMETER
                        + MESSAGE_1 + " or " + MEDIA_TYPE + ";" + PARAMETER + MESSAGE_2 + ")",
                true);
    }
}

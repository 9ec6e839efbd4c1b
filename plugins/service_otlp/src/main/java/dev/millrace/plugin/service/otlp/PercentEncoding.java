package dev.millrace.plugin.service.otlp;

import java.nio.charset.StandardCharsets;

/** Writes texts as {@code grpc-message}: what is not printable ASCII, and the percent sign, in hexadecimal digits. */
final class PercentEncoding {
    private static final String DIGITS = "0123456789ABCDEF";

    private PercentEncoding() {}

    static String of(String text) {
        StringBuilder encoded = new StringBuilder(text.length());
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            if (b >= ' ' && b <= '~' && b != '%') {
                encoded.append((char) b);
            } else {
                encoded.append('%').append(DIGITS.charAt(b >> 4 & 15)).append(DIGITS.charAt(b & 15));
            }
        }
        return encoded.toString();
    }
}

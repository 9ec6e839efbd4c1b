package dev.millrace.plugin.lib.prometheus.wire;

import dev.millrace.spi.BodyBuffer;
import dev.millrace.spi.extension.EncodingException;

/** Refuses a message that is too large. */
final class MessageLimits {
    private MessageLimits() {}

    /** Cuts the message, which begins at {@code start}, off the body again where it exceeds a limit. */
    static void check(int series, int maxSeries, int bytes, int maxBytes, int start, BodyBuffer body)
            throws EncodingException {
        if (series <= maxSeries && bytes <= maxBytes) {
            return;
        }
        body.truncate(start);
        throw new EncodingException(
                series > maxSeries
                        ? "request: " + series + " series (expected: at most " + maxSeries + ")"
                        : "request: " + bytes + " bytes (expected: at most " + maxBytes + ")");
    }
}

package dev.millrace.plugin.flusher.http;

import dev.millrace.spi.BodyBuffer;
import dev.millrace.spi.extension.EncodingException;
import dev.millrace.spi.extension.Target;

/** The largest body of a request. */
final class BodyLimit {
    private BodyLimit() {}

    static void check(BodyBuffer body, Target target) throws EncodingException {
        if (body.length() > target.maxBytes()) {
            throw new EncodingException("body: more than " + target.maxBytes() + " bytes (expected: fewer events)");
        }
    }
}

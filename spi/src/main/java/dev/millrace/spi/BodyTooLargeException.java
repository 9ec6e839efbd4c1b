package dev.millrace.spi;

import java.io.IOException;

/** Says that a body has more bytes than its reader accepts. */
public final class BodyTooLargeException extends IOException {
    private static final long serialVersionUID = 1;

    /** An exception that names the limit, in bytes. */
    public BodyTooLargeException(long limit) {
        super("body: more than " + limit + " bytes (expected: at most that)");
    }
}

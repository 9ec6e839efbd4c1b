package dev.millrace.spi.http;

import java.io.IOException;

/** Says that a request was not sent, so that its destination holds nothing of it; another try may succeed. */
public final class NotSentException extends IOException {
    private static final long serialVersionUID = 1;

    /** An exception that says why, in words for a person. */
    public NotSentException(String message) {
        super(message);
    }
}

package dev.millrace.spi.http;

import java.io.IOException;

/** Says that a request can not succeed until a person changes something: a certificate, or the scheme of a URL. */
public final class HttpConfigurationException extends IOException {
    private static final long serialVersionUID = 1;

    /** An exception that says what to change. */
    public HttpConfigurationException(String message) {
        super(message);
    }
}

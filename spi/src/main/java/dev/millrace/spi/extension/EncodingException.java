package dev.millrace.spi.extension;

/** Says that a slice does not fit into a request. */
public final class EncodingException extends Exception {
    private static final long serialVersionUID = 1;

    /** An exception that says what did not fit. */
    public EncodingException(String message) {
        super(message);
    }
}

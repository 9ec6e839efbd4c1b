package dev.millrace.spi.extension;

/** Says what is wrong with a body, in words for the client that sent it. */
public final class DecodingException extends Exception {
    private static final long serialVersionUID = 1;

    private final boolean unsupported;

    /** An exception for a damaged body, which is answered with 400. */
    public DecodingException(String message) {
        this(message, false);
    }

    /**
     * An exception for a body.
     *
     * @param unsupported whether the body is of a format that the decoder does not read, which is answered with 415
     */
    public DecodingException(String message, boolean unsupported) {
        super(message);
        this.unsupported = unsupported;
    }

    /** Whether the body is of a format that the decoder does not read. */
    public boolean unsupported() {
        return unsupported;
    }
}

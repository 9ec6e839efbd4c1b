package dev.millrace.core.config;

/** Says that a record cannot be a record of options: a mistake of the plugin's author, not of the user. */
public final class InvalidOptionsTypeException extends RuntimeException {
    private static final long serialVersionUID = 1;

    InvalidOptionsTypeException(String message) {
        super(message);
    }

    InvalidOptionsTypeException(String message, Throwable cause) {
        super(message, cause);
    }
}

package dev.millrace.core.cli;

/** Says that no collector answers, in words for the user. */
final class NotRunningException extends Exception {
    private static final long serialVersionUID = 1;

    NotRunningException(String message, Throwable cause) {
        super(message, cause);
    }
}

package dev.millrace.distribution.demo;

/** What keeps the demo from going on, as the user is told. */
final class DemoException extends Exception {
    DemoException(String message) {
        super(message);
    }

    DemoException(String message, Throwable cause) {
        super(message, cause);
    }
}

package dev.millrace.plugin.lib.otlp.naming;

/** Says that no name can be made of a name. */
public final class NameException extends Exception {
    private static final long serialVersionUID = 1;

    NameException(String message) {
        super(message);
    }
}

package dev.millrace.spi.config;

/** Says what is wrong with the value of one option. Thrown by compact constructors, shown with the option's position. */
public final class InvalidOptionException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    private final String component;

    /**
     * An exception that points at an option.
     *
     * @param component the name of the record component
     * @param message what is wrong and what was expected
     */
    public InvalidOptionException(String component, String message) {
        super(message);
        this.component = component;
    }

    /** The name of the record component. */
    public String component() {
        return component;
    }
}

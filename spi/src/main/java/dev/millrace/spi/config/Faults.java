package dev.millrace.spi.config;

import java.util.List;

/**
 * A record of options that tells which of its values cannot work as they stand, though a component can be made with them
 * and wait, with all that it holds, until a person has mended them: the file of a password that is not there yet.
 *
 * <p>{@code validate} reports them as problems. A running host makes the component, and says them in its log.
 */
public interface Faults {
    /** What cannot work, for the values that the record has; mostly nothing. Files may be looked at. */
    List<Fault> faults();

    /**
     * What is wrong with the value of one option.
     *
     * @param component the name of the record component
     * @param message what is wrong and what was expected
     */
    record Fault(String component, String message) {}
}

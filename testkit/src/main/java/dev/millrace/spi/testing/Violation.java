package dev.millrace.spi.testing;

/**
 * A rule that a plugin breaks.
 *
 * @param rule the rule
 * @param message when, and what was seen
 */
public record Violation(Rule rule, String message) {
    @Override
    public String toString() {
        return rule + " (" + rule.text() + "): " + message;
    }
}

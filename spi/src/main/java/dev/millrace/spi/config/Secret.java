package dev.millrace.spi.config;

/**
 * A text that is never printed, such as a password.
 *
 * @param reveal the text
 */
public record Secret(String reveal) {
    @Override
    public String toString() {
        return "<redacted>";
    }
}

package dev.millrace.spi.extension;

/**
 * A wire format.
 *
 * @param name its name, such as {@code prometheus}
 * @param version its version, such as {@code 1.0}
 */
public record Format(String name, String version) {
    @Override
    public String toString() {
        return name + " " + version;
    }
}

package dev.millrace.core.config;

import java.util.regex.Pattern;

/**
 * One thing that is wrong, or worth knowing, at a place in a configuration file.
 *
 * @param location the place in the file
 * @param path the place in its structure, such as {@code flushers[0].Retry}; empty for the file itself
 * @param message what is wrong and what was expected, in one line
 */
public record Problem(Location location, String path, String message) {
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cntrl}\\u2028\\u2029]+");

    public Problem {
        message = UNPRINTABLE.matcher(message).replaceAll(" ").strip();
        path = UNPRINTABLE.matcher(path).replaceAll(" ");
    }

    /** The line that a user sees, such as {@code conf/pipelines/web.yaml:7:5: flushers[0]: unknown key 'Endpont'}. */
    @Override
    public String toString() {
        return location + ": " + (path.isEmpty() ? "" : path + ": ") + message;
    }
}

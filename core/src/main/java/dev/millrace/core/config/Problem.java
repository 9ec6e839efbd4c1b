package dev.millrace.core.config;

import dev.millrace.core.message.Wording;

/**
 * One thing that is wrong, or worth knowing, at a place in a configuration file.
 *
 * @param location the place in the file
 * @param path the place in its structure, such as {@code flushers[0].Retry}; empty for the file itself
 * @param wording what is wrong and what was expected
 */
public record Problem(Location location, String path, Wording wording) {
    public Problem {
        path = Wording.printable(path);
    }

    /** What is wrong and what was expected, in one line. */
    public String message() {
        return wording.text();
    }

    /** The line that a user sees, such as {@code conf/pipelines/web.yaml:7:5: flushers[0]: unknown key 'Endpont'}. */
    @Override
    public String toString() {
        return location + ": " + (path.isEmpty() ? "" : path + ": ") + wording;
    }
}

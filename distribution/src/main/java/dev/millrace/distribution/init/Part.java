package dev.millrace.distribution.init;

import dev.millrace.core.config.Location;
import dev.millrace.core.config.Node;
import org.jspecify.annotations.Nullable;

/**
 * A job or a destination of Prometheus, and what it becomes.
 *
 * @param kind what it is
 * @param location where it stands
 * @param path the same in the structure of its file, such as {@code scrape_configs[1]}
 * @param name what it is called
 * @param taken what is written, with the places in Prometheus' file that it comes from; null where it is left out
 */
record Part(Kind kind, Location location, String path, String name, Node.@Nullable Mapping taken) {
    /** What a part is. */
    enum Kind {
        /** A job. */
        JOB("the job"),
        /** A destination. */
        DESTINATION("the destination");

        private final String words;

        Kind(String words) {
            this.words = words;
        }
    }

    boolean isTaken() {
        return taken != null;
    }

    /** The part as one that is left out. */
    Part leftOut() {
        return new Part(kind, location, path, name, null);
    }

    /** How messages say that the part is left out. */
    static String leftOut(Kind kind, String name) {
        return kind.words + " '" + name + "' is left out";
    }

    /** What the part becomes; it is not left out. */
    Node.Mapping content() {
        Node.Mapping content = taken;
        if (content == null) {
            throw new IllegalStateException(path + " is left out");
        }
        return content;
    }
}

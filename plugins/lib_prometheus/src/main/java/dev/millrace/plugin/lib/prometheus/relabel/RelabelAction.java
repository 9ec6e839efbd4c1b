package dev.millrace.plugin.lib.prometheus.relabel;

import java.util.Locale;

/** What a relabelling rule does. The names are those of Prometheus. */
public enum RelabelAction {
    /** Sets the target label if the regex matches. */
    REPLACE,
    /** Keeps what the regex matches. */
    KEEP,
    /** Drops what the regex matches. */
    DROP,
    /** Keeps what has the joined source labels in the target label. */
    KEEPEQUAL,
    /** Drops what has the joined source labels in the target label. */
    DROPEQUAL,
    /** Sets the target label to a hash of the joined source labels, modulo the modulus. */
    HASHMOD,
    /** Copies labels whose names the regex matches to other names. */
    LABELMAP,
    /** Removes the labels whose names the regex matches. */
    LABELDROP,
    /** Removes the labels whose names the regex does not match. */
    LABELKEEP,
    /** Sets the target label to the joined source labels in lower case. */
    LOWERCASE,
    /** Sets the target label to the joined source labels in upper case. */
    UPPERCASE;

    /** The name as it is configured. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}

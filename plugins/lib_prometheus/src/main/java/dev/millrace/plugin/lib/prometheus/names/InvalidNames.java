package dev.millrace.plugin.lib.prometheus.names;

/** What becomes of a series with names that not every Prometheus accepts ({@link LegacyNames}). */
public enum InvalidNames {
    /** Its names are escaped ({@link EscapedNames}). */
    ESCAPE,
    /** It is left out. */
    DROP
}

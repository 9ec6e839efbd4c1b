package dev.millrace.plugin.processor.aggregate;

import java.util.Locale;

/** What becomes of the samples of a group in a window; the names in lower case end the names of the series. */
public enum Output {
    /** The sum of their values. */
    SUM,
    /** The smallest of their values. */
    MIN,
    /** The largest of their values. */
    MAX,
    /** How many they are. */
    COUNT,
    /** The value of the newest. */
    LAST,
    /** The sum of their values by how many they are. */
    AVG,
    /** How many have values up to each of some bounds: a classic histogram. */
    HISTOGRAM;

    /** The end of the name of its series. */
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}

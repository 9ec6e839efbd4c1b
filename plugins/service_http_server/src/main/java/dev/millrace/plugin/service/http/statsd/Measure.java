package dev.millrace.plugin.service.http.statsd;

import dev.millrace.spi.event.Labels;

/**
 * One value of a line.
 *
 * @param kind what it is
 * @param series the name and tags, as labels
 * @param value the number; of a set, 0
 * @param element of a set, what it holds; else empty
 * @param relative whether a gauge changes by the value, instead of to it
 * @param weight how many there were for each that was sent: the inverse of the sample rate
 */
record Measure(Kind kind, Labels series, double value, String element, boolean relative, double weight) {
    /** What a line measures. */
    enum Kind {
        COUNTER('c'),
        GAUGE('g'),
        TIMING('t'),
        SET('s');

        private final char code;

        Kind(char code) {
            this.code = code;
        }

        /** How it is stored. */
        char code() {
            return code;
        }

        /** The one that is stored so. */
        static Kind of(char stored) {
            for (Kind kind : values()) {
                if (kind.code == stored) {
                    return kind;
                }
            }
            throw new IllegalArgumentException("kind: " + stored + " (expected: c, g, t or s)");
        }
    }
}

package dev.millrace.plugin.lib.prometheus.protobuf;

import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.Symbol;

/** What a series is of its metric. */
enum Part {
    /** All of it. */
    VALUE(1, "", ""),
    /** All of it, as a native histogram. */
    NATIVE(2, "", ""),
    /** The number of observations. */
    COUNT(3, "_count", ""),
    /** The sum of observations. */
    SUM(4, "_sum", ""),
    /** The observations up to a bound. */
    BUCKET(5, "_bucket", "le"),
    /** The observation at a quantile. */
    QUANTILE(6, "", "quantile");

    static final Symbol METRIC_NAME = Symbol.of(Labels.METRIC_NAME);

    private final byte key;
    private final String suffix;
    private final Symbol label;

    Part(int key, String suffix, String label) {
        this.key = (byte) key;
        this.suffix = suffix;
        this.label = Symbol.of(label);
    }

    /** A number that does not change. */
    byte key() {
        return key;
    }

    /** What stands behind the name of the family. */
    String suffix() {
        return suffix;
    }

    /** The label that holds the bound, or the empty symbol. */
    Symbol label() {
        return label;
    }
}

package dev.millrace.spi.extension;

/** A part of events that a target may do without. Rows that are left out for it are counted as dropped, like all others. */
public enum Part {
    /** Exemplars of samples and histograms. */
    EXEMPLARS,
    /** Rows that are native histograms. */
    NATIVE_HISTOGRAMS,
    /** Types, descriptions and units of metrics. */
    METADATA
}

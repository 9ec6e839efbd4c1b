package dev.millrace.plugin.lib.otlp.metrics;

import dev.millrace.spi.event.Labels;
import org.jspecify.annotations.Nullable;

/**
 * A stream of data points, with its labels.
 *
 * @param family the metric
 * @param labels its labels, with the name of the metric
 * @param id which one it is, over restarts; that of the metric where nobody needs to know
 * @param problem why none of its points can be kept, or null
 */
record Series(
        Family family, Labels labels, StreamId id, @Nullable Rejection problem) implements Known.Part {
    /** What labels take beside their symbols. */
    static final int LABELS_BYTES = 48;

    /** What one label takes beside its symbols. */
    static final int LABEL_BYTES = 8;

    @Override
    public int weight() {
        return 150 + LABELS_BYTES + LABEL_BYTES * labels.size() + labels.encodedLength();
    }
}

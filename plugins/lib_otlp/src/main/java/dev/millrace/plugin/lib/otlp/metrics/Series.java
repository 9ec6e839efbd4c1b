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
    @Override
    public int weight() {
        return 100 + 16 * labels.size() + labels.encodedLength();
    }
}

package dev.millrace.plugin.lib.otlp.metrics;

import dev.millrace.plugin.lib.prometheus.protobuf.ProtobufFormatException;
import org.jspecify.annotations.Nullable;

/** Reads data points of one kind and adds their rows, or says why not. Used again for each; not thread-safe. */
interface PointReader {
    /**
     * Reads the point in a range.
     *
     * @param deltas what the deltas of the metric added up to so far; null where values are not deltas
     */
    void read(Family family, @Nullable DeltaGroup deltas, int from, int to) throws ProtobufFormatException;
}

package dev.millrace.plugin.flusher.prometheus;

import dev.millrace.spi.event.EventBatch;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.pipeline.Slice;
import java.util.concurrent.CompletionStage;

/**
 * The rows of a slice as they are sent, in a batch of their own. What is recorded of it is recorded of the slice, from
 * which the same rows are made again.
 *
 * @param origin the slice
 * @param rows its rows, in their order, or some of them
 */
record RewrittenSlice(Slice origin, MetricBatch rows) implements Slice {
    @Override
    public int size() {
        return rows.size();
    }

    @Override
    public EventBatch batch(int index) {
        return rows;
    }

    @Override
    public int row(int index) {
        return index;
    }

    @Override
    public int attempt() {
        return origin.attempt();
    }

    @Override
    public boolean repeated() {
        return origin.repeated();
    }

    @Override
    public CompletionStage<Void> record(String protocol, int bodyChecksum) {
        return origin.record(protocol, bodyChecksum);
    }
}

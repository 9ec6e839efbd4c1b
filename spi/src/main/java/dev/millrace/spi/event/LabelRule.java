package dev.millrace.spi.event;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Gives rows other labels, or takes rows out, by their labels alone. Thread-safe; the same labels always give the same.
 */
@FunctionalInterface
public interface LabelRule {
    /** The labels that a row has in place of these, or null where the row is taken out. */
    @Nullable
    Labels apply(Labels labels);

    /**
     * The batch that this makes of another: the same one where nothing changes, and one that shares its columns where no row
     * is taken out. Logs and spans have the labels of their resource, so they all stay or all go.
     */
    default EventBatch to(EventBatch batch) {
        if (batch instanceof MetricBatch metrics) {
            return metrics.with(this);
        }
        Labels before = batch instanceof LogBatch logs ? logs.resource() : ((SpanBatch) batch).resource();
        Labels after = apply(before);
        if (before.equals(after)) {
            return batch;
        }
        Labels resource = after == null ? before : after;
        if (batch instanceof LogBatch logs) {
            return new LogBatch(resource, after == null ? List.of() : logs.rows());
        }
        return new SpanBatch(resource, after == null ? List.of() : ((SpanBatch) batch).rows());
    }
}

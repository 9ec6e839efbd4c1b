package dev.millrace.spi.event;

/**
 * A batch of events of one kind: immutable, columnar, and one atomic group in the journal.
 *
 * <p>A row is one event. Columns are parallel arrays; side columns that no row uses are absent.
 */
public sealed interface EventBatch permits MetricBatch, LogBatch, SpanBatch {
    /** The number of rows. */
    int size();

    /** The labels of a row: those of its series, or for logs and spans those of their resource. */
    Labels labels(int row);

    /** The slot of a row's series, from 0 to 63: rows of one slot are delivered in order. */
    default int slot(int row) {
        return labels(row).slot();
    }
}

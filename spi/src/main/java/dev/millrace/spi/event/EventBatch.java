package dev.millrace.spi.event;

/**
 * A batch of events of one kind: immutable, columnar, and one atomic group in the journal.
 *
 * <p>A row is one event. Columns are parallel arrays; side columns that no row uses are absent.
 */
public sealed interface EventBatch permits MetricBatch, LogBatch, SpanBatch {
    /** The number of rows. */
    int size();

    /** The slot of a row's series, from 0 to 63: rows of one slot are delivered in order. */
    int slot(int row);
}

package dev.millrace.core.delivery;

import dev.millrace.spi.event.EventBatch;
import dev.millrace.spi.event.LogBatch;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.event.SpanBatch;

/** The time of a row of any kind, in milliseconds since the epoch. */
final class RowTime {
    private static final long NANOS_PER_MILLI = 1_000_000;

    private RowTime() {}

    static long of(EventBatch batch, int row) {
        if (batch instanceof MetricBatch metrics) {
            return metrics.timestamp(row);
        }
        if (batch instanceof LogBatch logs) {
            LogBatch.Row log = logs.rows().get(row);
            return (log.timestamp() == 0 ? log.observed() : log.timestamp()) / NANOS_PER_MILLI;
        }
        return ((SpanBatch) batch).rows().get(row).end() / NANOS_PER_MILLI;
    }
}

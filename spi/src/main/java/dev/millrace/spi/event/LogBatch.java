package dev.millrace.spi.event;

import java.util.List;

/**
 * Log records of one resource.
 *
 * @param resource the labels that all rows share; they choose the slot
 * @param rows the records, in order
 */
public record LogBatch(Labels resource, List<Row> rows) implements EventBatch {
    public LogBatch {
        rows = List.copyOf(rows);
    }

    @Override
    public int size() {
        return rows.size();
    }

    @Override
    public Labels labels(int row) {
        return resource;
    }

    /**
     * A log record.
     *
     * @param timestamp when it happened, in nanoseconds since the epoch; 0 where that is not known
     * @param observed when it was read, in nanoseconds since the epoch
     * @param severity OTLP's severity number, 0 to 24; 0 where that is not known
     * @param severityText the severity as the source wrote it, or empty
     * @param body what was logged
     * @param attributes more about it
     * @param span the span it belongs to
     */
    public record Row(
            long timestamp,
            long observed,
            int severity,
            String severityText,
            Value body,
            Value.Mapping attributes,
            SpanId span) {}
}

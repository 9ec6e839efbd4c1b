package dev.millrace.spi.event;

import java.util.List;

/**
 * Spans of one resource.
 *
 * @param resource the labels that all rows share; they choose the slot
 * @param rows the spans, in order
 */
public record SpanBatch(Labels resource, List<Row> rows) implements EventBatch {
    public SpanBatch {
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
     * A span. Times are nanoseconds since the epoch.
     *
     * @param id its identity
     * @param parent the span it is part of, or {@link SpanId#NONE}
     * @param name what was done
     * @param kind OTLP's span kind, 0 to 5
     * @param start when it began
     * @param end when it ended
     * @param status OTLP's status code, 0 to 2
     * @param statusMessage what went wrong, or empty
     * @param traceState the W3C trace state, or empty
     * @param attributes more about it
     * @param events what happened in it
     * @param links spans it has to do with
     */
    public record Row(
            SpanId id,
            SpanId parent,
            String name,
            int kind,
            long start,
            long end,
            int status,
            String statusMessage,
            String traceState,
            Value.Mapping attributes,
            List<Event> events,
            List<Link> links) {
        public Row {
            events = List.copyOf(events);
            links = List.copyOf(links);
        }
    }

    /** Something that happened in a span, at a time in nanoseconds since the epoch. */
    public record Event(long timestamp, String name, Value.Mapping attributes) {}

    /** A span that this one has to do with. */
    public record Link(SpanId id, String traceState, Value.Mapping attributes) {}
}

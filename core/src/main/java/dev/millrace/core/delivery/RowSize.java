package dev.millrace.core.delivery;

import dev.millrace.spi.event.EventBatch;
import dev.millrace.spi.event.Exemplar;
import dev.millrace.spi.event.LogBatch;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.event.NativeHistogram;
import dev.millrace.spi.event.SpanBatch;
import dev.millrace.spi.event.Value;

/** Estimates how many bytes a row takes in a request, before compression. */
final class RowSize {
    private static final int SAMPLE = 24;
    private static final int LABEL = 6;
    private static final int HISTOGRAM = 64;
    private static final int SPAN = 7;
    private static final int BUCKET = 4;
    private static final int EVENT = 64;

    private RowSize() {}

    static int of(EventBatch batch, int row) {
        if (batch instanceof MetricBatch metrics) {
            return of(metrics, row);
        }
        if (batch instanceof LogBatch logs) {
            LogBatch.Row log = logs.rows().get(row);
            return EVENT + of(log.body()) + of(log.attributes());
        }
        return of(((SpanBatch) batch).rows().get(row));
    }

    private static int of(MetricBatch batch, int row) {
        int size = SAMPLE + batch.labels(row).encodedLength();
        if (batch.hasHistograms()) {
            NativeHistogram histogram = batch.histogram(row);
            size += histogram == null ? 0 : of(histogram);
        }
        if (batch.hasExemplars()) {
            for (Exemplar exemplar : batch.exemplars(row)) {
                size += SAMPLE + exemplar.labels().encodedLength();
            }
        }
        return size;
    }

    private static int of(NativeHistogram histogram) {
        int spans = histogram.negative().spans() + histogram.positive().spans();
        int buckets = histogram.negative().size() + histogram.positive().size();
        return HISTOGRAM
                + SPAN * spans
                + (histogram.floating() ? Double.BYTES : BUCKET) * buckets
                + Double.BYTES * histogram.customValues().size();
    }

    private static int of(SpanBatch.Row span) {
        int size = EVENT + span.name().length() + span.statusMessage().length() + of(span.attributes());
        for (SpanBatch.Event event : span.events()) {
            size += SAMPLE + event.name().length() + of(event.attributes());
        }
        for (SpanBatch.Link link : span.links()) {
            size += SAMPLE + of(link.attributes());
        }
        return size;
    }

    private static int of(Value value) {
        if (value instanceof Value.Text text) {
            return LABEL + text.value().length();
        }
        if (value instanceof Value.Bytes bytes) {
            return LABEL + bytes.value().remaining();
        }
        if (value instanceof Value.Array array) {
            return LABEL + array.values().stream().mapToInt(RowSize::of).sum();
        }
        if (value instanceof Value.Mapping mapping) {
            return LABEL
                    + mapping.values().entrySet().stream()
                            .mapToInt(entry -> LABEL + entry.getKey().length() + of(entry.getValue()))
                            .sum();
        }
        return LABEL + Long.BYTES;
    }
}

package dev.millrace.core.journal;

import dev.millrace.spi.event.EventBatch;
import dev.millrace.spi.event.Exemplar;
import dev.millrace.spi.event.LogBatch;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.event.NativeHistogram;
import dev.millrace.spi.event.SpanBatch;
import dev.millrace.spi.event.Value;

/** An estimate of the memory that a batch takes, without the labels that it shares with its input. */
final class BatchSize {
    private static final int BATCH = 128;
    private static final int SAMPLE = 20;
    private static final int HISTOGRAM = 256;
    private static final int EXEMPLAR = 160;
    private static final int LOG = 120;
    private static final int SPAN = 240;
    private static final int OBJECT = 40;
    private static final int ENTRY = 72;

    private BatchSize() {}

    static long of(EventBatch batch) {
        if (batch instanceof MetricBatch metrics) {
            return BATCH + metrics(metrics);
        }
        long bytes = BATCH;
        if (batch instanceof LogBatch logs) {
            for (LogBatch.Row row : logs.rows()) {
                bytes += LOG + text(row.severityText()) + value(row.body()) + value(row.attributes());
            }
            return bytes;
        }
        for (SpanBatch.Row row : ((SpanBatch) batch).rows()) {
            bytes += SPAN + text(row.name()) + text(row.statusMessage()) + value(row.attributes());
            for (SpanBatch.Event event : row.events()) {
                bytes += OBJECT + text(event.name()) + value(event.attributes());
            }
            for (SpanBatch.Link link : row.links()) {
                bytes += 2 * OBJECT + text(link.traceState()) + value(link.attributes());
            }
        }
        return bytes;
    }

    private static long metrics(MetricBatch batch) {
        int rows = batch.size();
        long bytes = (long) rows * (SAMPLE + (batch.hasStartTimestamps() ? 8 : 0) + (batch.hasMetadata() ? 4 : 0));
        if (batch.hasHistograms()) {
            for (int row = 0; row < rows; row++) {
                NativeHistogram histogram = batch.histogram(row);
                bytes += histogram == null ? 4 : histogram(histogram);
            }
        }
        if (batch.hasExemplars()) {
            for (int row = 0; row < rows; row++) {
                bytes += 4;
                for (Exemplar exemplar : batch.exemplars(row)) {
                    bytes += EXEMPLAR + 100L * exemplar.labels().size();
                }
            }
        }
        return bytes;
    }

    private static long histogram(NativeHistogram histogram) {
        long spans = (long) histogram.negative().spans() + histogram.positive().spans();
        long buckets = (long) histogram.negative().size() + histogram.positive().size();
        return HISTOGRAM
                + 8 * (spans + buckets)
                + 24L * histogram.customValues().size();
    }

    private static long text(String text) {
        return (long) OBJECT + text.length();
    }

    private static long value(Value value) {
        if (value instanceof Value.Text text) {
            return OBJECT + text(text.value());
        }
        long bytes = OBJECT;
        if (value instanceof Value.Bytes binary) {
            bytes += binary.value().remaining();
        } else if (value instanceof Value.Array array) {
            for (Value element : array.values()) {
                bytes += value(element);
            }
        } else if (value instanceof Value.Mapping mapping) {
            for (var entry : mapping.values().entrySet()) {
                bytes += ENTRY + entry.getKey().length() + value(entry.getValue());
            }
        }
        return bytes;
    }
}

package dev.millrace.core.delivery;

import dev.millrace.spi.event.EventBatch;
import dev.millrace.spi.event.LogBatch;
import dev.millrace.spi.event.Metadata;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.event.MetricBatchBuilder;
import dev.millrace.spi.event.NativeHistogram;
import dev.millrace.spi.event.SpanBatch;
import java.util.ArrayList;
import java.util.List;

/** The rows of a request as batches of their own, in the order in which they were sent. */
final class SentRows {
    private SentRows() {}

    static List<EventBatch> of(Request request) {
        if (request.batch(0) instanceof MetricBatch) {
            return List.of(metrics(request));
        }
        List<EventBatch> batches = new ArrayList<>();
        int end;
        for (int start = 0; start < request.size(); start = end) {
            end = endOfBatch(request, start);
            batches.add(part(request, start, end));
        }
        return batches;
    }

    private static MetricBatch metrics(Request request) {
        MetricBatchBuilder builder = MetricBatch.builder(request.size());
        for (int i = 0; i < request.size(); i++) {
            MetricBatch batch = (MetricBatch) request.batch(i);
            int row = request.row(i);
            NativeHistogram histogram = batch.histogram(row);
            if (histogram != null) {
                builder.add(batch.labels(row), batch.timestamp(row), histogram);
            } else {
                builder.add(batch.labels(row), batch.timestamp(row), batch.valueBits(row));
            }
            if (batch.startTimestamp(row) != 0) {
                builder.startTimestamp(batch.startTimestamp(row));
            }
            if (!batch.exemplars(row).isEmpty()) {
                builder.exemplars(batch.exemplars(row));
            }
            Metadata metadata = batch.metadata(row);
            if (metadata != null) {
                builder.metadata(metadata);
            }
        }
        return builder.build();
    }

    @SuppressWarnings("ReferenceEquality") // rows of one batch stand together
    private static int endOfBatch(Request request, int start) {
        int end = start + 1;
        while (end < request.size() && request.batch(end) == request.batch(start)) {
            end++;
        }
        return end;
    }

    private static EventBatch part(Request request, int start, int end) {
        if (request.batch(start) instanceof LogBatch logs) {
            List<LogBatch.Row> rows = new ArrayList<>(end - start);
            for (int i = start; i < end; i++) {
                rows.add(logs.rows().get(request.row(i)));
            }
            return new LogBatch(logs.resource(), rows);
        }
        SpanBatch spans = (SpanBatch) request.batch(start);
        List<SpanBatch.Row> rows = new ArrayList<>(end - start);
        for (int i = start; i < end; i++) {
            rows.add(spans.rows().get(request.row(i)));
        }
        return new SpanBatch(spans.resource(), rows);
    }
}

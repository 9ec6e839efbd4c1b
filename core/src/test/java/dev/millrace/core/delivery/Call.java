package dev.millrace.core.delivery;

import dev.millrace.spi.event.EventBatch;
import dev.millrace.spi.event.LogBatch;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.pipeline.Outcome;
import dev.millrace.spi.pipeline.Slice;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A call of a fake flusher: what it was given, and the answer that the test gives. */
final class Call {
    final Slice slice;
    final List<Row> rows = new ArrayList<>();
    final CompletableFuture<Outcome> answer = new CompletableFuture<>();
    boolean left;

    /** A row as the destination sees it. */
    record Row(String series, long timestamp, long value) {}

    Call(Slice slice) {
        this.slice = slice;
        for (int i = 0; i < slice.size(); i++) {
            rows.add(row(slice.batch(i), slice.row(i)));
        }
    }

    private static Row row(EventBatch batch, int row) {
        if (batch instanceof MetricBatch metrics) {
            return new Row(metrics.labels(row).get("series"), metrics.timestamp(row), metrics.valueBits(row));
        }
        LogBatch logs = (LogBatch) batch;
        return new Row(logs.resource().get("series"), logs.rows().get(row).timestamp(), -1);
    }

    void delivered() {
        answer.complete(Outcome.Delivered.ALL);
    }

    void retry() {
        answer.complete(new Outcome.Retry("busy"));
    }

    void unclear() {
        answer.complete(new Outcome.Retry("broken", Optional.empty(), true));
    }

    void held(String reason) {
        answer.complete(new Outcome.Held(reason));
    }

    void split() {
        answer.complete(new Outcome.Split("too large", new Outcome.Rejected("too_large", "too large")));
    }

    void rejected(String status) {
        answer.complete(new Outcome.Rejected(status, "no\nnever"));
    }

    void deliveredBut(Map<String, Integer> dropped) {
        answer.complete(new Outcome.Delivered(dropped));
    }

    @Override
    public String toString() {
        return "call of " + rows.size() + " rows";
    }
}

package dev.millrace.plugin.flusher.http.spi;

import dev.millrace.spi.event.EventBatch;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.event.MetricBatchBuilder;
import dev.millrace.spi.testing.WholeBatch;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** All rows of one batch, whose record is written when the test says so. */
public final class FakeSlice extends WholeBatch {
    /** Completes the record; done from the start unless a test replaces it. */
    public CompletableFuture<Void> written = CompletableFuture.completedFuture(null);

    /** What was recorded, as {@code protocol checksum}. */
    public String recorded = "";

    /** A slice of a batch. */
    public FakeSlice(EventBatch batch) {
        super(batch);
    }

    /** A slice of samples of the series {@code up}. */
    public static FakeSlice of(int rows) {
        MetricBatchBuilder builder = MetricBatch.builder(rows);
        for (int i = 0; i < rows; i++) {
            builder.add(Labels.of(Labels.METRIC_NAME, "up"), 1000L * i, Double.doubleToRawLongBits(i));
        }
        return new FakeSlice(builder.build());
    }

    @Override
    public CompletionStage<Void> record(String protocol, int bodyChecksum) {
        recorded = protocol + " " + Integer.toHexString(bodyChecksum);
        return written;
    }
}

package dev.millrace.plugin.input.prometheus;

import dev.millrace.spi.event.EventBatch;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.pipeline.Acknowledgement;
import dev.millrace.spi.pipeline.BatchSink;
import dev.millrace.spi.pipeline.Refusal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A pipeline that keeps what it is told to keep. */
final class FakeSink implements BatchSink {
    final List<MetricBatch> kept = new ArrayList<>();
    final List<Acknowledgement> waiting = new ArrayList<>();

    /** Said to those who ask before. */
    Optional<Refusal> refusal = Optional.empty();

    /** Said to those who do not ask. */
    boolean refuse;

    boolean hold;

    static Refusal full() {
        return new Refusal(Refusal.Reason.FLUSHER_FULL, "flusher_prometheus has no room left", Duration.ofSeconds(1));
    }

    @Override
    public void accept(EventBatch batch, Acknowledgement acknowledgement) {
        if (hold) {
            waiting.add(acknowledgement);
        } else if (refuse) {
            acknowledgement.refused(full());
        } else {
            kept.add((MetricBatch) batch);
            acknowledgement.committed();
        }
    }

    @Override
    public Optional<Refusal> refusal() {
        return refusal;
    }

    MetricBatch last() {
        return kept.get(kept.size() - 1);
    }

    /** The rows of the last batch, without its report: labels but job and instance, value, and time if it has its own. */
    List<String> samples() {
        return rows(last(), false);
    }

    /** The values of the last report: up, scraped, kept by relabelling, added. */
    List<String> report() {
        return rows(last(), true);
    }

    private static List<String> rows(MetricBatch batch, boolean report) {
        List<String> rows = new ArrayList<>();
        int first = batch.size() - 5;
        long time = batch.timestamp(first);
        for (int i = report ? first : 0; i < (report ? batch.size() : first); i++) {
            boolean stale = batch.valueBits(i) == MetricBatch.STALE_NAN;
            rows.add(name(batch.labels(i)) + " "
                    + (stale ? "stale" : Double.toString(Double.longBitsToDouble(batch.valueBits(i))))
                    + (batch.timestamp(i) == time ? "" : " @" + batch.timestamp(i)));
        }
        return rows;
    }

    private static String name(Labels labels) {
        Labels rest = labels.toBuilder()
                .remove("job")
                .remove("instance")
                .remove(Labels.METRIC_NAME)
                .build();
        return labels.get(Labels.METRIC_NAME) + (rest.size() == 0 ? "" : rest.toString());
    }
}

package dev.millrace.core.pipeline;

import dev.millrace.spi.event.EventBatch;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.event.MetricBatchBuilder;
import dev.millrace.spi.pipeline.Acknowledgement;
import dev.millrace.spi.pipeline.Refusal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A sink that keeps batches and answers when the test says so. */
final class RecordedSink implements LastStage {
    static final Refusal FULL = new Refusal(Refusal.Reason.FLUSHER_FULL, "full", Duration.ofSeconds(1));

    final List<EventBatch> batches = new ArrayList<>();
    final List<StateChange> changes = new ArrayList<>();
    final List<Acknowledgement> acknowledgements = new ArrayList<>();

    static MetricBatch batch(int rows) {
        MetricBatchBuilder builder = MetricBatch.builder(rows);
        for (int row = 0; row < rows; row++) {
            builder.add(Labels.of("__name__", "m", "row", Integer.toString(row)), 1_000, row);
        }
        return builder.build();
    }

    @Override
    public void accept(List<EventBatch> more, List<StateChange> changed, Acknowledgement acknowledgement) {
        batches.addAll(more);
        changes.addAll(changed);
        acknowledgements.add(acknowledgement);
    }

    @Override
    public Optional<Refusal> refusal() {
        return Optional.of(FULL);
    }
}

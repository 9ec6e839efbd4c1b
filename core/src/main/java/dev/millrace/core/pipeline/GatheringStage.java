package dev.millrace.core.pipeline;

import dev.millrace.spi.event.EventBatch;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.pipeline.Refusal;
import java.util.Optional;

/**
 * A processor that gathers samples, and what comes after it: batches of other kinds go past it.
 *
 * @param samples takes samples
 * @param next takes the others
 */
record GatheringStage(AggregatorStage samples, Stage next) implements Stage {
    @Override
    public void accept(EventBatch batch, Passage passage) {
        (batch instanceof MetricBatch ? samples : next).accept(batch, passage);
    }

    @Override
    public Optional<Refusal> refusal() {
        return next.refusal();
    }
}

package dev.millrace.core.pipeline;

import dev.millrace.core.tap.TapPoint;
import dev.millrace.spi.event.EventBatch;
import dev.millrace.spi.pipeline.Refusal;
import java.util.List;
import java.util.Optional;

/**
 * Lets people see what passes on the way to another stage.
 *
 * @param point where that is
 * @param next the stage
 */
record TapStage(TapPoint point, Stage next) implements Stage {
    @Override
    public void accept(EventBatch batch, Passage passage) {
        point.pass(batch);
        next.accept(batch, passage);
    }

    @Override
    public void accept(List<EventBatch> gathered, Passage passage) {
        gathered.forEach(point::pass);
        next.accept(gathered, passage);
    }

    @Override
    public Optional<Refusal> refusal() {
        return next.refusal();
    }
}

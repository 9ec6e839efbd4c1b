package dev.millrace.core.pipeline;

import dev.millrace.spi.event.AddedLabels;
import dev.millrace.spi.event.EventBatch;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.pipeline.Acknowledgement;
import dev.millrace.spi.pipeline.Refusal;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Puts the pipeline's labels on every event, after all that is done to it: what the journal holds is final. */
final class TagStage implements LastStage {
    private final LastStage next;
    private final AddedLabels tags;

    private TagStage(LastStage next, AddedLabels tags) {
        this.next = next;
        this.tags = tags;
    }

    /** What batches go to so that they get labels; {@code next} itself where there are none with a value. */
    static LastStage before(LastStage next, Map<String, String> tags) {
        Labels labels = Labels.of(tags);
        return labels.size() == 0 ? next : new TagStage(next, new AddedLabels(labels));
    }

    @Override
    public void accept(List<EventBatch> batches, List<StateChange> changes, Acknowledgement acknowledgement) {
        next.accept(batches.stream().map(tags::to).toList(), changes, acknowledgement);
    }

    @Override
    public Optional<Refusal> refusal() {
        return next.refusal();
    }
}

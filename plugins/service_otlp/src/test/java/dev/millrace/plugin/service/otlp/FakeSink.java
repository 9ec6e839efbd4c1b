package dev.millrace.plugin.service.otlp;

import dev.millrace.spi.event.EventBatch;
import dev.millrace.spi.pipeline.Acknowledgement;
import dev.millrace.spi.pipeline.BatchSink;
import dev.millrace.spi.pipeline.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A sink that keeps acknowledgements until the test completes them. */
final class FakeSink implements BatchSink {
    final List<EventBatch> batches = new ArrayList<>();
    final List<Acknowledgement> waiting = new ArrayList<>();
    Optional<Refusal> refusal = Optional.empty();

    @Override
    public void accept(EventBatch batch, Acknowledgement acknowledgement) {
        batches.add(batch);
        waiting.add(acknowledgement);
    }

    @Override
    public Optional<Refusal> refusal() {
        return refusal;
    }
}

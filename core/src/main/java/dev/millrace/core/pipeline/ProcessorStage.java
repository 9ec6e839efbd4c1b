package dev.millrace.core.pipeline;

import dev.millrace.spi.event.EventBatch;
import dev.millrace.spi.metrics.Counter;
import dev.millrace.spi.pipeline.Acknowledgement;
import dev.millrace.spi.pipeline.BatchSink;
import dev.millrace.spi.pipeline.Processor;
import dev.millrace.spi.pipeline.Refusal;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A processor and what comes after it. A batch on which the processor fails is refused whole. */
final class ProcessorStage implements BatchSink {
    private static final Logger LOG = LoggerFactory.getLogger(ProcessorStage.class);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final String name;
    private final Processor processor;
    private final Counter dropped;
    private final BatchSink next;

    ProcessorStage(String name, Processor processor, Counter dropped, BatchSink next) {
        this.name = name;
        this.processor = processor;
        this.dropped = dropped;
        this.next = next;
    }

    @Override
    public void accept(EventBatch batch, Acknowledgement acknowledgement) {
        EventBatch processed;
        try {
            processed = processor.process(batch);
            if (processed == null) {
                throw new IllegalStateException("process returned null (expected: a batch)");
            }
        } catch (Throwable e) { // a plugin may throw anything; it is turned into text here
            String message = ComponentException.of(name, "process", e).getMessage();
            LOG.error("{}", message);
            acknowledgement.refused(new Refusal(Refusal.Reason.PROCESSOR_FAILED, name + " failed", RETRY_AFTER));
            return;
        }
        if (processed.size() < batch.size()) {
            dropped.add(batch.size() - processed.size());
        }
        if (processed.size() == 0) {
            acknowledgement.committed();
        } else {
            next.accept(processed, acknowledgement);
        }
    }

    @Override
    public Optional<Refusal> refusal() {
        return next.refusal();
    }
}

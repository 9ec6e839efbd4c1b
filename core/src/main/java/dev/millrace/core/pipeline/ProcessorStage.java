package dev.millrace.core.pipeline;

import dev.millrace.spi.event.EventBatch;
import dev.millrace.spi.pipeline.Processor;
import dev.millrace.spi.pipeline.Refusal;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A processor and what comes after it. A batch on which the processor fails is refused whole. */
final class ProcessorStage implements Stage {
    private static final Logger LOG = LoggerFactory.getLogger("dev.millrace.pipeline");
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final String name;
    private final Processor processor;
    private final ProcessorCount count;
    private final Stage next;

    ProcessorStage(String name, Processor processor, ProcessorCount count, Stage next) {
        this.name = name;
        this.processor = processor;
        this.count = count;
        this.next = next;
    }

    @Override
    public void accept(EventBatch batch, Passage passage) {
        EventBatch processed;
        try {
            processed = processor.process(batch);
            if (processed == null) {
                throw new IllegalStateException("process returned null (expected: a batch)");
            }
        } catch (Throwable e) { // a plugin may throw anything; it is turned into text here
            String message = ComponentException.of(name, "process", e).getMessage();
            LOG.error("{}", message);
            passage.refused(new Refusal(Refusal.Reason.PROCESSOR_FAILED, name + " failed", RETRY_AFTER));
            return;
        }
        if (processed.size() < batch.size()) {
            passage.lost(count, batch.size() - processed.size());
        }
        if (processed.size() == 0) {
            passage.committed();
        } else {
            next.accept(processed, passage);
        }
    }

    @Override
    public Optional<Refusal> refusal() {
        return next.refusal();
    }
}

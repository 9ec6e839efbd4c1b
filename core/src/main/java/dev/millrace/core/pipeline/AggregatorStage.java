package dev.millrace.core.pipeline;

import dev.millrace.spi.event.EventBatch;
import dev.millrace.spi.pipeline.Acknowledgement;
import dev.millrace.spi.pipeline.Aggregator;
import dev.millrace.spi.pipeline.BatchSink;
import dev.millrace.spi.pipeline.Refusal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An aggregator and what comes after it.
 *
 * <p>The acknowledgements of all batches that were added since the last result wait for it, and are told together what
 * became of all its parts: committed where every part was, else refused.
 */
final class AggregatorStage implements Stage {
    private static final Logger LOG = LoggerFactory.getLogger("dev.millrace.pipeline");
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final String name;
    private final Aggregator aggregator;
    private final PipelineCounters counters;
    private final BatchSink next;
    private final Object lock = new Object();
    private List<Acknowledgement> waiting = new ArrayList<>();

    AggregatorStage(String name, Aggregator aggregator, PipelineCounters counters, BatchSink next) {
        this.name = name;
        this.aggregator = aggregator;
        this.counters = counters;
        this.next = next;
    }

    @Override
    public void accept(EventBatch batch, Passage passage) {
        synchronized (lock) {
            passage.gathered();
            waiting.add(passage);
            pass(() -> aggregator.add(batch), false);
        }
    }

    /** Passes on all that was gathered. */
    void flush() {
        synchronized (lock) {
            if (!waiting.isEmpty()) {
                pass(aggregator::flush, true);
            }
        }
    }

    @Override
    public Optional<Refusal> refusal() {
        return next.refusal();
    }

    private interface Call {
        List<EventBatch> run() throws Exception;
    }

    private void pass(Call call, boolean last) {
        List<EventBatch> batches;
        try {
            batches = List.copyOf(call.run());
        } catch (Throwable e) { // a plugin may throw anything; it is turned into text here
            LOG.error("{}", ComponentException.of(name, "aggregate", e).getMessage());
            Refusal refusal = new Refusal(Refusal.Reason.PROCESSOR_FAILED, name + " failed", RETRY_AFTER);
            take().forEach(acknowledgement -> acknowledgement.refused(refusal));
            return;
        }
        batches = batches.stream().filter(batch -> batch.size() > 0).toList();
        if (batches.isEmpty() && !last) {
            return;
        }
        SharedAcknowledgement shared = new SharedAcknowledgement(take(), batches.size());
        if (batches.isEmpty()) {
            shared.complete();
        }
        batches.forEach(batch -> next.accept(batch, counters.counting(batch.size(), shared)));
    }

    private List<Acknowledgement> take() {
        List<Acknowledgement> taken = waiting;
        waiting = new ArrayList<>();
        return taken;
    }
}

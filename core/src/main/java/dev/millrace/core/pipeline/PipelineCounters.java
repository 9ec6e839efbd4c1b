package dev.millrace.core.pipeline;

import dev.millrace.core.delivery.DeliveryStatus.Incident;
import dev.millrace.core.metrics.MetricRegistry;
import dev.millrace.core.metrics.MetricSink;
import dev.millrace.core.status.ComponentReading;
import dev.millrace.core.status.ComponentState;
import dev.millrace.spi.ComponentId;
import dev.millrace.spi.pipeline.Acknowledgement;
import dev.millrace.spi.pipeline.Refusal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a pipeline's inputs handed over, and what became of it.
 *
 * <p>What becomes of a batch is counted at one moment, and a scrape reads all numbers at one moment, so that on every
 * page, of a pipeline without an aggregator, received = appended + refused + dropped by processors + pending. The
 * numbers outlive a generation of components, so that a reload does not set them back. Thread-safe.
 */
final class PipelineCounters implements AutoCloseable {
    private final String pipeline;
    private final MetricRegistry.Publication publication;
    private final Object lock = new Object();
    private final Map<ComponentId, InputCounts> inputs = new LinkedHashMap<>();
    private final Map<ComponentId, ProcessorCount> processors = new LinkedHashMap<>();
    private long appended;

    PipelineCounters(String pipeline, MetricRegistry registry) {
        this.pipeline = pipeline;
        this.publication = registry.register(this::collect);
    }

    InputCounts input(ComponentId id) {
        synchronized (lock) {
            return inputs.computeIfAbsent(id, key -> new InputCounts());
        }
    }

    ProcessorCount processor(ComponentId id) {
        synchronized (lock) {
            return processors.computeIfAbsent(id, key -> new ProcessorCount());
        }
    }

    /** How many items are on their way to the journal. */
    long pending() {
        synchronized (lock) {
            return inputs.values().stream().mapToLong(InputCounts::pending).sum();
        }
    }

    /** Counts a batch that an input hands over, which begins its way. */
    Passage received(InputCounts input, int items, Acknowledgement answer) {
        synchronized (lock) {
            input.received(items);
        }
        return new Passage(this, input, items, answer);
    }

    /** The way of what was gathered from batches of inputs, which were counted when they came. */
    Passage gathered(int items, Acknowledgement answer) {
        return new Passage(this, null, items, answer);
    }

    /** All rows of a batch are in the journal, or were taken out. */
    void committed(Passage passage) {
        synchronized (lock) {
            InputCounts input = passage.input();
            if (input != null) {
                input.acknowledged(passage.items());
            }
            passage.losses().forEach(loss -> loss.processor().add(loss.items()));
            appended += passage.appended();
        }
    }

    /** Nothing of a batch is in the journal, whatever a processor made of it. */
    void refused(Passage passage, Refusal.Reason reason) {
        synchronized (lock) {
            InputCounts input = passage.input();
            if (input != null) {
                input.refused(passage.items(), reason);
            }
        }
    }

    /** What an input has handed over, at one moment. */
    ComponentReading readInput(ComponentId id, ComponentState state, Optional<Incident> lastError) {
        synchronized (lock) {
            return inputs.getOrDefault(id, new InputCounts()).reading(id.toString(), state, lastError);
        }
    }

    /** What a processor has taken out, at one moment. */
    ComponentReading readProcessor(ComponentId id, ComponentState state, Optional<Incident> lastError) {
        synchronized (lock) {
            return new ComponentReading.Processor(
                    id.toString(),
                    state,
                    processors.getOrDefault(id, new ProcessorCount()).dropped(),
                    lastError);
        }
    }

    private void collect(MetricSink sink) {
        synchronized (lock) {
            inputs.forEach((id, counts) -> counts.collect(sink, pipeline, id.toString()));
            processors.forEach((id, count) -> sink.counter(
                    "millrace_processor_dropped_items_total",
                    "Items that the processor took out.",
                    count.dropped(),
                    "pipeline",
                    pipeline,
                    "component",
                    id.toString()));
            sink.counter(
                    "millrace_journal_appended_items_total",
                    "Items committed to the journal.",
                    appended,
                    "pipeline",
                    pipeline,
                    "component",
                    JournalReport.COMPONENT);
        }
    }

    @Override
    public void close() {
        publication.close();
    }
}

package dev.millrace.core.pipeline;

import dev.millrace.core.metrics.MetricRegistry;
import dev.millrace.core.metrics.MetricScope;
import dev.millrace.spi.ComponentId;
import dev.millrace.spi.metrics.Counter;
import java.util.HashMap;
import java.util.Map;

/**
 * The counters of a pipeline's inputs and processors. They outlive a generation of components, so that a reload does not
 * set them back and what was received still equals what became of it. Thread-safe.
 */
final class PipelineCounters implements AutoCloseable {
    private final String pipeline;
    private final MetricRegistry registry;
    private final Object lock = new Object();
    private final Map<ComponentId, MetricScope> scopes = new HashMap<>();

    PipelineCounters(String pipeline, MetricRegistry registry) {
        this.pipeline = pipeline;
        this.registry = registry;
    }

    InputCounters input(ComponentId id) {
        return new InputCounters(scope(id));
    }

    Counter processorDropped(ComponentId id) {
        return scope(id).counter("millrace_processor_dropped_items_total", "Items that the processor took out.");
    }

    private MetricScope scope(ComponentId id) {
        synchronized (lock) {
            return scopes.computeIfAbsent(id, key -> registry.componentMetrics(pipeline, key.toString()));
        }
    }

    @Override
    public void close() {
        synchronized (lock) {
            scopes.values().forEach(MetricScope::close);
            scopes.clear();
        }
    }
}

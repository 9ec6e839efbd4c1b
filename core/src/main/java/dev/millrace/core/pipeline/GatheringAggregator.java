package dev.millrace.core.pipeline;

import dev.millrace.spi.event.EventBatch;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.pipeline.Aggregator;
import dev.millrace.spi.pipeline.GatheringProcessor;
import java.util.List;

/**
 * A processor that gathers samples, called as an aggregator is. Of an aggregator comes all that was added with a result; of
 * the processor what is not in its result is in its state by then.
 */
record GatheringAggregator(GatheringProcessor processor) implements Aggregator {
    @Override
    public List<EventBatch> add(EventBatch batch) throws Exception {
        processor.add((MetricBatch) batch);
        return List.of();
    }

    @Override
    public List<EventBatch> flush() throws Exception {
        MetricBatch result = processor.flush();
        if (result == null) {
            throw new IllegalStateException("flush returned null (expected: a batch)");
        }
        return List.of(result);
    }
}

package dev.millrace.spi.testing;

import dev.millrace.spi.event.EventBatch;
import dev.millrace.spi.event.LogBatch;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.event.SpanBatch;
import dev.millrace.spi.pipeline.Aggregator;
import dev.millrace.spi.pipeline.GatheringProcessor;
import dev.millrace.spi.pipeline.Processor;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The lives of what changes batches: a processor, an aggregator. */
final class BatchTrial {
    private final Trial trial;
    private final Findings findings;

    BatchTrial(Trial trial) {
        this.trial = trial;
        this.findings = trial.findings();
    }

    void run(Class<?> kind) {
        if (kind == Processor.class) {
            trial.inLife("all is well", context -> {}, this::process);
        } else {
            trial.inLife("all is well", context -> {}, kind == Aggregator.class ? this::aggregate : this::gather);
        }
    }

    private void process(PluginLife<?> life) {
        Processor processor = (Processor) life.component();
        for (Map.Entry<String, EventBatch> sample : SampleBatches.all().entrySet()) {
            String what = "process of " + sample.getKey();
            EventBatch first = trial.call(what, thrown -> false, () -> processor.process(sample.getValue()));
            EventBatch none = first == null ? null : emptied(first);
            if (none != null) {
                trial.call(what + " without rows", thrown -> false, () -> processor.process(none));
            }
        }
    }

    /* A batch may have lost its rows to a processor before. */
    private static EventBatch emptied(EventBatch batch) {
        if (batch instanceof LogBatch logs) {
            return new LogBatch(logs.resource(), List.of());
        } else if (batch instanceof SpanBatch spans) {
            return new SpanBatch(spans.resource(), List.of());
        }
        return MetricBatch.builder(0).build();
    }

    private void gather(PluginLife<?> life) {
        GatheringProcessor processor = (GatheringProcessor) life.component();
        trial.call("flush before the first batch", thrown -> false, processor::flush);
        for (Map.Entry<String, EventBatch> sample : SampleBatches.all().entrySet()) {
            if (sample.getValue() instanceof MetricBatch batch && batch.size() > 0) {
                trial.call("add of " + sample.getKey(), thrown -> false, () -> {
                    processor.add(batch);
                    return true;
                });
            }
        }
        trial.call("flush", thrown -> false, processor::flush);
        MetricBatch rest = trial.call("a second flush", thrown -> false, processor::flush);
        findings.expect(
                rest == null || rest.size() == 0,
                Rule.ANSWERS_ONCE,
                "flush returned rows that an earlier flush had returned, or should have");
    }

    private void aggregate(PluginLife<?> life) {
        Aggregator aggregator = (Aggregator) life.component();
        trial.call("flush before the first batch", thrown -> false, aggregator::flush);
        for (Map.Entry<String, EventBatch> sample : SampleBatches.all().entrySet()) {
            complete(trial.call("add of " + sample.getKey(), thrown -> false, () -> aggregator.add(sample.getValue())));
        }
        complete(trial.call("flush", thrown -> false, aggregator::flush));
        List<EventBatch> rest = trial.call("a second flush", thrown -> false, aggregator::flush);
        findings.expect(
                rest == null || rest.stream().mapToInt(EventBatch::size).sum() == 0,
                Rule.ANSWERS_ONCE,
                "flush returned rows that an earlier flush had returned, or should have");
    }

    private void complete(@Nullable List<EventBatch> batches) {
        findings.expect(
                batches == null || batches.stream().noneMatch(Objects::isNull),
                Rule.NO_NULL,
                "a result has a batch that is null");
    }
}

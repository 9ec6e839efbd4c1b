package dev.millrace.core.trial;

import dev.millrace.core.calls.ComponentException;
import dev.millrace.core.calls.PluginCalls;
import dev.millrace.core.config.CaseFile;
import dev.millrace.core.config.PipelineConfig;
import dev.millrace.core.delivery.DeliveryOptions;
import dev.millrace.core.pipeline.PipelineTrial;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.event.MetricBatchBuilder;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Runs a test of a pipeline. */
public final class CaseRun {
    /** When it begins, in milliseconds since the epoch: the first of January 2026. */
    private static final long START = 1_767_225_600_000L;

    private final CaseFile.Case test;
    private final TreeMap<Long, MetricBatchBuilder> batches = new TreeMap<>();
    private final Map<String, List<Sample>> expected = new TreeMap<>();

    /**
     * A test.
     *
     * @throws IllegalArgumentException if something in it is malformed, in words for a person
     */
    public CaseRun(CaseFile.Case test) {
        this.test = test;
        try {
            test.input().ifPresent(lines -> Sample.parse(lines).forEach(this::give));
            test.series()
                    .forEach((series, values) -> ValueSequence.parse(
                                    series, values, test.interval().toMillis())
                            .forEach(this::give));
            test.expect().forEach((flusher, lines) -> expected.put(flusher, Sample.parse(lines)));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(test.name() + ": " + e.getMessage(), e);
        }
    }

    /** What is tested. */
    public String name() {
        return test.name();
    }

    private void give(Sample sample) {
        long at = sample.at().orElse(0L);
        batches.computeIfAbsent(at, time -> MetricBatch.builder(1))
                .add(sample.labels(), START + at, sample.valueBits());
    }

    /**
     * Runs it.
     *
     * @return what was not as expected, a line each
     * @throws IllegalArgumentException if it expects something of a flusher that there is not
     */
    public List<String> run(PipelineConfig<DeliveryOptions> pipeline, PluginCalls calls)
            throws ComponentException, IOException {
        List<String> flushers = pipeline.flushers().stream()
                .map(flusher -> flusher.component().id().toString())
                .toList();
        for (String flusher : expected.keySet()) {
            if (!flushers.contains(flusher)) {
                throw new IllegalArgumentException(
                        test.name() + ": Expect: " + flusher + " (expected: " + String.join(", ", flushers) + ")");
            }
        }
        try (PipelineTrial trial = new PipelineTrial(pipeline, START, calls)) {
            batches.forEach((at, rows) -> {
                trial.advanceTo(START + at);
                trial.add(rows.build());
            });
            trial.advanceTo(START + test.until().map(Duration::toMillis).orElse(0L));
            trial.flush();
            List<String> differences = new ArrayList<>();
            trial.refusals().stream().distinct().forEach(message -> differences.add("refused: " + message));
            Map<String, MetricBatch> given = trial.given();
            expected.forEach((flusher, samples) -> compare(flusher, samples, given.get(flusher), differences));
            return differences;
        }
    }

    private static void compare(
            String flusher, List<Sample> wanted, @Nullable MetricBatch given, List<String> differences) {
        List<Sample> came = new ArrayList<>();
        for (int row = 0; given != null && row < given.size(); row++) {
            came.add(new Sample(given.labels(row), given.valueBits(row), Optional.of(given.timestamp(row) - START)));
        }
        List<String> lines = new ArrayList<>();
        for (Sample sample : wanted) {
            int index = came.indexOf(
                    came.stream().filter(sample::expects).findFirst().orElse(sample));
            if (index >= 0) {
                came.remove(index);
            } else {
                lines.add("  - " + sample);
            }
        }
        came.forEach(sample -> lines.add("  + " + sample));
        if (!lines.isEmpty()) {
            differences.add(flusher + " (- expected, + came instead):");
            differences.addAll(lines);
        }
    }
}

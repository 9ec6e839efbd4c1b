package dev.millrace.plugin.processor.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.event.MetricBatchBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Random batches, pauses, refusals and restarts, beside a plain account of the batches that were acknowledged: each of their
 * samples is in what comes out, once.
 */
final class AggregateModelTest {
    private static final long INTERVAL = 60_000;

    private final long seed = Long.getLong("millrace.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final Map<String, double[]> expected = new TreeMap<>();
    private final List<MetricBatch> added = new ArrayList<>();
    private final List<String> came = new ArrayList<>();
    private long closed = Bench.START;

    @Test
    void eachAcknowledgedSampleIsInOneWindowOnce() {
        System.out.println("seed " + seed + " (to repeat: -Dmillrace.seed=" + seed + ")");
        AggregateOptions options = Bench.options(List.of("job"), Output.SUM, Output.COUNT, Output.MAX);
        Bench bench = new Bench(options);
        bench.flush();
        for (int step = 0; step < 3000; step++) {
            switch (random.nextInt(8)) {
                case 0 -> flush(bench);
                case 1 -> bench.advance(Duration.ofMillis(random.nextInt(20_000)));
                case 2 -> {
                    if (random.nextInt(4) == 0) {
                        bench.flushRefused();
                        added.clear();
                    }
                }
                case 3 -> {
                    if (random.nextInt(4) == 0) {
                        bench.restart(options);
                        added.clear();
                    }
                }
                default -> add(bench);
            }
        }
        flush(bench);
        bench.advance(Duration.ofHours(1));
        flush(bench);
        assertThat(came.stream().sorted().toList()).as("seed %d", seed).isEqualTo(expectedLines());
    }

    private void add(Bench bench) {
        MetricBatchBuilder batch = Bench.batch();
        for (int row = random.nextInt(4); row >= 0; row--) {
            Labels series = Labels.of(
                    "__name__", "m" + random.nextInt(2), "job", "j" + random.nextInt(3), "pod", "" + random.nextInt(9));
            long timestamp = bench.now() + random.nextInt(200_000) - 100_000;
            batch.add(series, timestamp, Double.doubleToRawLongBits(random.nextInt(100)));
        }
        MetricBatch built = batch.build();
        bench.add(built);
        added.add(built);
    }

    /* What was added counts by what was closed when it was added, which only a flush that is kept changes. */
    private void flush(Bench bench) {
        for (MetricBatch batch : added) {
            for (int row = 0; row < batch.size(); row++) {
                expect(batch.labels(row), batch.timestamp(row), Double.longBitsToDouble(batch.valueBits(row)));
            }
        }
        added.clear();
        closed = Math.max(closed, Math.floorDiv(bench.now(), INTERVAL) * INTERVAL);
        came.addAll(bench.flush());
    }

    private void expect(Labels series, long timestamp, double value) {
        long end = (timestamp + INTERVAL - 1) / INTERVAL * INTERVAL;
        if (end <= closed) {
            return;
        }
        String key = series.get("__name__") + " " + series.get("job") + " " + (end - Bench.START) / 1000;
        double[] figures = expected.computeIfAbsent(key, some -> new double[] {0, 0, Double.NEGATIVE_INFINITY});
        figures[0] += value;
        figures[1]++;
        figures[2] = Math.max(figures[2], value);
    }

    private List<String> expectedLines() {
        List<String> lines = new ArrayList<>();
        expected.forEach((key, figures) -> {
            String[] parts = key.split(" ");
            String[] outputs = {"sum", "count", "max"};
            for (int i = 0; i < outputs.length; i++) {
                lines.add("{__name__=\"" + parts[0] + ":1m_by_job_" + outputs[i] + "\", job=\"" + parts[1] + "\"} "
                        + figures[i] + " @" + parts[2]);
            }
        });
        lines.sort(null);
        return lines;
    }
}

package dev.millrace.core.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.event.MetricBatchBuilder;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** All samples of a model run, by number: what was handed to the journal, and which of it was acknowledged. */
final class ModelSamples {
    /** How many series there are. */
    static final int SERIES = 40;

    private static final Labels[] LABELS = IntStream.range(0, SERIES)
            .mapToObj(number -> Labels.of("series", "s" + number))
            .toArray(Labels[]::new);

    private final List<Sample> samples = new ArrayList<>();
    private final BitSet kept = new BitSet();
    private final BitSet everKept = new BitSet();
    private final long[] times = new long[SERIES];

    private record Sample(int series, long time) {}

    int count() {
        return samples.size();
    }

    /** A batch of new samples. */
    MetricBatch batch(Random random, int rows) {
        MetricBatchBuilder batch = MetricBatch.builder(rows);
        for (int row = 0; row < rows; row++) {
            add(batch, random.nextInt(SERIES), 1L + random.nextInt(1000));
        }
        return batch.build();
    }

    /** A batch with a new sample of each series. */
    MetricBatch batch() {
        MetricBatchBuilder batch = MetricBatch.builder(SERIES);
        for (int series = 0; series < SERIES; series++) {
            add(batch, series, 1);
        }
        return batch.build();
    }

    private void add(MetricBatchBuilder batch, int series, long later) {
        times[series] += later;
        batch.add(LABELS[series], times[series], samples.size());
        samples.add(new Sample(series, times[series]));
    }

    /** They were acknowledged. */
    void acknowledged(int from, int to) {
        kept.set(from, to);
        everKept.set(from, to);
    }

    /** What was acknowledged so far need not be kept any more. */
    void forget() {
        kept.clear();
    }

    /** Whether a sample was acknowledged, and nothing happened since that it need not survive. */
    boolean kept(int sample) {
        return kept.get(sample);
    }

    /** How many were never acknowledged. */
    int neverAcknowledged() {
        return samples.size() - everKept.cardinality();
    }

    int series(int sample) {
        return samples.get(sample).series;
    }

    int slot(int sample) {
        return LABELS[series(sample)].slot();
    }

    /** The samples of rows, which are as they were handed over. */
    int[] of(List<Call.Row> rows) {
        int[] numbers = new int[rows.size()];
        for (int i = 0; i < numbers.length; i++) {
            Call.Row row = rows.get(i);
            numbers[i] = check((int) row.value(), row.series(), row.timestamp());
        }
        return numbers;
    }

    /** The sample in a row of a batch, which is as it was handed over. */
    int of(MetricBatch batch, int row) {
        return check((int) batch.valueBits(row), batch.labels(row).get("series"), batch.timestamp(row));
    }

    private int check(int number, String series, long time) {
        assertThat(number).as("a sample that exists").isBetween(0, samples.size() - 1);
        Sample sample = samples.get(number);
        assertThat(series + "@" + time).as("sample %s", number).isEqualTo("s" + sample.series + "@" + sample.time);
        return number;
    }
}

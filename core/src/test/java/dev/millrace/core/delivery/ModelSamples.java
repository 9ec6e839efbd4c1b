package dev.millrace.core.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.event.MetricBatchBuilder;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** All samples of a model run, by number: what was handed to the journal, and which of it was acknowledged. */
final class ModelSamples {
    /** How many series there are. */
    static final int SERIES = 40;

    private static final int TENANTS = 3;
    private static final long LATEST = 1500;
    private static final long UNKNOWN = -1;

    private static final Labels[] LABELS = IntStream.range(0, SERIES)
            .mapToObj(number -> Labels.of("series", "s" + number))
            .toArray(Labels[]::new);

    private final List<Sample> samples = new ArrayList<>();
    private final BitSet kept = new BitSet();
    private final BitSet everKept = new BitSet();
    private final long[] times = new long[SERIES];
    private final List<Long> items = new ArrayList<>();
    private final TreeMap<Long, Long> ends = new TreeMap<>();

    /** A sample: {@code newest} is the largest time of its series before it. */
    private record Sample(int series, long time, long newest) {}

    /** Whose a series is, by its name. */
    static int tenant(String series) {
        return Integer.parseInt(series.substring(1)) % TENANTS;
    }

    int count() {
        return samples.size();
    }

    /** A batch of new samples. */
    MetricBatch batch(Random random, int rows) {
        MetricBatchBuilder batch = MetricBatch.builder(rows);
        for (int row = 0; row < rows; row++) {
            int series = random.nextInt(SERIES);
            add(batch, series, times[series] + 1 + random.nextInt(1000));
        }
        return batch.build();
    }

    /** A batch with a new sample of each series. */
    MetricBatch batch() {
        MetricBatchBuilder batch = MetricBatch.builder(SERIES);
        for (int series = 0; series < SERIES; series++) {
            add(batch, series, times[series] + 1);
        }
        return batch.build();
    }

    /** A batch of new samples, of which some are older than others of their series. */
    MetricBatch lateBatch(Random random, int rows) {
        MetricBatchBuilder batch = MetricBatch.builder(rows);
        for (int row = 0; row < rows; row++) {
            int series = random.nextInt(SERIES);
            if (random.nextInt(3) == 0) {
                add(batch, series, Math.max(0, times[series] - (long) (LATEST * random.nextDouble())));
            } else {
                add(batch, series, times[series] + random.nextInt(1000));
            }
        }
        return batch.build();
    }

    private void add(MetricBatchBuilder batch, int series, long time) {
        batch.add(LABELS[series], time, samples.size());
        samples.add(new Sample(series, time, times[series]));
        items.add(UNKNOWN);
        times[series] = Math.max(times[series], time);
    }

    /** They were acknowledged at a time in milliseconds since the epoch, as the items from {@code firstItem} on. */
    void acknowledged(int from, int to, long firstItem, long millis) {
        kept.set(from, to);
        everKept.set(from, to);
        for (int sample = from; sample < to; sample++) {
            items.set(sample, firstItem + sample - from);
        }
        ends.put(millis, firstItem + to - from);
    }

    /** The number below which all items that were acknowledged are from before a time in milliseconds since the epoch. */
    long endBefore(long millis) {
        Map.Entry<Long, Long> last = ends.lowerEntry(millis);
        return last == null ? 0 : last.getValue();
    }

    /** Whether a sample was acknowledged as an item with a number below {@code end}, or never. */
    boolean isBelow(int sample, long end) {
        return items.get(sample) < end;
    }

    /** Whether a sample is older than another of its series that was handed over before it. */
    boolean isLate(int sample) {
        return samples.get(sample).time < samples.get(sample).newest;
    }

    long time(int sample) {
        return samples.get(sample).time;
    }

    /** How many were acknowledged so far. */
    int everAcknowledged() {
        return everKept.cardinality();
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

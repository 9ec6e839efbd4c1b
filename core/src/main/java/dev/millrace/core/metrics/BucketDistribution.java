package dev.millrace.core.metrics;

import dev.millrace.spi.metrics.Distribution;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.Exemplars;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.Arrays;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/** A histogram with fixed buckets: of bytes where the name ends in {@code _bytes}, else of seconds. */
final class BucketDistribution implements Distribution, Consumer<SampleList> {
    private static final double[] SECONDS = {
        0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 25, 60, 120, 300
    };
    private static final double[] BYTES = {
        256, 1 << 10, 1 << 12, 1 << 14, 1 << 16, 1 << 18, 1 << 20, 1 << 22, 1 << 24, 1 << 26
    };

    private final String name;
    private final String help;
    private final Labels labels;
    private final double[] bounds;
    private final LongAdder[] counts;
    private final DoubleAdder sum = new DoubleAdder();

    BucketDistribution(String name, String help, Labels labels) {
        this.name = name;
        this.help = help;
        this.labels = labels;
        double[] finite = name.endsWith("_bytes") ? BYTES : SECONDS;
        bounds = Arrays.copyOf(finite, finite.length + 1);
        bounds[finite.length] = Double.POSITIVE_INFINITY;
        counts = new LongAdder[bounds.length];
        Arrays.setAll(counts, i -> new LongAdder());
    }

    @Override
    public void observe(double value) {
        if (Double.isNaN(value)) {
            throw new IllegalArgumentException("value: NaN (expected: a number)");
        }
        int found = Arrays.binarySearch(bounds, value);
        counts[found >= 0 ? found : -found - 1].increment();
        sum.add(value);
    }

    @Override
    public void accept(SampleList list) {
        long[] values = new long[counts.length];
        Arrays.setAll(values, i -> counts[i].sum());
        ClassicHistogramBuckets buckets = ClassicHistogramBuckets.of(bounds, values);
        list.add(
                name,
                Kind.HISTOGRAM,
                help,
                new HistogramDataPointSnapshot(buckets, sum.sum(), labels, Exemplars.EMPTY, 0));
    }
}

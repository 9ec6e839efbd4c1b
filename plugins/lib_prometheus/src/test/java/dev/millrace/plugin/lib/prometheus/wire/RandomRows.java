package dev.millrace.plugin.lib.prometheus.wire;

import dev.millrace.spi.event.Buckets;
import dev.millrace.spi.event.Exemplar;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.LabelsBuilder;
import dev.millrace.spi.event.Metadata;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.event.MetricBatchBuilder;
import dev.millrace.spi.event.MetricType;
import dev.millrace.spi.event.NativeHistogram;
import dev.millrace.spi.event.NativeHistogram.ResetHint;
import java.util.List;
import java.util.Random;

/** Batches of all that remote write 1.0 can carry, or 2.0, with every odd value there is. */
final class RandomRows {
    private static final long[] VALUES = {
        0,
        Double.doubleToRawLongBits(-0.0),
        Double.doubleToRawLongBits(1),
        Double.doubleToRawLongBits(Double.NEGATIVE_INFINITY),
        Double.doubleToRawLongBits(Double.MIN_VALUE),
        MetricBatch.STALE_NAN,
        MetricBatch.NORMAL_NAN
    };
    private static final long[] NUMBERS = {0, 1, -1, 127, 128, Integer.MAX_VALUE, Long.MAX_VALUE, Long.MIN_VALUE};
    private static final String[] TEXTS = {
        "", "a", "zz", "é", "\uD83D\uDE00", "\uE000", "x".repeat(127), "y".repeat(128)
    };
    private static final String[] NAMES = {"__name__", "A", "_", "a", "a1", "b", "instance", "job", "le", "z_Z"};

    private static final List<MetricType> TYPES = List.of(MetricType.values());
    private static final List<ResetHint> HINTS = List.of(ResetHint.values());

    private final Random random;
    private final boolean version2;

    RandomRows(long seed) {
        this(seed, false);
    }

    private RandomRows(long seed, boolean version2) {
        this.random = new Random(seed);
        this.version2 = version2;
    }

    /** Batches with custom buckets, start timestamps, metadata and names of any characters. */
    static RandomRows ofVersion2(long seed) {
        return new RandomRows(seed, true);
    }

    MetricBatch batch() {
        int rows = 1 + random.nextInt(6);
        MetricBatchBuilder builder = MetricBatch.builder(rows);
        Labels series = series();
        long timestamp = pick(NUMBERS) / 2;
        for (int i = 0; i < rows; i++) {
            series = random.nextInt(3) == 0 ? series() : series;
            timestamp += 1 + random.nextInt(10_000);
            if (random.nextInt(4) == 0) {
                builder.add(series, timestamp, histogram());
            } else {
                builder.add(series, timestamp, value());
            }
            if (random.nextInt(4) == 0) {
                builder.exemplars(exemplars(timestamp));
            }
            if (version2) {
                describe(builder, timestamp);
            }
        }
        return builder.build();
    }

    private void describe(MetricBatchBuilder builder, long timestamp) {
        if (random.nextBoolean()) {
            builder.startTimestamp(random.nextBoolean() ? timestamp / 2 : pick(NUMBERS));
        }
        if (random.nextInt(3) > 0) {
            builder.metadata(new Metadata("", TYPES.get(random.nextInt(TYPES.size())), text(), text()));
        }
    }

    private String text() {
        return TEXTS[random.nextInt(TEXTS.length)];
    }

    Labels labels() {
        LabelsBuilder builder = Labels.builder();
        for (String name : NAMES) {
            if (!name.equals(Labels.METRIC_NAME) && random.nextInt(3) == 0) {
                builder.set(version2 && random.nextInt(5) == 0 ? name + "\uE000." : name, text());
            }
        }
        return builder.build();
    }

    private Labels series() {
        return labels().toBuilder()
                .set(Labels.METRIC_NAME, random.nextBoolean() ? version2 ? "u.p" : "up" : "a:b_" + random.nextInt(100))
                .build();
    }

    private List<Exemplar> exemplars(long timestamp) {
        return random.ints(random.nextInt(3), 0, 9)
                .mapToObj(i -> new Exemplar(labels(), number(), timestamp))
                .toList();
    }

    private NativeHistogram histogram() {
        boolean floating = random.nextBoolean();
        if (version2 && random.nextInt(4) == 0) {
            return customBuckets(floating);
        }
        return new NativeHistogram(
                floating,
                floating ? number() : pick(NUMBERS),
                value(),
                random.nextInt(13) - 4,
                random.nextBoolean() ? 0 : random.nextDouble(),
                floating ? number() : pick(NUMBERS),
                buckets(floating),
                buckets(floating),
                HINTS.get(random.nextInt(HINTS.size())),
                List.of());
    }

    private NativeHistogram customBuckets(boolean floating) {
        return new NativeHistogram(
                floating,
                floating ? number() : pick(NUMBERS),
                value(),
                NativeHistogram.CUSTOM_BUCKETS,
                0,
                0,
                Buckets.NONE,
                buckets(floating),
                HINTS.get(random.nextInt(HINTS.size())),
                random.doubles(random.nextInt(20)).sorted().boxed().toList());
    }

    private Buckets buckets(boolean floating) {
        int[] offsets = random.ints(random.nextInt(4), 0, 200).toArray();
        int[] lengths = random.ints(offsets.length, 0, 5).toArray();
        if (offsets.length > 0) {
            offsets[0] -= 100;
        }
        int size = 0;
        for (int length : lengths) {
            size += length;
        }
        return new Buckets(
                offsets,
                lengths,
                random.ints(size, 0, 9)
                        .mapToLong(i -> floating ? number() : pick(NUMBERS))
                        .toArray());
    }

    private long value() {
        return random.nextBoolean() ? Double.doubleToRawLongBits(random.nextGaussian()) : pick(VALUES);
    }

    /* A value that is no sample's, and so not the stale marker. */
    private long number() {
        long bits = value();
        return bits == MetricBatch.STALE_NAN ? MetricBatch.NORMAL_NAN : bits;
    }

    private long pick(long[] from) {
        return from[random.nextInt(from.length)];
    }
}

package dev.millrace.core.journal;

import dev.millrace.spi.event.Buckets;
import dev.millrace.spi.event.EventBatch;
import dev.millrace.spi.event.Exemplar;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.LogBatch;
import dev.millrace.spi.event.Metadata;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.event.MetricBatchBuilder;
import dev.millrace.spi.event.MetricType;
import dev.millrace.spi.event.NativeHistogram;
import dev.millrace.spi.event.SpanBatch;
import dev.millrace.spi.event.SpanId;
import dev.millrace.spi.event.Value;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Batches of every kind with every field, from a seed that is printed. */
final class RandomBatches {
    private static final long NOW = 1_700_000_000_000L;
    private static final long[] BITS = {
        0,
        Double.doubleToRawLongBits(-0.0),
        MetricBatch.STALE_NAN,
        MetricBatch.NORMAL_NAN,
        0x7ff8000000000000L,
        0xfff8dead0000beefL,
        Double.doubleToRawLongBits(Double.POSITIVE_INFINITY),
        Double.doubleToRawLongBits(Double.NEGATIVE_INFINITY),
        Double.doubleToRawLongBits(Double.MIN_VALUE),
        Double.doubleToRawLongBits(Double.MAX_VALUE),
        Double.doubleToRawLongBits(0.1),
        Double.doubleToRawLongBits(1L << 47),
        Double.doubleToRawLongBits((1L << 47) - 1),
        Double.doubleToRawLongBits(-(1L << 47)),
        Double.doubleToRawLongBits(1 - (1L << 47)),
        Double.doubleToRawLongBits(1L << 53),
        Double.doubleToRawLongBits(-1),
        -1L,
        1L,
        Long.MIN_VALUE,
        Long.MAX_VALUE
    };

    private final Random random;
    private final List<Labels> series = new ArrayList<>();

    RandomBatches(long seed) {
        System.out.println("seed: " + seed + " (repeat with -Dmillrace.seed=" + seed + ")");
        random = new Random(seed);
    }

    RandomBatches() {
        this(Long.getLong("millrace.seed", System.nanoTime()));
    }

    Random random() {
        return random;
    }

    EventBatch next() {
        return switch (random.nextInt(8)) {
            case 0 -> logs();
            case 1 -> spans();
            case 2 -> metrics(1 + random.nextInt(2000), 0);
            default -> metrics(1 + random.nextInt(60), random.nextInt(16));
        };
    }

    /** Samples; {@code sides} are the flags of {@link MetricPayload}. */
    MetricBatch metrics(int rows, int sides) {
        MetricBatchBuilder builder = MetricBatch.builder(rows);
        boolean scrape = random.nextBoolean();
        Metadata metadata = metadata();
        for (int row = 0; row < rows; row++) {
            Labels labels = series(scrape ? row : random.nextInt(3000));
            long timestamp = scrape ? NOW : NOW + random.nextInt(100_000) - 50_000;
            if ((sides & MetricPayload.HISTOGRAMS) != 0 && random.nextInt(3) == 0) {
                builder.add(labels, timestamp, histogram());
            } else {
                builder.add(labels, timestamp, bits());
            }
            if ((sides & MetricPayload.START_TIMESTAMPS) != 0) {
                builder.startTimestamp(random.nextInt(3) == 0 ? 0 : NOW - random.nextInt(1000));
            }
            if ((sides & MetricPayload.EXEMPLARS) != 0 && random.nextInt(3) != 0) {
                builder.exemplars(exemplars());
            }
            if ((sides & MetricPayload.METADATA) != 0 && random.nextInt(3) != 0) {
                metadata = random.nextInt(4) == 0 ? metadata() : metadata;
                builder.metadata(metadata);
            }
        }
        return builder.build();
    }

    Labels series(int number) {
        while (series.size() <= number) {
            int at = series.size();
            series.add(
                    at == 7
                            ? Labels.EMPTY
                            : Labels.of(
                                    "__name__", "metric_" + at % 37, "instance", "host-" + at, "ü" + at % 5, "→" + at));
        }
        Labels labels = series.get(number);
        return random.nextInt(20) == 0 ? Labels.of(labels.toMap()) : labels;
    }

    private long bits() {
        return switch (random.nextInt(4)) {
            case 0 -> BITS[random.nextInt(BITS.length)];
            case 1 -> random.nextLong();
            case 2 -> Double.doubleToRawLongBits(random.nextGaussian());
            default -> Double.doubleToRawLongBits(random.nextInt(1 << random.nextInt(1, 31)));
        };
    }

    private <T> T pick(T[] values) {
        return values[random.nextInt(values.length)];
    }

    private Metadata metadata() {
        int number = random.nextInt(50);
        return new Metadata(
                "family_" + number,
                pick(MetricType.values()),
                number % 3 == 0 ? "" : "Hilfe für " + number,
                number % 2 == 0 ? "" : "seconds");
    }

    private List<Exemplar> exemplars() {
        List<Exemplar> list = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            Labels labels = random.nextInt(4) == 0 ? Labels.EMPTY : Labels.of("trace_id", "t" + random.nextInt());
            list.add(new Exemplar(labels, bits(), NOW + random.nextInt(1000)));
        }
        return list;
    }

    private NativeHistogram histogram() {
        boolean floating = random.nextBoolean();
        List<Double> bounds = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            bounds.add(random.nextDouble());
        }
        return new NativeHistogram(
                floating,
                floating ? bits() : random.nextInt(1000),
                bits(),
                bounds.isEmpty() ? random.nextInt(13) - 4 : NativeHistogram.CUSTOM_BUCKETS,
                random.nextBoolean() ? 0 : 1e-128,
                floating ? bits() : random.nextInt(10),
                buckets(floating),
                buckets(floating),
                pick(NativeHistogram.ResetHint.values()),
                bounds);
    }

    private Buckets buckets(boolean floating) {
        int spans = random.nextInt(3);
        int[] offsets = new int[spans];
        int[] lengths = new int[spans];
        int total = 0;
        for (int i = 0; i < spans; i++) {
            offsets[i] = random.nextInt(20) - 10;
            lengths[i] = random.nextInt(5);
            total += lengths[i];
        }
        long[] values = new long[total];
        for (int i = 0; i < total; i++) {
            values[i] = floating ? bits() : random.nextInt(100) - 50;
        }
        return new Buckets(offsets, lengths, values);
    }

    LogBatch logs() {
        List<LogBatch.Row> rows = new ArrayList<>();
        for (int i = random.nextInt(20); i >= 0; i--) {
            rows.add(new LogBatch.Row(
                    random.nextInt(5) == 0 ? 0 : random.nextLong(),
                    random.nextLong(),
                    random.nextInt(25),
                    random.nextBoolean() ? "" : "WARN",
                    value(3),
                    mapping(2),
                    spanId()));
        }
        return new LogBatch(series(random.nextInt(20)), rows);
    }

    SpanBatch spans() {
        List<SpanBatch.Row> rows = new ArrayList<>();
        for (int i = random.nextInt(20); i >= 0; i--) {
            List<SpanBatch.Event> events = new ArrayList<>();
            List<SpanBatch.Link> links = new ArrayList<>();
            for (int j = random.nextInt(3); j > 0; j--) {
                events.add(new SpanBatch.Event(random.nextLong(), "event " + j, mapping(1)));
                links.add(new SpanBatch.Link(spanId(), "a=b", mapping(1)));
            }
            rows.add(new SpanBatch.Row(
                    spanId(),
                    spanId(),
                    "GET /" + i,
                    random.nextInt(6),
                    random.nextLong(),
                    random.nextLong(),
                    random.nextInt(3),
                    random.nextBoolean() ? "" : "späte Antwort",
                    "",
                    mapping(2),
                    events,
                    links));
        }
        return new SpanBatch(series(random.nextInt(20)), rows);
    }

    private SpanId spanId() {
        return random.nextInt(3) == 0
                ? SpanId.NONE
                : new SpanId(random.nextLong(), random.nextLong(), random.nextLong());
    }

    private Value value(int depth) {
        int kind = random.nextInt(depth == 0 ? 5 : 7);
        return switch (kind) {
            case 0 -> new Value.Text("text " + random.nextInt() + (random.nextBoolean() ? "" : " \uD83D\uDE00ß"));
            case 1 -> new Value.Bool(random.nextBoolean());
            case 2 -> new Value.Int(random.nextLong());
            case 3 -> new Value.Real(bits());
            case 4 -> {
                byte[] bytes = new byte[random.nextInt(20)];
                random.nextBytes(bytes);
                yield new Value.Bytes(ByteBuffer.wrap(bytes));
            }
            case 5 -> new Value.Array(List.of(value(depth - 1), value(depth - 1)));
            default -> mapping(depth);
        };
    }

    private Value.Mapping mapping(int depth) {
        Map<String, Value> values = new HashMap<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            values.put("key " + i, value(depth - 1));
        }
        return new Value.Mapping(values);
    }
}

package dev.millrace.plugin.lib.prometheus.protobuf;

import dev.millrace.spi.event.Buckets;
import dev.millrace.spi.event.Exemplar;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.LabelsBuilder;
import dev.millrace.spi.event.Metadata;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.event.MetricType;
import dev.millrace.spi.event.NativeHistogram;
import dev.millrace.spi.event.NativeHistogram.ResetHint;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Pages of random families, and what they mean. */
final class RandomFamilies {
    private static final PageSchema PACKED = new PageSchema(true);
    private static final PageSchema PLAIN = new PageSchema(false);
    private static final double[] VALUES = {
        0, -0.0, 1, 0.1, 1e300, Double.MIN_VALUE, Double.NEGATIVE_INFINITY, Double.NaN, 123_456
    };
    private static final MetricType[] TYPES = {
        MetricType.COUNTER,
        MetricType.GAUGE,
        MetricType.SUMMARY,
        MetricType.UNKNOWN,
        MetricType.HISTOGRAM,
        MetricType.GAUGE_HISTOGRAM
    };
    private static final Map<Double, String> BOUNDS = new TreeMap<>(
            Map.of(-1.0, "-1.0", 0.0, "0.0", 0.005, "0.005", 1.0, "1.0", 2.5, "2.5", 1e6, "1e+06", 1e-7, "1e-07"));

    private final Random random;
    private final PageSchema schema;
    private final boolean natives;
    private final boolean classicToo;
    private final List<PageMessage> families = new ArrayList<>();
    private final List<ParsedRow> rows = new ArrayList<>();

    /* Those of the family and the metric that are made. */
    private Metadata metadata = new Metadata("x", MetricType.UNKNOWN, "", "");
    private Labels labels = Labels.EMPTY;
    private long time;
    private long start;

    RandomFamilies(Random random, boolean natives, boolean classicToo) {
        this.random = random;
        this.schema = random.nextBoolean() ? PACKED : PLAIN;
        this.natives = natives;
        this.classicToo = classicToo;
        for (int i = random.nextInt(6); i > 0; i--) {
            families.add(family());
        }
    }

    byte[] page() {
        return PageMessage.page(families);
    }

    /** What the page means. */
    List<ParsedRow> rows() {
        return rows;
    }

    private PageMessage family() {
        int number = random.nextInt(TYPES.length);
        String name = List.of("a", "a.b", "ü_seconds", "c_seconds_total").get(random.nextInt(4));
        boolean unit = name.contains("_seconds") && (!name.endsWith("_total") || number == 0) && random.nextBoolean();
        metadata = new Metadata(name, TYPES[number], random.nextBoolean() ? "" : "What\nit is", unit ? "seconds" : "");
        PageMessage family = message("MetricFamily")
                .set("name", name)
                .set("help", metadata.help())
                .set("unit", metadata.unit());
        if (number > 0 || random.nextBoolean()) {
            family.set("type", number);
        }
        for (int i = random.nextInt(4); i > 0; i--) {
            family.add("metric", metric());
        }
        return family;
    }

    private PageMessage metric() {
        PageMessage metric = message("Metric");
        labels = labels(metric);
        time = ParsedRow.TIME;
        if (random.nextInt(4) == 0) {
            time = random.nextInt();
            metric.set("timestamp_ms", time);
            time = time == 0 ? ParsedRow.TIME : time;
        }
        start = 0;
        switch (metadata.type()) {
            case COUNTER -> metric.set("counter", counter());
            case GAUGE -> metric.set("gauge", simple("Gauge"));
            case SUMMARY -> metric.set("summary", summary());
            case HISTOGRAM, GAUGE_HISTOGRAM -> metric.set("histogram", histogram());
            default -> metric.set("untyped", simple("Untyped"));
        }
        return metric;
    }

    private PageMessage simple(String type) {
        double value = value();
        row("", "", "", value, List.of());
        return message(type).set("value", value);
    }

    private PageMessage counter() {
        PageMessage counter = started(message("Counter"));
        List<Exemplar> exemplars =
                random.nextBoolean() ? List.of() : exemplar(time, (e, timed) -> counter.set("exemplar", e));
        double value = value();
        row("", "", "", value, exemplars);
        return counter.set("value", value);
    }

    private PageMessage summary() {
        long count = random.nextInt(3) == 0 ? random.nextLong() : random.nextInt(1000);
        double sum = value();
        PageMessage summary =
                started(message("Summary")).set("sample_count", count).set("sample_sum", sum);
        row("_count", "", "", unsigned(count), List.of());
        row("_sum", "", "", sum, List.of());
        BOUNDS.forEach((bound, text) -> {
            if (random.nextInt(3) == 0) {
                double value = value();
                summary.add(
                        "quantile", message("Quantile").set("quantile", bound).set("value", value));
                row("", "quantile", text, value, List.of());
            }
        });
        return summary;
    }

    private PageMessage histogram() {
        PageMessage histogram = started(message("Histogram"));
        boolean floating = random.nextInt(3) == 0;
        boolean isNative = random.nextBoolean();
        Native made = isNative ? nativeParts(histogram, floating) : null;
        double count = made != null ? made.count : random.nextInt(1000);
        double sum = value();
        if (floating) {
            histogram.set("sample_count_float", count);
        } else {
            histogram.set("sample_count", (long) count);
        }
        histogram.set("sample_sum", sum);
        List<Exemplar> natural = new ArrayList<>();
        boolean own = made != null && random.nextBoolean();
        for (int i = own ? 1 + random.nextInt(3) : 0; i > 0; i--) {
            exemplar(time, (e, one) -> {
                histogram.add("exemplars", e);
                if (one != null) {
                    natural.add(one);
                }
            });
        }
        List<ParsedRow> classic = new ArrayList<>();
        boolean hasBuckets = classicBuckets(histogram, floating, count, sum, classic, own ? null : natural);
        if (made != null && natives) {
            NativeHistogram read = made.histogram(sum, metadata.type());
            rows.add(new ParsedRow(metadata, named("", "", ""), read.sumBits(), time, start, read, sorted(natural)));
        }
        if (made == null || !natives || classicToo && hasBuckets) {
            rows.addAll(classic);
        }
        return histogram;
    }

    private boolean classicBuckets(
            PageMessage histogram,
            boolean floating,
            double count,
            double sum,
            List<ParsedRow> target,
            @Nullable List<Exemplar> timed) {
        target.add(made("_count", "", "", count, List.of()));
        target.add(made("_sum", "", "", sum, List.of()));
        int buckets = random.nextInt(4);
        boolean infinite = false;
        List<Double> bounds = new ArrayList<>(BOUNDS.keySet());
        for (int i = 0; i < buckets && !infinite; i++) {
            infinite = i == 3;
            double bound = infinite ? Double.POSITIVE_INFINITY : bounds.get(2 * i);
            String text = infinite ? "+Inf" : BOUNDS.get(bound);
            long cumulative = random.nextInt(100);
            PageMessage bucket = message("Bucket").set("upper_bound", bound);
            if (floating) {
                bucket.set("cumulative_count_float", (double) cumulative);
            } else {
                bucket.set("cumulative_count", cumulative);
            }
            List<Exemplar> exemplars = List.of();
            if (random.nextInt(3) == 0) {
                exemplars = exemplar(time, (e, one) -> {
                    bucket.set("exemplar", e);
                    if (one != null && timed != null) {
                        timed.add(one);
                    }
                });
            }
            histogram.add("bucket", bucket);
            target.add(made("_bucket", "le", text, (double) cumulative, exemplars));
        }
        if (!infinite) {
            target.add(made("_bucket", "le", "+Inf", count, List.of()));
        }
        return buckets > 0;
    }

    /** The native part of a histogram: buckets by index, as they are read. */
    private record Native(
            boolean floating,
            double count,
            int schema,
            double threshold,
            long zeroes,
            SortedMap<Integer, Long> negative,
            SortedMap<Integer, Long> positive) {
        NativeHistogram histogram(double sum, MetricType type) {
            return new NativeHistogram(
                    floating,
                    floating ? Double.doubleToRawLongBits(count) : (long) count,
                    bits(sum),
                    schema,
                    threshold,
                    floating ? Double.doubleToRawLongBits((double) zeroes) : zeroes,
                    buckets(negative),
                    buckets(positive),
                    type == MetricType.GAUGE_HISTOGRAM ? ResetHint.GAUGE : ResetHint.UNKNOWN,
                    List.of());
        }

        private Buckets buckets(SortedMap<Integer, Long> counts) {
            List<int[]> spans = new ArrayList<>();
            List<Long> values = new ArrayList<>();
            int end = 0;
            long last = 0;
            for (Map.Entry<Integer, Long> bucket : counts.entrySet()) {
                if (spans.isEmpty() || bucket.getKey() != end) {
                    spans.add(new int[] {bucket.getKey() - end, 0});
                }
                spans.get(spans.size() - 1)[1]++;
                end = bucket.getKey() + 1;
                values.add(
                        floating ? Double.doubleToRawLongBits((double) bucket.getValue()) : bucket.getValue() - last);
                last = bucket.getValue();
            }
            return new Buckets(
                    spans.stream().mapToInt(span -> span[0]).toArray(),
                    spans.stream().mapToInt(span -> span[1]).toArray(),
                    values.stream().mapToLong(Long::longValue).toArray());
        }
    }

    private Native nativeParts(PageMessage histogram, boolean floating) {
        int schema = random.nextInt(4) == 0 ? 9 + random.nextInt(44) : random.nextInt(13) - 4;
        int halvings = Math.max(0, schema - 8);
        double threshold = random.nextBoolean() ? 0 : 1e-128;
        long zeroes = random.nextInt(3);
        SortedMap<Integer, Long> negative = side(histogram, "negative", floating, halvings);
        SortedMap<Integer, Long> positive = side(histogram, "positive", floating, halvings);
        long all = zeroes;
        for (SortedMap<Integer, Long> side : List.of(negative, positive)) {
            all += side.values().stream().mapToLong(Long::longValue).sum();
        }
        if (all == 0) {
            // What is floating is known by its counts.
            zeroes = 1;
            all = 1;
        }
        histogram.set("schema", schema).set("zero_threshold", threshold);
        if (floating) {
            histogram.set("zero_count_float", (double) zeroes);
        } else {
            histogram.set("zero_count", zeroes);
        }
        return new Native(floating, all, Math.min(schema, 8), threshold, zeroes, negative, positive);
    }

    /* Spans of any cut, of no bucket even, with empty buckets among them. */
    private SortedMap<Integer, Long> side(PageMessage histogram, String side, boolean floating, int halvings) {
        SortedMap<Integer, Long> counts = new TreeMap<>();
        int index = 0;
        long last = 0;
        for (int spans = random.nextInt(5), i = 0; i < spans; i++) {
            int offset = i == 0 ? random.nextInt(200) - 100 : random.nextInt(3);
            int length = random.nextInt(4);
            histogram.span(side, offset, length);
            index += offset;
            for (int k = 0; k < length; k++, index++) {
                long count = (long) random.nextInt(3) * random.nextInt(50);
                if (floating) {
                    histogram.add(side + "_count", (double) count);
                } else {
                    histogram.add(side + "_delta", count - last);
                }
                last = count;
                if (count > 0) {
                    counts.merge((int) Math.ceil(index / Math.pow(2, halvings)), count, Long::sum);
                }
            }
        }
        return counts;
    }

    private List<Exemplar> exemplar(long sampleTime, BiConsumer<PageMessage, @Nullable Exemplar> user) {
        PageMessage message = message("Exemplar");
        Labels own = labels(message);
        double value = value();
        message.set("value", value);
        boolean timed = random.nextBoolean();
        long timestamp = timed ? ParsedRow.TIME + random.nextInt(100_000) : sampleTime;
        if (timed) {
            message.time("timestamp", timestamp);
        }
        // Labels of more than 128 characters are left out: one value here is longer.
        boolean longer = own.toMap().containsValue("z".repeat(200));
        Exemplar exemplar = longer ? null : new Exemplar(own, bits(value), timestamp);
        user.accept(message, timed ? exemplar : null);
        return exemplar == null ? List.of() : List.of(exemplar);
    }

    private static List<Exemplar> sorted(List<Exemplar> exemplars) {
        return exemplars.stream()
                .sorted(Comparator.comparingLong(Exemplar::timestamp))
                .toList();
    }

    private PageMessage started(PageMessage message) {
        if (random.nextBoolean()) {
            start = ParsedRow.TIME - random.nextInt(100_000);
            message.time("start_timestamp", start);
        }
        return message;
    }

    private Labels labels(PageMessage message) {
        LabelsBuilder builder = Labels.builder();
        for (String name : List.of("b", "a", "x.y", "ö")) {
            if (random.nextInt(3) == 0) {
                String value = List.of("", "1", "ü\n\"", "z".repeat(200)).get(random.nextInt(4));
                message.label(name, value);
                builder.set(name, value);
            }
        }
        return builder.build();
    }

    private void row(String suffix, String label, String text, double value, List<Exemplar> exemplars) {
        rows.add(made(suffix, label, text, value, exemplars));
    }

    private ParsedRow made(String suffix, String label, String text, double value, List<Exemplar> exemplars) {
        return new ParsedRow(metadata, named(suffix, label, text), bits(value), time, start, null, exemplars);
    }

    private Labels named(String suffix, String label, String text) {
        LabelsBuilder builder = labels.toBuilder().set(Labels.METRIC_NAME, metadata.family() + suffix);
        return label.isEmpty() ? builder.build() : builder.set(label, text).build();
    }

    private PageMessage message(String type) {
        return new PageMessage(schema, type);
    }

    private double value() {
        return VALUES[random.nextInt(VALUES.length)];
    }

    private static double unsigned(long value) {
        return Double.parseDouble(Long.toUnsignedString(value));
    }

    private static long bits(double value) {
        return Double.isNaN(value) ? MetricBatch.NORMAL_NAN : Double.doubleToRawLongBits(value);
    }
}

package dev.millrace.plugin.lib.otlp.metrics;

import dev.millrace.plugin.lib.prometheus.text.ShortestDecimal;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.LabelsBuilder;
import dev.millrace.spi.event.Symbol;

/**
 * The series that a stream of classic histograms or summaries becomes.
 *
 * @param sum the labels of its sum
 * @param count those of its count
 * @param parts those of its buckets, the infinite one last, or of its quantiles
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record ManySeries(Labels sum, Labels count, Labels[] parts) implements Known.Part {
    private static final Symbol NAME = Symbol.of(Labels.METRIC_NAME);

    /** The buckets with upper bounds. */
    static ManySeries histogram(Series series, double[] bounds) {
        Labels[] buckets = new Labels[bounds.length + 1];
        LabelsBuilder bucket = with(series, "_bucket");
        for (int i = 0; i < bounds.length; i++) {
            buckets[i] = bucket.set("le", text(bounds[i])).build();
        }
        buckets[bounds.length] = bucket.set("le", "+Inf").build();
        return of(series, buckets);
    }

    /** A summary with quantiles. */
    static ManySeries summary(Series series, double[] quantiles) {
        Labels[] parts = new Labels[quantiles.length];
        LabelsBuilder part = with(series, "");
        for (int i = 0; i < quantiles.length; i++) {
            parts[i] = part.set("quantile", text(quantiles[i])).build();
        }
        return of(series, parts);
    }

    private static ManySeries of(Series series, Labels[] parts) {
        return new ManySeries(
                with(series, "_sum").build(), with(series, "_count").build(), parts);
    }

    private static LabelsBuilder with(Series series, String suffix) {
        return series.labels().toBuilder().set(NAME, Symbol.of(series.family().name() + suffix));
    }

    /* As Go writes a double without an exponent. */
    private static String text(double value) {
        if (Double.isInfinite(value)) {
            return value > 0 ? "+Inf" : "-Inf";
        }
        if (Double.isNaN(value)) {
            return "NaN";
        }
        if (value == 0) {
            return 1 / value > 0 ? "0" : "-0";
        }
        String size = ShortestDecimal.of(Math.abs(value)).stripTrailingZeros().toPlainString();
        return value < 0 ? "-" + size : size;
    }

    @Override
    public int weight() {
        // their symbols are those of the series, or of every histogram with these bounds
        return 200 + (parts.length + 2) * (Series.LABELS_BYTES + Series.LABEL_BYTES * (sum.size() + 1));
    }
}

package dev.millrace.distribution.comparison.report;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.DoubleFunction;

/** The median of some figures, with the smallest and the largest. */
public record Spread(double median, double least, double most) {
    /** The spread of at least one figure. */
    public static Spread of(double... figures) {
        double[] sorted = figures.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(median, sorted[0], sorted[sorted.length - 1]);
    }

    /** A ratio, as it is shown. */
    static String ratio(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }

    /** As {@code 1.23 (1.20-1.31)}; without the brackets where all are the same. */
    public String text(DoubleFunction<String> figure) {
        String one = figure.apply(median);
        return least == most ? one : one + " (" + figure.apply(least) + "-" + figure.apply(most) + ")";
    }
}

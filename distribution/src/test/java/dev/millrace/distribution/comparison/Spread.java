package dev.millrace.distribution.comparison;

import java.util.Locale;
import java.util.stream.DoubleStream;

/** The median of some figures, with the smallest and the largest. */
record Spread(double median, double least, double most) {
    /** The spread of at least one figure. */
    static Spread of(DoubleStream figures) {
        double[] sorted = figures.sorted().toArray();
        int middle = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(median, sorted[0], sorted[sorted.length - 1]);
    }

    /** As {@code 1.23 (1.20-1.31)}, with some decimal places. */
    String text(int places) {
        String one = "%." + places + "f";
        return String.format(Locale.ROOT, one + " (" + one + "-" + one + ")", median, least, most);
    }
}

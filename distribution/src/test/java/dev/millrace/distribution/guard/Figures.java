package dev.millrace.distribution.guard;

import java.util.Locale;
import java.util.stream.DoubleStream;

/** What one measure was in all turns. */
record Figures(double least, double median, double most) {
    /** Those of at least one turn. */
    static Figures of(DoubleStream turns) {
        double[] sorted = turns.sorted().toArray();
        double median = (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
        return new Figures(sorted[0], median, sorted[sorted.length - 1]);
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%.3f (%.3f-%.3f)", median, least, most);
    }
}

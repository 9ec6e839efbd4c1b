package dev.millrace.distribution.comparison.load;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;

/**
 * What there is to scrape.
 *
 * @param targets how many targets there are
 * @param series how many series each has
 * @param interval the time between two scrapes of a target, in whole milliseconds
 * @param seed where the values of the pages come from
 */
public record Load(int targets, int series, Duration interval, long seed) {
    public Load {
        atLeastOne("targets", targets);
        atLeastOne("series", series);
        atLeastOne("interval", interval.toMillis());
    }

    /** The series of all targets. */
    public long allSeries() {
        return (long) targets * series;
    }

    /** In a sentence. */
    public String describe() {
        return String.format(Locale.ROOT, "%,d targets of %,d series every %s s", targets, series, seconds(interval));
    }

    private static String seconds(Duration time) {
        return BigDecimal.valueOf(time.toMillis(), 3).stripTrailingZeros().toPlainString();
    }

    private static void atLeastOne(String name, long value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: at least 1)");
        }
    }
}

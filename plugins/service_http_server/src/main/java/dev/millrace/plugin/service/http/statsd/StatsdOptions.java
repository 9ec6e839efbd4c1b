package dev.millrace.plugin.service.http.statsd;

import dev.millrace.spi.config.Default;
import dev.millrace.spi.config.Doc;
import dev.millrace.spi.config.InvalidOptionException;
import java.time.Duration;
import java.util.List;

/**
 * What becomes of lines of StatsD.
 *
 * @param interval how often samples are made of what has come
 * @param idleAfter how long a series is kept of which nothing comes
 * @param maxSeries the largest number of series
 * @param buckets the upper bounds of the buckets of timers, histograms and distributions
 */
@Doc("What becomes of lines of StatsD.")
public record StatsdOptions(
        @Doc("How often samples are made of what has come.") @Default("10s")
        Duration interval,

        @Doc("How long a series is kept of which nothing comes; then it is marked as stale.") @Default("5m")
        Duration idleAfter,

        @Doc("The largest number of series, of which a timer counts as one; lines of others are dropped and counted.")
        @Default("10000")
        int maxSeries,

        @Doc(
                value =
                        "The upper bounds of the buckets of timers (in seconds), histograms and distributions; without them, those"
                                + " that are usual: 0.005 to 10.",
                example = "[0.1, 1, 10]")
        List<Double> buckets) {
    private static final List<Double> USUAL = List.of(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0);
    private static final int MAX_BUCKETS = 100;

    public StatsdOptions {
        buckets = buckets.isEmpty() ? USUAL : List.copyOf(buckets);
        if (interval.toMillis() < 100) {
            throw new InvalidOptionException("interval", interval + " (expected: >= 100ms)");
        }
        if (idleAfter.compareTo(interval) < 0) {
            throw new InvalidOptionException("idleAfter", idleAfter + " (expected: >= Interval)");
        }
        if (maxSeries < 1) {
            throw new InvalidOptionException("maxSeries", maxSeries + " (expected: >= 1)");
        }
        if (buckets.size() > MAX_BUCKETS) {
            throw new InvalidOptionException("buckets", buckets.size() + " of them (expected: <= " + MAX_BUCKETS + ")");
        }
        for (int i = 0; i < buckets.size(); i++) {
            double bound = buckets.get(i);
            if (!Double.isFinite(bound) || i > 0 && bound <= buckets.get(i - 1)) {
                throw new InvalidOptionException("buckets", buckets + " (expected: numbers that grow)");
            }
        }
    }
}

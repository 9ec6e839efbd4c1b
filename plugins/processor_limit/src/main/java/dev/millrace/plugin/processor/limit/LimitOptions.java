package dev.millrace.plugin.processor.limit;

import dev.millrace.spi.config.Default;
import dev.millrace.spi.config.Doc;
import dev.millrace.spi.config.InvalidOptionException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The options of {@code processor_limit}.
 *
 * @param limits how many series there may be, in groups
 * @param expireAfter how long a series counts after its last sample
 */
@Doc(
        value = "Limits how many series there are: for each metric, target or tenant. Samples of more are dropped.",
        example = """
        Limits:
          - By: [__name__]
            MaxSeries: 5000
          - By: [job, instance]
            MaxSeries: 20000
          - MaxSeries: 500000
        """)
public record LimitOptions(
        @Doc(
                value = "The limits, all of which hold.",
                example = "[{By: [__name__], MaxSeries: 5000}, {MaxSeries: 500000}]")
        List<SeriesLimit> limits,

        @Doc("How long a series counts after its last sample.") @Default("1h")
        Duration expireAfter) {
    public LimitOptions {
        limits = List.copyOf(limits);
        if (limits.isEmpty()) {
            throw new InvalidOptionException("limits", "none (expected: at least one)");
        }
        Set<Set<String>> seen = new HashSet<>();
        for (SeriesLimit limit : limits) {
            if (!seen.add(Set.copyOf(limit.by()))) {
                throw new InvalidOptionException("limits", "By: " + limit.by() + " twice (expected: once)");
            }
        }
        if (expireAfter.toSeconds() < 1) {
            throw new InvalidOptionException("expireAfter", expireAfter.toMillis() + "ms (expected: >= 1s)");
        }
    }
}

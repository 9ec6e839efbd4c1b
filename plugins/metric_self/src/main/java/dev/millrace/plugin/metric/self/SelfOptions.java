package dev.millrace.plugin.metric.self;

import dev.millrace.spi.config.Default;
import dev.millrace.spi.config.Doc;
import dev.millrace.spi.config.InvalidOptionException;
import java.time.Duration;
import java.util.Optional;

/**
 * The options of {@code metric_self}.
 *
 * @param interval the time between two readings
 * @param job the label {@code job}
 * @param instance the label {@code instance}; absent: the name of this host
 */
@Doc(value = "Millrace's own metrics, as a scrape of its /metrics gives them, without a request.", example = """
        Interval: 15s
        """)
public record SelfOptions(
        @Doc("The time between two readings.") @Default("15s")
        Duration interval,

        @Doc("The label job of all series.") @Default("millrace")
        String job,

        @Doc(value = "The label instance of all series; absent: the name of this host.", example = "collector-1")
        Optional<String> instance) {
    public SelfOptions {
        if (interval.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new InvalidOptionException("interval", interval.toMillis() + "ms (expected: >= 1s)");
        }
    }
}

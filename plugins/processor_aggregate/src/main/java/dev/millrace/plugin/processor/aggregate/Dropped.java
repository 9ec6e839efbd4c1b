package dev.millrace.plugin.processor.aggregate;

import dev.millrace.spi.PluginContext;
import dev.millrace.spi.event.LabelVariety;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.metrics.Counter;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The samples that are in no window, by reason. Where there are too many groups, once a minute the labels with the most values
 * are told, because one of them is mostly the reason. Used by one thread at a time.
 */
final class Dropped {
    private static final Logger LOG = LoggerFactory.getLogger(Dropped.class);
    private static final long PAUSE = 60_000;

    private final PluginContext context;
    private final int maxSeries;
    private final Counter late;
    private final Counter ahead;
    private final Counter nan;
    private final Counter limited;
    private long told = Long.MIN_VALUE;

    Dropped(PluginContext context, int maxSeries) {
        this.context = context;
        this.maxSeries = maxSeries;
        late = counter("late");
        ahead = counter("ahead");
        nan = counter("nan");
        limited = counter("max_series");
    }

    private Counter counter(String reason) {
        return context.metrics()
                .counter(
                        "millrace_processor_aggregate_dropped_samples_total",
                        "Samples that are in no window, by reason.",
                        "reason",
                        reason);
    }

    /** Its window is closed. */
    void late() {
        late.increment();
    }

    /** Its time is to come. */
    void ahead() {
        ahead.increment();
    }

    /** Its value is no number. */
    void nan() {
        nan.increment();
    }

    /** It is of a group for which there is no place. */
    void limited(Labels group, Set<Labels> groups, long now) {
        limited.increment();
        if (told != Long.MIN_VALUE && now - told < PAUSE) {
            return;
        }
        told = now;
        String message = "MaxSeries of " + maxSeries + " is reached: samples of " + group
                + " are dropped, and others; the labels with the most values are " + LabelVariety.of(groups);
        LOG.warn("{}/{}: {}", context.pipeline(), context.id(), message);
        context.reportError(message);
    }
}

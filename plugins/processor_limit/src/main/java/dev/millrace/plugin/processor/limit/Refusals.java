package dev.millrace.plugin.processor.limit;

import dev.millrace.spi.PluginContext;
import dev.millrace.spi.event.LabelVariety;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.metrics.Counter;
import java.util.Collection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one limit drops: counted, and told once a minute with the labels that have the most values in the group, because
 * one of them is mostly the reason. Changed by one thread at a time.
 */
final class Refusals {
    private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);
    private static final long PAUSE = 60_000;

    private final SeriesLimit limit;
    private final PluginContext context;
    private final Counter dropped;
    private long told = Long.MIN_VALUE;

    Refusals(SeriesLimit limit, PluginContext context) {
        this.limit = limit;
        this.context = context;
        this.dropped = context.metrics()
                .counter(
                        "millrace_processor_limit_dropped_samples_total",
                        "Samples of series beyond a limit, by the labels of the limit.",
                        "limit",
                        limit.name());
    }

    /** Counts a sample of a series of a group that is full. */
    void add(Labels group, Labels series, Collection<Labels> active, long now) {
        dropped.increment();
        if (told != Long.MIN_VALUE && now - told < PAUSE) {
            return;
        }
        told = now;
        String message = "limit of " + limit.maxSeries() + " series"
                + (group.size() == 0 ? "" : " for " + group)
                + " is reached: " + series + " is dropped, and others; the labels with the most values there are "
                + LabelVariety.of(
                        active.stream().filter(one -> isOf(group, one)).toList());
        LOG.warn("{}/{}: {}", context.pipeline(), context.id(), message);
        context.reportError(message);
    }

    private static boolean isOf(Labels group, Labels series) {
        for (int i = 0; i < group.size(); i++) {
            if (!group.value(i).equals(series.get(group.name(i)))) {
                return false;
            }
        }
        return true;
    }
}

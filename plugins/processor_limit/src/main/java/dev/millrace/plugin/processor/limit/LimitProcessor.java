package dev.millrace.plugin.processor.limit;

import dev.millrace.spi.PluginContext;
import dev.millrace.spi.event.EventBatch;
import dev.millrace.spi.event.LabelRule;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.pipeline.Processor;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Drops samples of series beyond the limits. A series that has its place keeps it as long as it has samples. Thread-safe. */
final class LimitProcessor implements Processor {
    /* A series is given up between its end and a quarter of that time later. */
    private static final int SWEEPS = 4;

    private final ActiveSeries active;
    private final Clock clock;

    LimitProcessor(LimitOptions options, PluginContext context) {
        clock = context.clock();
        List<GroupedLimit> limits = new ArrayList<>();
        for (SeriesLimit limit : options.limits()) {
            limits.add(new GroupedLimit(limit, new Refusals(limit, context)));
        }
        active = new ActiveSeries(limits, options.expireAfter());
        for (GroupedLimit limit : limits) {
            context.metrics()
                    .gauge(
                            "millrace_processor_limit_groups",
                            "Combinations of values that have series.",
                            limit::groups,
                            "limit",
                            limit.name());
        }
        context.metrics()
                .gauge("millrace_processor_limit_series", "Series that have a place within the limits.", active::size);
        Duration pause = options.expireAfter().dividedBy(SWEEPS);
        var unused = context.scheduler()
                .scheduleWithFixedDelay(
                        () -> active.expire(clock.millis()), pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public EventBatch process(EventBatch batch) {
        if (!(batch instanceof MetricBatch)) {
            return batch;
        }
        long now = clock.millis();
        LabelRule within = labels -> within(labels, now);
        return within.to(batch);
    }

    private @Nullable Labels within(Labels labels, long now) {
        return active.has(labels, now) ? labels : null;
    }
}

package dev.millrace.plugin.processor.aggregate;

import dev.millrace.spi.PluginContext;
import dev.millrace.spi.State;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.event.MetricBatchBuilder;
import dev.millrace.spi.pipeline.GatheringProcessor;
import java.time.Clock;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Adds samples up in windows, which are in the state until they are closed.
 *
 * <p>What was added since the last flush is here, in {@link #added} and {@link #passing}; the flush adds it to the windows in
 * the state, of which only the groups that have samples are touched. When the time of windows is over it looks at all. What
 * is here beside that, such as {@link #groups}, is made anew of the state, so that nothing is lost with it.
 */
final class AggregateProcessor implements GatheringProcessor {
    /* A clock may be wrong by some minutes; a window that is further off would stay open for too long. */
    private static final long AHEAD_MILLIS = 600_000;

    private final AggregateOptions options;
    private final Layout layout;
    private final Clock clock;
    private final State state;
    private final Grouping grouping;
    private final Dropped dropped;
    private final long interval;
    private final Map<Labels, Windows> added = new HashMap<>();
    private final Set<Labels> groups = new HashSet<>();
    private volatile int size;
    private MetricBatchBuilder passing = MetricBatch.builder(0);
    private long begun = Long.MIN_VALUE;
    private long closed;

    AggregateProcessor(AggregateOptions options, PluginContext context) {
        this.options = options;
        layout = options.layout();
        clock = context.clock();
        state = context.state();
        grouping = new Grouping(options, context);
        dropped = new Dropped(context, options.maxSeries());
        interval = options.interval().toMillis();
        context.metrics()
                .gauge("millrace_processor_aggregate_series", "Series that come out of the windows under way.", () ->
                        (double) size);
    }

    @Override
    public void add(MetricBatch batch) {
        try {
            addRows(batch);
        } catch (RuntimeException | Error e) {
            forget();
            throw e;
        }
    }

    /* The host refuses all that was added since the last flush. */
    private void forget() {
        added.clear();
        passing = MetricBatch.builder(0);
    }

    private void addRows(MetricBatch batch) {
        long now = clock.millis();
        begin(now);
        for (int row = 0; row < batch.size(); row++) {
            Labels group = batch.histogram(row) == null ? grouping.of(batch.labels(row)) : null;
            if (group == null || options.keepInput()) {
                passing.add(batch, row);
            }
            if (group != null && batch.valueBits(row) != MetricBatch.STALE_NAN) {
                add(group, batch.timestamp(row), Double.longBitsToDouble(batch.valueBits(row)), now);
            }
        }
        size = groups.size() * layout.series();
    }

    private void add(Labels group, long timestamp, double value, long now) {
        long end = end(timestamp);
        if (end <= closed && options.late() == Late.CURRENT) {
            end = end(now);
        }
        if (Double.isNaN(value)) {
            dropped.nan();
        } else if (end <= closed) {
            dropped.late();
        } else if (timestamp > now + AHEAD_MILLIS) {
            dropped.ahead();
        } else if (!groups.contains(group) && (groups.size() + 1) * (long) layout.series() > options.maxSeries()) {
            dropped.limited(group, groups, now);
        } else {
            groups.add(group);
            added.computeIfAbsent(group, some -> new Windows())
                    .at(end, layout)
                    .add(value, timestamp, layout.bucket(value));
        }
    }

    /* A window has the samples after its begin and up to its end. */
    private long end(long timestamp) {
        return -Math.floorDiv(-timestamp, interval) * interval;
    }

    private void begin(long now) {
        if (begun == Long.MIN_VALUE) {
            begun = now;
            state.parts().forEach(name -> groups.add(GroupName.parse(name)));
        }
        closed = state.get().map(Header::read).map(Header::closed).orElseGet(() -> due(now));
    }

    /* Up to which end windows are over. */
    private long due(long now) {
        return Math.floorDiv(now - options.delay().toMillis(), interval) * interval;
    }

    @Override
    public MetricBatch flush() {
        try {
            return flushed();
        } finally {
            forget();
        }
    }

    private MetricBatch flushed() {
        long now = clock.millis();
        begin(now);
        MetricBatchBuilder result = passing;
        Header before = state.get().map(Header::read).orElse(new Header(closed, layout));
        boolean changed = !before.layout().equals(layout);
        if (changed) {
            closeAll(before.layout(), now, result);
        }
        /* Clients that waited for a restart come with samples of the time before. */
        long due = now - begun < options.delay().toMillis() ? closed : Math.max(closed, due(now));
        if (due > closed) {
            state.parts().forEach(name -> added.computeIfAbsent(GroupName.parse(name), some -> new Windows()));
        }
        added.forEach((group, windows) -> merge(group, windows, due, result));
        if (due > closed || changed || state.get().isEmpty()) {
            state.set(new Header(due, layout).bytes());
        }
        if (due > closed) {
            groups.clear();
            state.parts().forEach(name -> groups.add(GroupName.parse(name)));
        }
        size = groups.size() * layout.series();
        return result.build();
    }

    private void merge(Labels group, Windows later, long due, MetricBatchBuilder result) {
        State part = state.part(GroupName.of(group));
        Windows windows = part.get().map(Windows::read).orElseGet(Windows::new);
        windows.add(later);
        windows.take(due, (end, figures) -> layout.addTo(result, group, end, figures));
        if (!windows.isEmpty() || part.get().isPresent()) {
            part.set(windows.bytes());
        }
    }

    /* The windows of other options: their figures may not fit to these, so they end before their time. */
    private void closeAll(Layout old, long now, MetricBatchBuilder result) {
        for (String name : state.parts()) {
            State part = state.part(name);
            Labels group = GroupName.parse(name);
            part.get()
                    .map(Windows::read)
                    .ifPresent(windows -> windows.take(
                            Long.MAX_VALUE, (end, figures) -> old.addTo(result, group, Math.min(end, now), figures)));
            part.set(new byte[0]);
        }
    }
}

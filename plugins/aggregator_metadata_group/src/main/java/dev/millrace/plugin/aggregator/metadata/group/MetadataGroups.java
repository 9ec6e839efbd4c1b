package dev.millrace.plugin.aggregator.metadata.group;

import dev.millrace.spi.event.EventBatch;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.LogBatch;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.event.SpanBatch;
import dev.millrace.spi.event.Symbol;
import dev.millrace.spi.event.Value;
import dev.millrace.spi.metrics.Counter;
import dev.millrace.spi.pipeline.Aggregator;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Sorts events into groups until one of them is full, and then hands on all of them, because the host acknowledges
 * together what was gathered together.
 *
 * <p>Samples are of the group that the values of the chosen labels name; logs and spans of that of their resource, which
 * no batch mixes. The events of one series are of one group and stay in order there.
 */
final class MetadataGroups implements Aggregator {
    private final GroupKey probe;
    private final int maxEvents;
    private final long maxBytes;
    private final boolean dropOversize;
    private final Counter dropped;
    private final Map<GroupKey, MetricGroup> metrics = new LinkedHashMap<>();
    private final Map<Labels, RowGroup<LogBatch.Row>> logs = new LinkedHashMap<>();
    private final Map<Labels, RowGroup<SpanBatch.Row>> spans = new LinkedHashMap<>();
    private boolean full;

    /** A set of groups that is empty; events that are too large for one are counted where they are dropped. */
    MetadataGroups(MetadataGroupOptions options, Counter dropped) {
        this.probe = new GroupKey(
                options.groupMetadataKeys().stream().map(Symbol::of).toArray(Symbol[]::new));
        this.maxEvents = options.groupMaxEventLength();
        this.maxBytes = options.groupMaxByteLength().bytes();
        this.dropOversize = options.dropOversizeEvent();
        this.dropped = dropped;
    }

    @Override
    public List<EventBatch> add(EventBatch batch) {
        if (batch instanceof MetricBatch samples) {
            addSamples(samples);
        } else if (batch instanceof LogBatch records) {
            addLogs(records);
        } else if (batch instanceof SpanBatch traced) {
            RowGroup<SpanBatch.Row> group =
                    spans.computeIfAbsent(traced.resource(), resource -> new RowGroup<>(maxEvents, maxBytes));
            traced.rows().forEach(row -> group.add(row, 0));
            full |= group.full();
        }
        return full ? flush() : List.of();
    }

    @Override
    public List<EventBatch> flush() {
        List<EventBatch> all = new ArrayList<>();
        metrics.values().forEach(group -> all.addAll(group.batches()));
        logs.forEach((resource, group) -> group.parts().forEach(rows -> all.add(new LogBatch(resource, rows))));
        spans.forEach((resource, group) -> group.parts().forEach(rows -> all.add(new SpanBatch(resource, rows))));
        metrics.clear();
        logs.clear();
        spans.clear();
        full = false;
        return all;
    }

    private void addSamples(MetricBatch samples) {
        for (int row = 0; row < samples.size(); row++) {
            probe.read(samples.labels(row));
            MetricGroup group = metrics.get(probe);
            if (group == null) {
                group = new MetricGroup(maxEvents);
                metrics.put(probe.copy(), group);
            }
            group.add(samples, row);
            full |= group.full();
        }
    }

    private void addLogs(LogBatch records) {
        RowGroup<LogBatch.Row> group =
                logs.computeIfAbsent(records.resource(), resource -> new RowGroup<>(maxEvents, maxBytes));
        for (LogBatch.Row row : records.rows()) {
            long bytes = row.body() instanceof Value.Bytes body ? body.value().remaining() : 0;
            if (bytes > maxBytes && dropOversize) {
                dropped.increment();
            } else {
                group.add(row, bytes);
            }
        }
        full |= group.full();
    }
}

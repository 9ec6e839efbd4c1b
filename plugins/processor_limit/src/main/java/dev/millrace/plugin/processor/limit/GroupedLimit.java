package dev.millrace.plugin.processor.limit;

import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.LabelsBuilder;
import dev.millrace.spi.event.Symbol;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A limit and how many series each of its groups has. Changed by one thread at a time. */
final class GroupedLimit {
    private final SeriesLimit limit;
    private final List<Symbol> by;
    private final Refusals refusals;
    private final Map<Labels, Integer> sizes = new ConcurrentHashMap<>();

    GroupedLimit(SeriesLimit limit, Refusals refusals) {
        this.limit = limit;
        this.by = limit.by().stream().map(Symbol::of).toList();
        this.refusals = refusals;
    }

    String name() {
        return limit.name();
    }

    int groups() {
        return sizes.size();
    }

    boolean isFull(Labels series) {
        return sizes.getOrDefault(group(series), 0) >= limit.maxSeries();
    }

    void enter(Labels series) {
        sizes.merge(group(series), 1, Integer::sum);
    }

    void leave(Labels series) {
        sizes.computeIfPresent(group(series), (group, size) -> size == 1 ? null : size - 1);
    }

    /** Counts a sample of a series that has no place. */
    void refuse(Labels series, Collection<Labels> active, long now) {
        refusals.add(group(series), series, active, now);
    }

    private Labels group(Labels series) {
        LabelsBuilder group = Labels.builder();
        for (Symbol name : by) {
            Symbol value = series.get(name);
            if (value != null) {
                group.add(name, value);
            }
        }
        return group.build();
    }
}

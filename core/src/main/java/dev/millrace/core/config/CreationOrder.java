package dev.millrace.core.config;

import dev.millrace.spi.ComponentId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Puts extensions into an order in which each comes after those that it refers to. */
final class CreationOrder {
    private final Map<ComponentId, Entry> entries;
    private final Function<ComponentId, Set<ComponentId>> references;
    private final Problems problems;
    private final Set<ComponentId> path = new LinkedHashSet<>();
    private final Set<ComponentId> done = new LinkedHashSet<>();

    private CreationOrder(
            Map<ComponentId, Entry> entries, Function<ComponentId, Set<ComponentId>> references, Problems problems) {
        this.entries = entries;
        this.references = references;
        this.problems = problems;
    }

    /** The order; cycles are reported. */
    static List<ComponentId> of(
            Map<ComponentId, Entry> entries, Function<ComponentId, Set<ComponentId>> references, Problems problems) {
        CreationOrder order = new CreationOrder(entries, references, problems);
        entries.keySet().forEach(order::visit);
        return List.copyOf(order.done);
    }

    private void visit(ComponentId id) {
        Entry entry = entries.get(id);
        if (entry == null || done.contains(id)) {
            return;
        }
        if (!path.add(id)) {
            List<ComponentId> cycle = new ArrayList<>(path);
            String text = Stream.concat(cycle.subList(cycle.indexOf(id), cycle.size()).stream(), Stream.of(id))
                    .map(ComponentId::toString)
                    .collect(Collectors.joining(" -> "));
            problems.add(entry.location(), entry.path().shown(), ConfigMessage.CIRCLE, text);
            return;
        }
        references.apply(id).forEach(this::visit);
        path.remove(id);
        done.add(id);
    }
}

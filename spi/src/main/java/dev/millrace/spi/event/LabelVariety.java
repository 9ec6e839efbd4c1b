package dev.millrace.spi.event;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Which labels make many series of few: those that have the most values. */
public final class LabelVariety {
    private static final int SHOWN = 3;

    private LabelVariety() {}

    /** The names of the three labels that have the most values among series, each with how many these are, as text. */
    public static String of(Collection<Labels> series) {
        Map<Symbol, Set<Symbol>> values = new HashMap<>();
        for (Labels labels : series) {
            for (int i = 0; i < labels.size(); i++) {
                values.computeIfAbsent(labels.name(i), name -> new HashSet<>()).add(labels.value(i));
            }
        }
        return values.entrySet().stream()
                .sorted(Map.Entry.<Symbol, Set<Symbol>>comparingByValue((one, other) -> other.size() - one.size())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(SHOWN)
                .map(entry -> entry.getKey() + " (" + entry.getValue().size() + ")")
                .collect(Collectors.joining(", "));
    }
}

package dev.millrace.distribution.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What is counted since a cursor began, which never goes back, over restarts either. A kill may cost the last count of
 * deliveries, because they are repeated then, but no item that was appended. Not thread-safe.
 */
final class Totals {
    private static final String FLUSHER = "millrace_flusher_";
    private static final String APPENDED = FLUSHER + "appended_items_total";
    private static final Set<String> NAMES = Set.of(
            APPENDED,
            FLUSHER + "delivered_items_total",
            FLUSHER + "rejected_items_total",
            FLUSHER + "dropped_items_total");

    private final Map<Total, Double> last = new HashMap<>();
    private final Set<Total> seen = new HashSet<>();
    private boolean killed;

    private record Total(String name, Map<String, String> labels) {}

    /**
     * Looks at one page more.
     *
     * @param stored whether what was counted for a pipeline in the life before must be there
     */
    void look(MetricsPage page, Predicate<String> stored) {
        Map<Total, Double> found = new HashMap<>();
        page.samples().stream()
                .filter(sample -> NAMES.contains(sample.name()))
                .forEach(sample -> found.put(new Total(sample.name(), sample.labels()), sample.value()));
        found.forEach((total, value) -> {
            Double before = last.get(total);
            if (before != null && (seen.contains(total) || isKept(total, stored))) {
                assertThat(value).as("%s, which was %s", total, before).isGreaterThanOrEqualTo(before);
            }
        });
        last.keySet().removeIf(total -> seen.contains(total) && !found.containsKey(total));
        last.putAll(found);
        seen.retainAll(found.keySet());
        seen.addAll(found.keySet());
    }

    /* Whether a total must not be less in this life than in the one before. */
    private boolean isKept(Total total, Predicate<String> stored) {
        return (!killed || total.name.equals(APPENDED)) && stored.test(total.labels.getOrDefault("pipeline", ""));
    }

    /** A life of the process has ended. */
    void end(boolean byKill) {
        seen.clear();
        killed = byKill;
    }

    /** What was counted up to now is not to be expected in the next life. */
    void forget() {
        last.clear();
    }
}

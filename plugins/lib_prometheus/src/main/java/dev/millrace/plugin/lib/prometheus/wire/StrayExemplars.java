package dev.millrace.plugin.lib.prometheus.wire;

import dev.millrace.spi.event.Exemplar;
import dev.millrace.spi.event.Labels;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Exemplars that came without a sample, as Prometheus sends them in remote write 1.0: in a {@code TimeSeries} of their
 * own.
 *
 * <p>They are given to the last row of their series in the same request. Where there is none, no row can carry them and
 * they are lost.
 */
final class StrayExemplars {
    private final Map<Labels, List<Exemplar>> bySeries = new HashMap<>();

    void add(Labels series, List<Exemplar> exemplars) {
        if (!exemplars.isEmpty()) {
            bySeries.computeIfAbsent(series, s -> new ArrayList<>()).addAll(exemplars);
        }
    }

    boolean isEmpty() {
        return bySeries.isEmpty();
    }

    /** The exemplars of a series, which are handed out once. */
    List<Exemplar> take(Labels series) {
        List<Exemplar> exemplars = bySeries.remove(series);
        return exemplars == null ? List.of() : exemplars;
    }
}

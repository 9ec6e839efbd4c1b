package dev.millrace.core.metrics;

import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What is gathered for one page. */
final class Scrape {
    private final Map<String, FamilySamples> families = new TreeMap<>();

    /** One sample, or one distribution, of a family. */
    record Sample(String name, Kind kind, String help, DataPointSnapshot point) {}

    /** Adds samples; returns what is wrong with one of them, which is left out, or an empty text. */
    String add(List<Sample> samples) {
        String problem = "";
        for (Sample sample : samples) {
            FamilySamples family = families.computeIfAbsent(
                    sample.name(), name -> new FamilySamples(name, sample.kind(), sample.help()));
            String refused = family.add(sample);
            problem = problem.isEmpty() ? refused : problem;
        }
        return problem;
    }

    MetricSnapshots snapshots() {
        return new MetricSnapshots(
                families.values().stream().map(FamilySamples::snapshot).toList());
    }
}

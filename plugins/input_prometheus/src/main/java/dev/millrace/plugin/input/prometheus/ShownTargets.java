package dev.millrace.plugin.input.prometheus;

import dev.millrace.spi.event.Labels;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The targets of an input as {@code /api/v1/targets} of Prometheus shows them. Not thread-safe. */
final class ShownTargets {
    private static final String NEVER = "0001-01-01T00:00:00Z";

    private final String pipeline;
    private final List<Map<String, Object>> active = new ArrayList<>();
    private final List<Map<String, Object>> dropped = new ArrayList<>();
    private final Map<String, Object> droppedCounts = new LinkedHashMap<>();

    /** No target of a pipeline. */
    ShownTargets(String pipeline) {
        this.pipeline = pipeline;
    }

    /** Adds a target that is scraped. */
    void add(Target target, Labels discovered, TargetHealth health) {
        long time = health.lastScrape();
        boolean scraped = time != TargetHealth.NEVER;
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("discoveredLabels", map(discovered));
        shown.put("labels", map(target.labels()));
        shown.put("scrapePool", target.job());
        shown.put("scrapeUrl", target.url().toString());
        shown.put("globalUrl", target.url().toString());
        shown.put("lastError", health.lastError());
        shown.put("lastScrape", scraped ? Instant.ofEpochMilli(time).toString() : NEVER);
        shown.put("lastScrapeDuration", health.lastSeconds());
        shown.put("health", !scraped ? "unknown" : health.lastError().isEmpty() ? "up" : "down");
        shown.put("scrapeInterval", PrometheusDuration.format(target.interval()));
        shown.put("scrapeTimeout", PrometheusDuration.format(target.timeout()));
        shown.put("pipeline", pipeline);
        active.add(shown);
    }

    /**
     * Adds targets of a job that relabelling drops.
     *
     * @param count how many there are
     * @param some what relabelling was given, of as many as are to be shown
     */
    void drop(String job, int count, List<Labels> some) {
        droppedCounts.put(job, count);
        for (Labels discovered : some) {
            Map<String, Object> shown = new LinkedHashMap<>();
            shown.put("discoveredLabels", map(discovered));
            shown.put("scrapePool", job);
            dropped.add(shown);
        }
    }

    /** All of them. */
    Map<String, Object> document() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("activeTargets", active);
        document.put("droppedTargets", dropped);
        document.put("droppedTargetCounts", droppedCounts);
        return document;
    }

    private static Map<String, String> map(Labels labels) {
        Map<String, String> map = new LinkedHashMap<>();
        for (int i = 0; i < labels.size(); i++) {
            map.put(labels.name(i).toString(), labels.value(i).toString());
        }
        return map;
    }
}

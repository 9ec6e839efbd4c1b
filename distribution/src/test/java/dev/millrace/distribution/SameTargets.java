package dev.millrace.distribution;

import dev.millrace.distribution.peer.Json;
import dev.millrace.distribution.peer.PrometheusServer;
import dev.millrace.distribution.run.Await;
import dev.millrace.distribution.run.Millrace;
import dev.millrace.distribution.run.Web;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The targets that a real Prometheus and Millrace show, which have the same configuration. */
final class SameTargets {
    private static final List<String> COMPARED =
            List.of("discoveredLabels", "labels", "scrapePool", "scrapeUrl", "scrapeInterval", "scrapeTimeout");

    private final PrometheusServer prometheus;
    private final Millrace millrace;

    /* Prometheus 2.42 shows among the discovered labels what relabelling made of the interval. */
    private final boolean shownAfterRelabelling;

    SameTargets(PrometheusServer prometheus, String release, Millrace millrace) {
        this.prometheus = prometheus;
        this.millrace = millrace;
        this.shownAfterRelabelling = release.equals("stable");
    }

    /** Waits until both show the same targets, which are some, and returns them. */
    Set<Map<String, Object>> await() throws IOException {
        Await.until(
                "both show the same targets",
                Duration.ofSeconds(90),
                () -> !ofPrometheus().isEmpty() && ofMillrace().equals(ofPrometheus()),
                this::difference);
        return ofMillrace();
    }

    private String difference() {
        try {
            Set<Map<String, Object>> more = ofMillrace();
            Set<Map<String, Object>> less = ofPrometheus();
            Set<Map<String, Object>> both = new HashSet<>(more);
            both.retainAll(less);
            more.removeAll(both);
            less.removeAll(both);
            return "only Millrace has " + more + "\nonly Prometheus has " + less;
        } catch (IOException e) {
            return e.toString();
        }
    }

    Set<Map<String, Object>> ofMillrace() throws IOException {
        return at(millrace.admin());
    }

    Set<Map<String, Object>> ofPrometheus() throws IOException {
        return at("http://" + prometheus.address());
    }

    private Set<Map<String, Object>> at(String address) throws IOException {
        Map<?, ?> answer = Json.object(Web.get(address + "/api/v1/targets").body());
        Set<Map<String, Object>> targets = new HashSet<>();
        for (Object active : (List<?>) ((Map<?, ?>) answer.get("data")).get("activeTargets")) {
            Map<String, Object> compared = new TreeMap<>();
            COMPARED.forEach(key -> compared.put(key, ((Map<?, ?>) active).get(key)));
            if (shownAfterRelabelling) {
                ((Map<?, ?>) compared.get("discoveredLabels")).remove("__scrape_interval__");
            }
            targets.add(compared);
        }
        return targets;
    }
}

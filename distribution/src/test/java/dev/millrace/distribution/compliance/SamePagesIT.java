package dev.millrace.distribution.compliance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.distribution.peer.NodeExporter;
import dev.millrace.distribution.peer.PrometheusAgent;
import dev.millrace.distribution.peer.PrometheusServer;
import dev.millrace.distribution.peer.StoredSeries;
import dev.millrace.distribution.peer.VictoriaMetricsServer;
import dev.millrace.distribution.run.Await;
import dev.millrace.distribution.run.Millrace;
import dev.millrace.distribution.run.Web;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.core.metrics.Info;
import io.prometheus.metrics.core.metrics.Summary;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same pages, of real programs, scraped by Prometheus' agent and by Millrace, end up as the same series and values in the
 * same storage: report series and stale markers included. They are told apart by an external label that no page has: where
 * one has it, both would write to one series, and the later one be refused with all that is in its request.
 */
@Tag("servers")
final class SamePagesIT {
    private static final Duration DEADLINE = Duration.ofSeconds(90);
    private static final String VANISHING = "letter_vanishing";
    private static final int SCRAPES = 4;

    @TempDir
    Path folder;

    private final AtomicBoolean gone = new AtomicBoolean();

    /** A page and its type. */
    private record Page(String type, String text) {}

    @Test
    void endUpAsTheSameSeriesAndValues() throws Exception {
        Map<String, PageTarget> targets = new LinkedHashMap<>();
        pages().forEach((name, page) -> targets.put(name, PageTarget.of(page.type(), scrape -> now(page))));
        try (PrometheusServer storage = PrometheusServer.start(
                        "newer", folder.resolve("storage"), "--enable-feature=native-histograms,exemplar-storage");
                PrometheusAgent agent = PrometheusAgent.start(
                        folder.resolve("agent"),
                        "global: {external_labels: {via: prometheus}}\nscrape_configs:\n"
                                + jobs("", targets)
                                + "remote_write:\n  - {url: '" + storage.endpoint() + "', send_exemplars: true}\n");
                Millrace millrace = Millrace.in(folder.resolve("millrace"))) {
            millrace.pipeline(
                    "pages",
                    "inputs:\n  - Type: input_prometheus\n    ScrapeConfigs:\n" + jobs("      ", targets)
                            + "flushers:\n  - Type: flusher_prometheus\n    Endpoint: '" + storage.endpoint()
                            + "'\n    ExternalLabels: {via: millrace}\n");
            millrace.start();
            targets.forEach((name, target) ->
                    Await.until(name + " is scraped", DEADLINE, () -> target.scrapes() > 2 * SCRAPES, () -> ""));
            gone.set(true);
            for (String collector : List.of("prometheus", "millrace")) {
                Await.until(
                        "the series that ended is stale for " + collector,
                        DEADLINE,
                        () -> current(storage, collector).keySet().stream().noneMatch(SamePagesIT::vanishing)
                                && !storage.read("{__name__=\"" + VANISHING + "\",via=\"" + collector + "\"}")
                                        .isEmpty(),
                        () -> String.join("\n", millrace.lines()) + String.join("\n", agent.lines()));
            }
            Await.until("both collectors have the same", DEADLINE, () -> same(storage), () -> difference(storage));
            assertThat(current(storage, "millrace")).hasSizeGreaterThan(1000);
            assertThat(storage.current("jvm_temperature{via=\"millrace\"}"))
                    .as("the negative zero")
                    .allSatisfy(series -> assertThat(Double.doubleToRawLongBits(
                                    series.points().get(0).value()))
                            .isEqualTo(Double.doubleToRawLongBits(-0.0)))
                    .hasSize(1);
            assertThat(storage.current("{__name__=~\".+_created\",via=\"millrace\"}"))
                    .as("the series of creation")
                    .isNotEmpty();
        } finally {
            targets.values().forEach(PageTarget::close);
        }
    }

    private static boolean same(PrometheusServer storage) throws IOException {
        return current(storage, "prometheus").equals(current(storage, "millrace"));
    }

    private static String difference(PrometheusServer storage) {
        try {
            Map<Map<String, String>, Double> theirs = current(storage, "prometheus");
            Map<Map<String, String>, Double> ours = current(storage, "millrace");
            return "only prometheus: " + without(theirs, ours) + "\nonly millrace: " + without(ours, theirs);
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static String without(Map<Map<String, String>, Double> all, Map<Map<String, String>, Double> other) {
        return all.entrySet().stream()
                .filter(entry -> !entry.getValue().equals(other.get(entry.getKey())))
                .limit(20)
                .map(Object::toString)
                .collect(Collectors.joining("\n"));
    }

    /**
     * The newest values of a collector's series. How long a scrape took is its own; and a negative zero counts as a zero,
     * because Prometheus loses the sign on the way.
     */
    private static Map<Map<String, String>, Double> current(PrometheusServer storage, String collector)
            throws IOException {
        Map<Map<String, String>, Double> all = new TreeMap<>(java.util.Comparator.comparing(Map::toString));
        for (StoredSeries series : storage.current("{via=\"" + collector + "\"}")) {
            Map<String, String> labels = new TreeMap<>(series.labels());
            labels.remove("via");
            if (!labels.get("__name__").equals("scrape_duration_seconds")) {
                all.put(labels, series.points().get(0).value() + 0.0);
            }
        }
        return all;
    }

    private static boolean vanishing(Map<String, String> labels) {
        return VANISHING.equals(labels.get("__name__"));
    }

    private String now(Page page) {
        String first = gone.get() ? "" : "# TYPE " + VANISHING + " gauge\n" + VANISHING + " 1\n";
        return first + page.text();
    }

    private static String jobs(String indent, Map<String, PageTarget> targets) {
        StringBuilder jobs = new StringBuilder();
        targets.forEach((name, target) ->
                jobs.append("""
                - job_name: %s
                  scrape_interval: 1s
                  scrape_timeout: 1s
                  static_configs:
                    - targets: ['%s']
                """.formatted(name, target.address()).indent(indent.length())));
        return jobs.toString();
    }

    private Map<String, Page> pages() throws IOException {
        Map<String, Page> pages = new LinkedHashMap<>();
        try (NodeExporter exporter = NodeExporter.start(folder);
                PrometheusServer prometheus = PrometheusServer.start("newer", folder.resolve("first"));
                VictoriaMetricsServer victoria = VictoriaMetricsServer.start("newer", folder)) {
            pages.put("node", text("http://" + exporter.address() + "/metrics"));
            pages.put("prometheus", text(prometheus.endpoint().replace("/api/v1/write", "/metrics")));
            pages.put("victoria", text(victoria.endpoint().replace("/api/v1/write", "/metrics")));
        }
        pages.put("jvm", new Page(PageTarget.OPEN_METRICS, client()));
        pages.put(
                "open-metrics",
                new Page(
                        PageTarget.OPEN_METRICS,
                        Files.readString(Path.of("src/test/resources/pages/open_metrics_1_0.txt"))));
        return pages;
    }

    private static Page text(String url) throws IOException {
        return new Page(PageTarget.TEXT, Web.get(url).body());
    }

    /** What the client library of the JVM writes. */
    private static String client() throws IOException {
        PrometheusRegistry registry = new PrometheusRegistry();
        Counter.builder()
                .name("jvm_requests_total")
                .help("Requests.")
                .labelNames("path")
                .register(registry)
                .labelValues("/a b\"c\\d\n")
                .incWithExemplar(3, io.prometheus.metrics.model.snapshots.Labels.of("trace_id", "abc"));
        Gauge.builder().name("jvm_temperature").register(registry).set(-0.0);
        Histogram histogram =
                Histogram.builder().name("jvm_latency_seconds").classicOnly().register(registry);
        histogram.observe(0.2);
        histogram.observe(30);
        Summary summary = Summary.builder()
                .name("jvm_size_bytes")
                .quantile(0.5, 0.01)
                .quantile(0.99, 0.01)
                .register(registry);
        summary.observe(100);
        Info.builder()
                .name("jvm_runtime_info")
                .labelNames("version")
                .register(registry)
                .setLabelValues("17");
        ByteArrayOutputStream page = new ByteArrayOutputStream();
        OpenMetricsTextFormatWriter.create().write(page, registry.scrape());
        return page.toString(StandardCharsets.UTF_8);
    }
}

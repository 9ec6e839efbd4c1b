package dev.millrace.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.distribution.peer.NodeExporter;
import dev.millrace.distribution.peer.PrometheusServer;
import dev.millrace.distribution.peer.StoredSeries;
import dev.millrace.distribution.peer.VictoriaMetricsServer;
import dev.millrace.distribution.run.Await;
import dev.millrace.distribution.run.MetricsPage;
import dev.millrace.distribution.run.Millrace;
import dev.millrace.distribution.run.RecordingProxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A real node_exporter, scraped through a recording proxy, read back from a real Prometheus and a real VictoriaMetrics. */
@Tag("servers")
final class RealServersIT {
    private static final int PAGES = 8;
    private static final int LEAST_SERIES = 300;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"stable", "newer"})
    void whatIsReadBackEqualsTheRecordedPages(String suite) throws Exception {
        try (NodeExporter exporter = NodeExporter.start(folder);
                RecordingProxy proxy = RecordingProxy.start(exporter.address());
                PrometheusServer prometheus = PrometheusServer.start(suite, folder.resolve("prometheus"));
                VictoriaMetricsServer victoria = VictoriaMetricsServer.start(suite, folder);
                Millrace millrace = Millrace.in(folder)) {
            millrace.pipeline(
                    "node",
                    Pipelines.inputs("1s", proxy.address())
                            + "flushers:\n"
                            + Pipelines.flusher("prometheus", prometheus.endpoint(), "")
                            + Pipelines.flusher("victoria", victoria.endpoint(), ""));
            millrace.start();
            Await.until(
                    "the pages are scraped",
                    Duration.ofSeconds(60),
                    () -> proxy.pages().size() > PAGES);
            assertThat(millrace.stop()).isZero();
            millrace.start(); // drains what the stop left in the journal
            Await.until(
                    "the backlog is delivered",
                    Duration.ofSeconds(30),
                    () -> millrace.metrics().has("millrace_flusher_backlog_items")
                            && millrace.metrics().sum("millrace_flusher_backlog_items") == 0);

            Map<Map<String, String>, List<Double>> expected =
                    expected(proxy.pages().subList(0, PAGES), proxy.address());
            assertThat(expected).hasSizeGreaterThanOrEqualTo(LEAST_SERIES);
            compare(expected, prometheus.read("{job=\"test\"}"), RealServersIT::sameBits);
            compare(expected, victoria.read("{job=\"test\"}"), RealServersIT::nearly);
        }
    }

    /** For each series the values of the pages, in their order. */
    private static Map<Map<String, String>, List<Double>> expected(List<String> pages, String instance) {
        Map<Map<String, String>, List<Double>> expected = new HashMap<>();
        for (String page : pages) {
            for (MetricsPage.Sample sample : MetricsPage.parse(page).samples()) {
                Map<String, String> labels = new TreeMap<>(sample.labels());
                labels.values().removeIf(String::isEmpty);
                labels.replaceAll(RealServersIT::asPrometheusStores);
                labels.put("__name__", sample.name());
                labels.put("job", "test");
                labels.put("instance", instance);
                expected.computeIfAbsent(labels, series -> new ArrayList<>()).add(sample.value());
            }
        }
        return expected;
    }

    /** Prometheus' parsers write the bounds of buckets and quantiles as OpenMetrics does: with a decimal point. */
    private static String asPrometheusStores(String label, String value) {
        boolean bound = label.equals("le") || label.equals("quantile");
        return bound && value.matches("-?[0-9]+") ? value + ".0" : value;
    }

    private static void compare(
            Map<Map<String, String>, List<Double>> expected,
            List<StoredSeries> stored,
            BiPredicate<Double, Double> same) {
        Map<Map<String, String>, StoredSeries> byLabels = new HashMap<>();
        stored.forEach(series -> byLabels.put(new TreeMap<>(series.labels()), series));
        expected.forEach((labels, values) -> {
            StoredSeries series = byLabels.get(labels);
            assertThat(series).as("series %s", labels).isNotNull();
            assertThat(series.points()).as("points of %s", labels).hasSizeGreaterThanOrEqualTo(values.size());
            for (int i = 0; i < values.size(); i++) {
                double value = series.points().get(i).value();
                assertThat(same.test(values.get(i), value))
                        .as("sample %d of %s: page %s, storage %s", i, labels, values.get(i), value)
                        .isTrue();
            }
        });
    }

    private static boolean sameBits(double expected, double actual) {
        return Double.doubleToLongBits(expected) == Double.doubleToLongBits(actual);
    }

    private static boolean nearly(double expected, double actual) {
        return sameBits(expected, actual) || Math.abs(expected - actual) <= 1e-12 * Math.abs(expected);
    }
}

package dev.millrace.distribution.compliance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.distribution.peer.PrometheusServer;
import dev.millrace.distribution.peer.StoredSeries;
import dev.millrace.distribution.peer.VictoriaMetricsServer;
import dev.millrace.distribution.run.Await;
import dev.millrace.distribution.run.Equations;
import dev.millrace.distribution.run.MetricsPage;
import dev.millrace.distribution.run.Millrace;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code Protocol: auto} with receivers of the field: each ends up with all that it can store. */
@Tag("servers")
final class RealReceiversIT {
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final int SCRAPES = 4;
    private static final String FEATURES = "--enable-feature=native-histograms,exemplar-storage";
    private static final String ONLY_1 =
            "--web.remote-write-receiver.accepted-protobuf-messages=prometheus.WriteRequest";

    @TempDir
    Path folder;

    private PageTarget floats;
    private PageTarget histograms;
    private PageTarget floatHistograms;

    @BeforeEach
    void startTargets() {
        floats = PageTarget.of(PageTarget.OPEN_METRICS, RealReceiversIT::page);
        histograms = NativePage.target();
        floatHistograms = NativePage.floatTarget();
    }

    @AfterEach
    void stopTargets() {
        floats.close();
        histograms.close();
        floatHistograms.close();
    }

    private static String page(int scrape) {
        return """
                # TYPE letter_steady counter
                # HELP letter_steady Counts scrapes.
                letter_steady_total %d # {trace_id="abc"} 0.5
                # EOF
                """.formatted(scrape);
    }

    @Test
    void prometheus2WhichStoresNothingOf2AndSaysNothing() throws Exception {
        try (PrometheusServer server = PrometheusServer.start("stable", folder.resolve("server"), FEATURES)) {
            storesEverything(server, "1.0");
        }
    }

    @Test
    void prometheus3OfBothVersions() throws Exception {
        try (PrometheusServer server = PrometheusServer.start("newer", folder.resolve("server"), FEATURES)) {
            storesEverything(server, "2.0");
        }
    }

    @Test
    void prometheus3ThatAcceptsOnly1() throws Exception {
        try (PrometheusServer server = PrometheusServer.start("newer", folder.resolve("server"), FEATURES, ONLY_1)) {
            storesEverything(server, "1.0");
        }
    }

    @Test
    void prometheus2ThatRefusesNativeHistogramsGetsEverythingElse() throws Exception {
        losesNothingButHistograms("stable");
    }

    @Test
    void prometheus3ThatRefusesNativeHistogramsGetsEverythingElse() throws Exception {
        losesNothingButHistograms("newer");
    }

    @Test
    void victoriaMetricsOld() throws Exception {
        try (VictoriaMetricsServer server = VictoriaMetricsServer.start("stable", folder);
                Millrace millrace = millrace(server.endpoint())) {
            awaitWhole(millrace, () -> server.read("{__name__=\"letter_steady_total\"}"));
        }
    }

    @Test
    void victoriaMetricsNewWithMetadata() throws Exception {
        try (VictoriaMetricsServer server = VictoriaMetricsServer.start("newer", folder, "-enableMetadata");
                Millrace millrace = millrace(server.endpoint())) {
            awaitWhole(millrace, () -> server.read("{__name__=\"letter_steady_total\"}"));
            Await.until(
                    "the metadata is there",
                    DEADLINE,
                    () -> server.metadata().contains("Counts scrapes."),
                    () -> String.join("\n", millrace.lines()));
        }
    }

    private void storesEverything(PrometheusServer server, String version) throws Exception {
        try (Millrace millrace = millrace(server.endpoint())) {
            awaitWhole(millrace, () -> server.read("{__name__=\"letter_steady_total\"}"));
            Await.until(
                    "the native histogram is there",
                    DEADLINE,
                    () -> server.current("histogram_count(letter_native)").stream()
                            .anyMatch(series -> series.points().get(0).value() == NativePage.COUNT),
                    () -> String.join("\n", millrace.lines()));
            assertThat(server.current("histogram_sum(letter_native)")
                            .get(0)
                            .points()
                            .get(0)
                            .value())
                    .isEqualTo(NativePage.SUM);
            assertThat(server.histograms("letter_float").values())
                    .as("the histogram of floats")
                    .allSatisfy(one -> {
                        assertThat(one.get("count")).hasToString(Double.toString(NativePage.FLOAT_COUNT));
                        assertThat(one.get("sum")).hasToString(Double.toString(NativePage.SUM));
                        assertThat(one.get("buckets").toString()).contains("2.5", "1.25", "1.5");
                    })
                    .hasSize(1);
            Await.until(
                    "the exemplar is there",
                    DEADLINE,
                    () -> server.exemplars("letter_steady_total").contains("abc"),
                    () -> String.join("\n", millrace.lines()));
            assertThat(String.join("\n", millrace.lines()))
                    .as("what it says of the version")
                    .matches(log -> version.equals("2.0") != log.contains("it gets 1.0"));
        }
    }

    /* Without its flag, Prometheus answers 500 to a whole request that holds a native histogram. */
    private void losesNothingButHistograms(String release) throws Exception {
        try (PrometheusServer server =
                        PrometheusServer.start(release, folder.resolve("server"), "--enable-feature=exemplar-storage");
                Millrace millrace = millrace(server.endpoint())) {
            awaitWhole(millrace, () -> server.read("{__name__=\"letter_steady_total\"}"));
            Await.until(
                    "the reports of the scrapes are there",
                    DEADLINE,
                    () -> server.current("up == 1").size() == 3,
                    () -> String.join("\n", millrace.lines()));
            Await.until(
                    "the log says the remedy",
                    DEADLINE,
                    () -> String.join("\n", millrace.lines()).contains("start Prometheus with"),
                    () -> String.join("\n", millrace.lines()));
            assertThat(String.join("\n", millrace.lines()))
                    .contains("counted as native_histograms_refused", "--enable-feature=native-histograms");
            MetricsPage page = millrace.metrics();
            Equations.hold(page);
            assertThat(page.sum("millrace_flusher_dropped_items_total", "reason", "native_histograms_refused"))
                    .isPositive()
                    .as("all that is dropped")
                    .isEqualTo(page.sum("millrace_flusher_dropped_items_total"));
            assertThat(page.sum("millrace_flusher_rejected_items_total")).isZero();
            assertThat(server.histograms("{__name__=~\"letter.+\"}")).isEmpty();
        }
    }

    private Millrace millrace(String endpoint) {
        return Millrace.in(folder.resolve("millrace"))
                .pipeline("letters", """
                        inputs:
                          - Type: input_prometheus
                            ScrapeConfigs:
                              - job_name: letter
                                scrape_interval: 1s
                                scrape_native_histograms: true
                                static_configs:
                                  - targets: ['%s', '%s', '%s']
                        flushers:
                          - Type: flusher_prometheus
                            Endpoint: '%s'
                        """.formatted(
                                floats.address(), histograms.address(), floatHistograms.address(), endpoint))
                .start();
    }

    /** Every scrape from the first on is stored, once. */
    private static void awaitWhole(Millrace millrace, Callable<List<StoredSeries>> read) throws Exception {
        Await.until(
                "the first scrapes are stored",
                DEADLINE,
                () -> read.call().stream().anyMatch(series -> series.points().size() >= SCRAPES),
                () -> String.join("\n", millrace.lines()));
        List<StoredSeries.Point> points = read.call().get(0).points();
        for (int i = 0; i < points.size(); i++) {
            assertThat(points.get(i).value()).isEqualTo(i);
        }
    }
}

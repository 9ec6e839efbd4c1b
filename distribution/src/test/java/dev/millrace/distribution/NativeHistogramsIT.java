package dev.millrace.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.distribution.peer.PrometheusServer;
import dev.millrace.distribution.run.Await;
import dev.millrace.distribution.run.Millrace;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The native histograms of a Prometheus that answers in protobuf: scraped by itself, and scraped by Millrace and written
 * into the same storage. Read back, both are the same.
 */
@Tag("servers")
final class NativeHistogramsIT {
    private static final String SELF_SCRAPING = "scrape_configs:\n"
            + "  - job_name: self\n"
            + "    scrape_interval: 1s\n"
            + "    static_configs: [{targets: ['" + PrometheusServer.SELF + "']}]\n";
    /* Nobody asks for this page any more, once the server is ready. */
    private static final String QUIET = "prometheus_http_request_duration_seconds{handler=\"/-/ready\"}";

    @TempDir
    Path folder;

    @Test
    void whatIsReadBackEqualsWhatTheServerScrapesOfItself() throws Exception {
        try (PrometheusServer server = PrometheusServer.configured(
                        "newer", folder.resolve("server"), SELF_SCRAPING, "--enable-feature=native-histograms");
                Millrace millrace = Millrace.in(folder)) {
            millrace.pipeline("native", pipeline(server, true));
            millrace.start();
            Await.until(
                    "both have scraped native histograms",
                    Duration.ofSeconds(60),
                    () -> !of(server, QUIET, "self").isEmpty()
                            && !of(server, QUIET, "test").isEmpty());

            Map<Map<String, String>, Map<?, ?>> expected = of(server, QUIET, "self");
            assertThat(expected).hasSize(1);
            Map<?, ?> histogram = expected.values().iterator().next();
            assertThat((List<?>) histogram.get("buckets")).isNotEmpty();
            assertThat(of(server, QUIET, "test")).isEqualTo(expected);
            assertThat(server.read("prometheus_http_request_duration_seconds_bucket{job=\"test\"}"))
                    .as("classic buckets of native histograms")
                    .isEmpty();
            assertThat(millrace.stop()).isZero();
        }
    }

    @Test
    void asksForNoNativeHistogramsByItself() throws Exception {
        try (PrometheusServer server = PrometheusServer.start(
                        "newer", folder.resolve("server"), "--enable-feature=native-histograms");
                Millrace millrace = Millrace.in(folder)) {
            millrace.pipeline("native", pipeline(server, false));
            millrace.start();
            Await.until(
                    "classic buckets are stored",
                    Duration.ofSeconds(60),
                    () -> !server.read("prometheus_http_request_duration_seconds_bucket{job=\"test\"}")
                            .isEmpty());
            assertThat(server.histograms("{job=\"test\"}")).isEmpty();
            assertThat(millrace.stop()).isZero();
        }
    }

    private static String pipeline(PrometheusServer server, boolean natives) {
        return Pipelines.inputs("1s", server.address())
                + "        scrape_native_histograms: " + natives + "\n"
                + "flushers:\n"
                + Pipelines.flusher("", server.endpoint(), "");
    }

    /* By the labels that the exposition gave. */
    private static Map<Map<String, String>, Map<?, ?>> of(PrometheusServer server, String selector, String job)
            throws IOException {
        return server.histograms(selector.replace("}", ",job=\"" + job + "\"}")).entrySet().stream()
                .collect(Collectors.toMap(
                        entry -> {
                            Map<String, String> labels = new TreeMap<>(entry.getKey());
                            labels.keySet().removeAll(List.of("job", "instance"));
                            return labels;
                        },
                        Map.Entry::getValue));
    }
}

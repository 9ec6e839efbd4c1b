package dev.millrace.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.distribution.peer.Json;
import dev.millrace.distribution.peer.NodeExporter;
import dev.millrace.distribution.peer.PrometheusServer;
import dev.millrace.distribution.peer.StoredSeries;
import dev.millrace.distribution.run.Await;
import dev.millrace.distribution.run.Commands;
import dev.millrace.distribution.run.Millrace;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code millrace init} moves the jobs of a prometheus.yml, and a real Prometheus has what they scrape. */
@Tag("servers")
final class InitServersIT {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final int LEAST_SERIES = 100;
    private static final String OURS = "cluster=\"eu\",collector=\"millrace\"";

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"stable", "newer"})
    void allThreeJobsArrive(String suite) throws Exception {
        try (NodeExporter exporter = NodeExporter.start(folder);
                PrometheusServer prometheus = PrometheusServer.start(suite, folder.resolve("prometheus"));
                Millrace millrace = Millrace.in(folder)) {
            String server = URI.create(prometheus.endpoint()).getAuthority();
            takeOver(millrace, source(server, exporter.address()), prometheus.endpoint());
            millrace.start();

            up(millrace, prometheus, Map.of("job", "prometheus", "instance", server));
            up(millrace, prometheus, Map.of("job", "node", "instance", exporter.address()));
            up(millrace, prometheus, Map.of("job", "load", "instance", "first", "rack", "r1"));

            series(millrace, prometheus, "prometheus_build_info{job=\"prometheus\"," + OURS + "}", 1);
            series(millrace, prometheus, "{__name__=~\"node_.+\",job=\"node\"," + OURS + "}", LEAST_SERIES);
            assertThat(series(millrace, prometheus, "{__name__=~\"node_.+\",job=\"load\"}", 3))
                    .extracting(StoredSeries::labels)
                    .containsExactlyInAnyOrder(load("1"), load("5"), load("15"));
            nothingIsRejected(millrace);
            assertThat(millrace.stop()).isZero();
        }
    }

    private Path source(String server, String exporter) throws IOException {
        return Files.writeString(folder.resolve("prometheus.yml"), """
                global:
                  scrape_interval: 2s
                  scrape_timeout: 2s
                  external_labels:
                    cluster: eu
                    collector: millrace
                scrape_configs:
                  - job_name: prometheus
                    static_configs:
                      - targets: ['%s']
                  - job_name: node
                    static_configs:
                      - targets: ['%s']
                  - job_name: load
                    static_configs:
                      - targets: ['%s']
                        labels:
                          rack: r1
                    relabel_configs:
                      - target_label: instance
                        replacement: first
                    metric_relabel_configs:
                      - source_labels: [__name__]
                        regex: 'node_load\\d+'
                        action: keep
                      - source_labels: [__name__]
                        regex: 'node_load(.+)'
                        target_label: window
                        replacement: '${1}m'
                """.formatted(server, exporter, exporter));
    }

    private static void takeOver(Millrace millrace, Path source, String endpoint) {
        String conf = millrace.conf().toString();
        Commands.Result init =
                Commands.millrace("init", "--from", source.toString(), "--conf", conf, "--remote-write", endpoint);
        assertThat(init.errors()).isEmpty();
        assertThat(init.exitCode()).isZero();
        assertThat(init.output())
                .contains("wrote " + conf + "/pipelines/prometheus.yaml, which only its owner can read: 3 jobs,"
                        + " 1 destination taken over");
        Commands.Result validate = Commands.millrace("validate", "--conf", conf);
        assertThat(validate.errors()).isEmpty();
        assertThat(validate.exitCode()).isZero();
        assertThat(validate.output()).singleElement().asString().startsWith("valid: 1 pipeline");
    }

    /** Waits until the newest {@code up} of a job is 1, and compares its labels. */
    private static void up(Millrace millrace, PrometheusServer prometheus, Map<String, String> labels) {
        String selector = "up{job=\"" + labels.get("job") + "\"}";
        Await.until(
                selector + " is 1",
                LONG,
                () -> {
                    List<StoredSeries> stored = prometheus.read(selector);
                    if (stored.isEmpty()) {
                        return false;
                    }
                    assertThat(stored)
                            .singleElement()
                            .satisfies(series -> assertThat(series.labels())
                                    .containsAllEntriesOf(labels)
                                    .containsEntry("cluster", "eu")
                                    .containsEntry("collector", "millrace")
                                    .hasSize(labels.size() + 3));
                    List<StoredSeries.Point> points = stored.get(0).points();
                    return points.get(points.size() - 1).value() == 1;
                },
                () -> String.join("\n", millrace.lines()));
    }

    /** Waits until a selector names at least so many series, and gives them back. */
    private static List<StoredSeries> series(Millrace millrace, PrometheusServer prometheus, String selector, int least)
            throws IOException {
        Await.until(
                least + " series of " + selector,
                LONG,
                () -> prometheus.read(selector).size() >= least,
                () -> String.join("\n", millrace.lines()));
        return prometheus.read(selector);
    }

    private static Map<String, String> load(String minutes) {
        return Map.of(
                "__name__",
                "node_load" + minutes,
                "job",
                "load",
                "instance",
                "first",
                "rack",
                "r1",
                "window",
                minutes + "m",
                "cluster",
                "eu",
                "collector",
                "millrace");
    }

    private static void nothingIsRejected(Millrace millrace) throws IOException {
        Commands.Result status =
                Commands.millrace("status", "--json", "--data", millrace.data().toString());
        assertThat(status.exitCode()).isZero();
        Map<?, ?> json = Json.object(status.output().get(0));
        Map<?, ?> pipeline = (Map<?, ?>) ((List<?>) json.get("pipelines")).get(0);
        assertThat(pipeline.get("state")).isEqualTo("running");
        Map<?, ?> flusher = ((List<?>) pipeline.get("components"))
                .stream()
                        .map(component -> (Map<?, ?>) component)
                        .filter(component -> component.containsKey("rejectedItems"))
                        .findFirst()
                        .orElseThrow();
        assertThat(((Number) flusher.get("deliveredItems")).longValue()).isPositive();
        assertThat(((Number) flusher.get("rejectedItems")).longValue()).isZero();
    }
}

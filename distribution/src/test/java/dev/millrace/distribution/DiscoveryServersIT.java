package dev.millrace.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.millrace.distribution.peer.PrometheusServer;
import dev.millrace.distribution.run.Await;
import dev.millrace.distribution.run.Millrace;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * One configuration with targets that it names, and others in files and at a server, in a real Prometheus and in Millrace:
 * both show the same targets, before and after they change. Nobody listens at any of them.
 */
@Tag("servers")
final class DiscoveryServersIT {
    private static final Duration LONG = Duration.ofSeconds(90);

    @TempDir
    Path folder;

    private HttpServer server;
    private volatile String served = "[]";

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/targets", exchange -> {
            byte[] body = served.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void end() {
        server.stop(0);
    }

    private String configuration(String moreRules) {
        return """
                global:
                  scrape_interval: 20s
                scrape_configs:
                  - job_name: fixed
                    metrics_path: /my metrics
                    params: {module: [http, tcp], "a b": ["ü"]}
                    static_configs:
                      - targets: ['127.0.0.1:1', 'localhost:2', '[::1]:3']
                        labels: {env: prod, __meta_own: x, __metrics_path__: /other}
                      - targets: ['127.0.0.1:1']
                        labels: {env: test, job: renamed}
                    relabel_configs:
                      - {source_labels: [__meta_own], target_label: own}
                RULES
                  - job_name: files
                    file_sd_configs:
                      - files: ['FOLDER/one.yaml', 'FOLDER/many-*.json']
                    relabel_configs:
                      - {source_labels: [__meta_filepath], regex: '.*/([^/]+)', target_label: file}
                      - {source_labels: [rack], regex: 'r[13]', action: drop}
                      - {source_labels: [path], regex: '(.+)', target_label: __metrics_path__, replacement: '/${1}'}
                      - {regex: 'rack', action: labeldrop}
                      - {source_labels: [__address__], modulus: 7, action: hashmod, target_label: bucket}
                RULES
                  - job_name: server
                    http_sd_configs:
                      - {url: 'http://SERVER/targets', refresh_interval: 1s}
                    relabel_configs:
                      - {source_labels: [every], regex: '(.+)', target_label: __scrape_interval__}
                      - {source_labels: [__address__], target_label: __param_target}
                      - {target_label: __address__, replacement: '127.0.0.1:9'}
                      - {source_labels: [__param_target], target_label: instance}
                      - {regex: '__meta_(url)', replacement: 'from_$1', action: labelmap}
                      - {source_labels: [zone], target_label: __scheme__, regex: 'safe', replacement: https}
                RULES
                """.replace("RULES\n", moreRules)
                .replace("FOLDER", folder.toString())
                .replace("SERVER", "127.0.0.1:" + server.getAddress().getPort());
    }

    /* As the Prometheus operator writes them. */
    private static String shard(int count, int index) {
        return count == 1
                ? ""
                : """
                      - {source_labels: [__address__, __tmp_hash], target_label: __tmp_hash, regex: '(.+);', replacement: '$1'}
                      - {source_labels: [__tmp_hash], target_label: __tmp_hash, modulus: COUNT, action: hashmod}
                      - {source_labels: [__tmp_hash, __tmp_disable_sharding], regex: 'INDEX;|.+;.+', action: keep}
                """.replace("COUNT", Integer.toString(count)).replace("INDEX", Integer.toString(index));
    }

    private void write(String name, String text) throws IOException {
        Path draft = Files.writeString(folder.resolve(name + ".draft"), text);
        Files.move(draft, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
    }

    private static String hosts(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> "\"127.0.1." + i + ":9100\"")
                .collect(Collectors.joining(", ", "[", "]"));
    }

    @ParameterizedTest
    @CsvSource({"stable, 1, 0", "newer, 1, 0", "newer, 3, 1"})
    void bothFindTheSameTargets(String release, int count, int index) throws Exception {
        write(
                "one.yaml",
                "- {targets: ['127.0.0.1:11', '127.0.0.1:12'], labels: {rack: r1}}\n- targets: ['127.0.0.1:13']\n");
        write(
                "many-1.json",
                "[\n\t{\"targets\": " + hosts(1, 40) + ", \"labels\": {\"rack\": \"r2\", \"path\": \"x\\/y\"}}\n]");
        write("many-2.json", "[{\"targets\": " + hosts(30, 50) + ", \"labels\": {\"rack\": \"r3\"}}]");
        served = "[{\"targets\": " + hosts(1, 20) + ", \"labels\": {\"every\": \"30s\", \"zone\": \"safe\"}},"
                + " {\"targets\": [\"x\", \"y:1\"]}]";
        Files.createDirectories(folder.resolve("millrace"));
        Path own = Files.writeString(folder.resolve("own.yml"), configuration(""));

        try (PrometheusServer prometheus = PrometheusServer.configured(
                        release, folder.resolve("prometheus"), configuration(shard(count, index)));
                Millrace millrace = Millrace.in(folder.resolve("millrace"))) {
            millrace.pipeline("web", """
                    inputs:
                      - Type: input_prometheus
                        ConfigFilePath: %s
                        ShardCount: %d
                        ShardIndex: millrace-%d
                    flushers:
                      - Type: flusher_stdout
                    """.formatted(own, count, index));
            millrace.start();
            SameTargets targets = new SameTargets(prometheus, release, millrace);
            Set<Map<String, Object>> first = targets.await();
            assertThat(first).hasSizeGreaterThan(count == 1 ? 60 : 15);

            write("one.yaml", "- targets: ['127.0.0.1:13', '127.0.0.1:14', '127.0.0.1:15']\n");
            Files.delete(folder.resolve("many-1.json"));
            write("many-2.json", "[{\"targets\": " + hosts(30, 60) + ", \"labels\": {\"rack\": \"r2\"}}]");
            served = "[{\"targets\": " + hosts(10, 30) + "}]";
            Await.until(
                    "Millrace sees the change",
                    LONG,
                    () -> !targets.ofMillrace().equals(first));
            Set<Map<String, Object>> second = targets.await();
            assertThat(second).isNotEqualTo(first).hasSizeGreaterThan(count == 1 ? 40 : 10);

            write("many-2.json", "[{\"targets\": ");
            served = "no list";
            Await.until(
                    "the damage is seen",
                    LONG,
                    () -> millrace.metrics().sum("prometheus_sd_file_read_errors_total") > 0
                            && millrace.metrics().sum("prometheus_sd_refresh_failures_total") > 0);
            assertThat(targets.ofMillrace()).isEqualTo(second);
            assertThat(targets.ofPrometheus()).isEqualTo(second);
        }
    }
}

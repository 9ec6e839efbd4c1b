package dev.millrace.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.distribution.run.Await;
import dev.millrace.distribution.run.Commands;
import dev.millrace.distribution.run.Millrace;
import dev.millrace.distribution.run.RemoteWriteReceiver;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example that every iLogtail user knows, word for word, bound by the plugins that ship. */
final class FirstExampleIT {
    private static final String INPUT = """
            inputs:
              - Type: metric_mock
            """;

    private static final String EXAMPLE = """
            flushers:
              - Type: flusher_prometheus
                Endpoint: 'http://prometheus-server/api/v1/write'
                Authenticator:
                  Type: ext_basicauth
            extensions:
              - Type: ext_basicauth
                Username: 'monitoring_user'
                Password: 'secure_password'
            """;

    @TempDir
    Path folder;

    @Test
    void isValidAsItStands() {
        assertThat(validate(INPUT + EXAMPLE).errors()).isEmpty();
        assertThat(validate(INPUT + EXAMPLE).exitCode()).isZero();
    }

    @Test
    void takesTheInputByTheNameThatItHasInILogtail() {
        Commands.Result result = validate("""
                inputs:
                  - Type: service_prometheus
                    ScrapeConfigs:
                      - job_name: node
                        static_configs:
                          - targets: ['localhost:9100']
                """ + EXAMPLE);
        assertThat(result.errors()).isEmpty();
        assertThat(result.exitCode()).isZero();
    }

    @Test
    void takesEveryKeyOfAScrapeConfigAndNoOther() {
        String job = """
                inputs:
                  - Type: input_prometheus
                    ScrapeConfigs:
                      - job_name: node
                        scrape_interval: 15s
                        scrape_timeout: 10s
                        metrics_path: /metrics
                        scheme: https
                        params: {module: [a, b]}
                        honor_labels: true
                        honor_timestamps: false
                        body_size_limit: 16MiB
                        sample_limit: 5000
                        basic_auth: {username: me, password: secret}
                        static_configs:
                          - targets: ['localhost:9100']
                            labels: {zone: a}
                        relabel_configs:
                          - {source_labels: [__address__, zone], separator: /, regex: '(.+):\\d+/(.*)',
                             target_label: instance, replacement: '${1}-$2', action: replace}
                          - {source_labels: [__address__], target_label: shard, modulus: 4, action: hashmod}
                        metric_relabel_configs:
                          - {source_labels: [__name__], regex: 'go_.*', action: drop}
                """;
        Commands.Result result = validate(job + EXAMPLE);
        assertThat(result.errors()).isEmpty();
        assertThat(result.exitCode()).isZero();

        Commands.Result other =
                validate(job.replace("honor_labels: true", "track_timestamps_staleness: true") + EXAMPLE);
        assertThat(other.exitCode()).isEqualTo(3);
        assertThat(other.errors())
                .singleElement()
                .asString()
                .contains("web.yaml:10:9: ")
                .contains("track_timestamps_staleness");
    }

    @Test
    void keysOfILogtailThatMeanSomethingElseHereAreNotices() {
        Commands.Result result = validate("global:\n  StructureType: v2\n" + INPUT
                + EXAMPLE.replace("    Authenticator", """
                    Concurrency: 2
                    QueueCapacity: 1024
                    DropEventWhenQueueFull: false
                    Retry: {Enable: true, MaxRetryTimes: 3, InitialDelay: 1s, MaxDelay: 30s}
                    SeriesLimit: 1000
                    Timeout: 60s
                    MaxConnsPerHost: 50
                    MaxIdleConnsPerHost: 50
                    IdleConnTimeout: 90s
                    WriteBufferSize: 64KiB
                    Headers: {X-Scope-OrgID: team}
                    Query: {extra: '1'}
                """ + "    Authenticator"));
        assertThat(result.exitCode()).isZero();
        assertThat(result.errors())
                .allMatch(line -> line.startsWith("note: "))
                .anyMatch(line -> line.contains("StructureType: has no effect"))
                .anyMatch(line -> line.contains("QueueCapacity: has no effect"))
                .anyMatch(line -> line.contains("MaxRetryTimes: 3 rejects"))
                .hasSize(3);
    }

    @Test
    void keysThatAreNotAvailableYetSaySo() {
        Commands.Result result = validate(INPUT + EXAMPLE.replace("    Authenticator", """
                    WhenFull: refuse
                    DropEventWhenQueueFull: true
                    AsyncIntercept: true
                    Convert: {Protocol: raw}
                """ + "    Authenticator"));
        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.errors())
                .anyMatch(line ->
                        line.contains("DropEventWhenQueueFull: true means 'WhenFull: drop_oldest', but WhenFull is"))
                .anyMatch(line -> line.contains("unknown key 'AsyncIntercept'"))
                .anyMatch(line -> line.contains("unknown key 'Convert'"));
    }

    @Test
    void sendsWhatRemoteWriteDemandsAndNoMore() throws Exception {
        try (RemoteWriteReceiver receiver = RemoteWriteReceiver.start();
                Millrace millrace = Millrace.in(folder)) {
            receiver.demand("Basic bW9uaXRvcmluZ191c2VyOnNlY3VyZV9wYXNzd29yZA==");
            millrace.pipeline(
                    "web", INPUT + EXAMPLE.replace("http://prometheus-server/api/v1/write", receiver.endpoint()));
            millrace.start();
            Await.until(
                    "a request arrives",
                    Duration.ofSeconds(30),
                    () -> !receiver.requests().isEmpty(),
                    () -> String.join("\n", millrace.lines()));
            Map<String, List<String>> headers = new TreeMap<>();
            receiver.requests()
                    .get(0)
                    .headers()
                    .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values));
            assertThat(headers)
                    .containsOnlyKeys(
                            "authorization",
                            "content-encoding",
                            "content-length",
                            "content-type",
                            "host",
                            "user-agent",
                            "x-prometheus-remote-write-version")
                    .containsEntry("content-encoding", List.of("snappy"))
                    .containsEntry(
                            "content-type", List.of("application/x-protobuf;proto=io.prometheus.write.v2.Request"))
                    .containsEntry("user-agent", List.of("Millrace/0.1.0"))
                    .containsEntry("x-prometheus-remote-write-version", List.of("2.0.0"));
            assertThat(millrace.stop()).isZero();
        }
    }

    private Commands.Result validate(String pipeline) {
        Millrace millrace = Millrace.in(folder).pipeline("web", pipeline);
        return Commands.millrace("validate", "--conf", millrace.conf().toString());
    }
}

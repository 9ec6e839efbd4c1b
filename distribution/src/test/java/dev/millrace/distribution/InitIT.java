package dev.millrace.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.distribution.numbered.NumberedTarget;
import dev.millrace.distribution.run.Await;
import dev.millrace.distribution.run.Commands;
import dev.millrace.distribution.run.Installation;
import dev.millrace.distribution.run.Millrace;
import dev.millrace.distribution.run.ReadmeFiles;
import dev.millrace.distribution.run.RemoteWriteReceiver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code millrace init}, from a prometheus.yml to samples at the destination. */
@Tag("servers") // no server, but much time
final class InitIT {
    private static final int USAGE = 2;
    private static final int CONFIGURATION = 3;
    private static final String ONE_JOB =
            "scrape_configs:\n  - {job_name: node, static_configs: [{targets: ['localhost:9100']}]}\n";
    private static final String URL = "http://localhost:9090/api/v1/write";

    @TempDir
    Path folder;

    @Test
    void takesOverAPrometheusYmlWithThreeJobs() throws Exception {
        try (NumberedTarget plain = NumberedTarget.start(3);
                NumberedTarget relabelled = NumberedTarget.start(4);
                RemoteWriteReceiver receiver = RemoteWriteReceiver.start();
                Millrace millrace = Millrace.in(folder)) {
            Path source = prometheus("""
                    global:
                      scrape_interval: 1s
                      evaluation_interval: 15s
                      external_labels:
                        cluster: eu
                    scrape_configs:
                      - job_name: plain
                        static_configs:
                          - targets: ['%s']
                      - job_name: probe
                        metrics_path: /metrics
                        params:
                          module: [http_2xx]
                        static_configs:
                          - targets: ['example.org']
                        relabel_configs:
                          - source_labels: [__address__]
                            target_label: __param_target
                          - source_labels: [__param_target]
                            target_label: instance
                          - target_label: __address__
                            replacement: '%s'
                        metric_relabel_configs:
                          - source_labels: [series]
                            regex: '3'
                            action: drop
                      - job_name: pods
                        consul_sd_configs:
                          - server: localhost:8500
                    remote_write:
                      - url: %s
                    """.formatted(plain.address(), relabelled.address(), receiver.endpoint()));
            Commands.Result result = init("--from", source.toString(), "--conf", conf());
            assertThat(result.exitCode()).isZero();
            assertThat(result.errors())
                    .containsExactly(
                            source
                                    + ":3:3: global.evaluation_interval: has no effect: rules are evaluated by the server"
                                    + " that keeps the metrics",
                            source
                                    + ":28:5: scrape_configs[2].consul_sd_configs: not supported yet; static_configs,"
                                    + " dns_sd_configs, file_sd_configs, http_sd_configs, kubernetes_sd_configs are; the job"
                                    + " 'pods' is left out");
            assertThat(result.output())
                    .contains("wrote " + conf() + "/pipelines/prometheus.yaml, which only its owner can read: 2 jobs,"
                            + " 1 destination taken over; 1 job left out, and kept in it as a comment");

            millrace.start();
            Await.until(
                    "both jobs arrive",
                    Duration.ofSeconds(60),
                    () -> receiver.samples("numbered_page").size() == 6,
                    () -> String.join("\n", millrace.lines()));
            assertThat(receiver.samples("numbered_page").keySet())
                    .allMatch(series -> series.startsWith("__name__=\"numbered_page\",cluster=\"eu\",instance="))
                    .anyMatch(series -> series.contains("instance=\"" + plain.address() + "\",job=\"plain\""))
                    .anyMatch(series -> series.contains("instance=\"example.org\",job=\"probe\""));
            assertThat(millrace.stop()).isZero();
        }
    }

    @Test
    void leavesOutWhatTheRealValidationRefuses() throws IOException {
        Path source = prometheus(ONE_JOB + """
                  - job_name: wrong
                    static_configs: [{targets: ['b:1']}]
                    metric_relabel_configs:
                      - {source_labels: [a], regex: '(', action: keep}
                  - {job_name: other, scrape_interval: 5, static_configs: [{targets: ['b:1']}]}
                """);
        Commands.Result result = init("--from", source.toString(), "--conf", conf(), "--remote-write", URL);
        assertThat(result.exitCode()).isZero();
        assertThat(result.errors())
                .containsExactly(
                        source + ":6:37: scrape_configs[1].metric_relabel_configs[0].regex: '(': missing closing )"
                                + " (expected: an RE2 expression); the job 'wrong' is left out",
                        source + ":7:40: scrape_configs[2].scrape_interval: '5' has no unit (expected: 5s or 5ms);"
                                + " the job 'other' is left out");
        assertThat(validate().errors()).isEmpty();
    }

    @Test
    void worksInAFreshFolderAndOverwritesNothing() throws IOException {
        Path home = Installation.copyTo(folder.resolve("home"));
        Files.writeString(home.resolve("prometheus.yml"), ONE_JOB);
        String documented = ReadmeFiles.of(Path.of("docs/operations.md")).commands().stream()
                .filter(command -> command.startsWith("bin/millrace init "))
                .findFirst()
                .orElseThrow();
        String init = "cd '" + home + "' && " + documented.strip();
        Path file = home.resolve("conf/pipelines/prometheus.yaml");

        Commands.Result first = shell(init);
        assertThat(first.errors()).isEmpty();
        assertThat(first.output())
                .contains(
                        "wrote " + file + ", which only its owner can read: 1 job, 1 destination taken over",
                        home.resolve("conf/millrace.yaml") + " stays as it is");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(Commands.millrace(home, Map.of(), "validate").output())
                .singleElement()
                .asString()
                .startsWith("valid: 3 pipelines");

        Files.writeString(file, "# mine\n");
        Commands.Result second = shell(init);
        assertThat(second.exitCode()).isEqualTo(USAGE);
        assertThat(second.errors())
                .containsExactly(
                        "millrace: " + file + " is there already; --force overwrites it, --name chooses another name");
        assertThat(file).hasContent("# mine");

        assertThat(shell(init + " --force").exitCode()).isZero();
        assertThat(Files.readString(file)).contains("job_name: node");
    }

    @Test
    void keepsATokenInTheUrlFromOthers() throws IOException {
        String url = URL + "?token=secret";
        Path source = prometheus(ONE_JOB);
        assertThat(init("--conf", conf(), "--remote-write", url).exitCode()).isZero();
        assertThat(init("--from", source.toString(), "--conf", conf(), "--remote-write", url)
                        .exitCode())
                .isZero();
        for (String name : List.of("first", "prometheus")) {
            Path file = Path.of(conf(), "pipelines", name + ".yaml");
            assertThat(file).content().contains("?token=secret");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(Path.of(conf(), "millrace.yaml"))))
                .isEqualTo("rw-r--r--");
    }

    @Test
    void takesEverythingButALabelThatHasNoNameHere() throws IOException {
        Path source = prometheus("global:\n  external_labels: {bad-name: b, good: g}\n" + ONE_JOB);
        Commands.Result result = init("--from", source.toString(), "--conf", conf(), "--remote-write", URL);
        assertThat(result.exitCode()).isZero();
        assertThat(result.errors())
                .containsExactly(source + ":2:21: global.external_labels.bad-name: not the name of a label here; the"
                        + " label is left out");
        assertThat(validate().errors()).isEmpty();
    }

    @Test
    void refusesInOneLine() throws IOException {
        Path source = prometheus(ONE_JOB);
        assertThat(init("--from", source.toString(), "--conf", conf()).errors())
                .containsExactly("millrace: " + source
                        + ": there is no remote_write; name a destination with --remote-write URL");
        Commands.Result url = init("--from", source.toString(), "--conf", conf(), "--remote-write", "there:9090");
        assertThat(url.exitCode()).isEqualTo(USAGE);
        assertThat(url.errors())
                .containsExactly("millrace: --remote-write: scheme: there (expected: a URL that begins with http:// or"
                        + " https://)");
        Files.writeString(source, "scrape_configs: [\n");
        Commands.Result bad = init("--from", source.toString(), "--conf", conf(), "--remote-write", URL);
        assertThat(bad.exitCode()).isEqualTo(CONFIGURATION);
        assertThat(bad.errors()).singleElement().asString().startsWith(source + ":2:1: ");
        assertThat(init("--name", "../x", "--conf", conf()).exitCode()).isEqualTo(USAGE);
        assertThat(Path.of(conf())).doesNotExist();
    }

    @Test
    void withoutAFileItWritesACommentedBeginning() throws IOException {
        Commands.Result result = init("--conf", conf());
        Path file = Path.of(conf(), "pipelines/first.yaml");
        assertThat(result.errors()).isEmpty();
        assertThat(result.output())
                .contains("wrote " + file + ", which only its owner can read", "wrote " + conf() + "/millrace.yaml");
        assertThat(validate().errors()).isEmpty();

        List<String> lines = Files.readAllLines(file);
        assertThat(lines).anyMatch(line -> line.startsWith("#global:"));
        Files.write(
                file,
                lines.stream()
                        .map(line ->
                                line.replaceFirst("^( *)#(?! \\S)", "$1").replaceAll("\\$\\{(env|file):[^-}]*}", "x"))
                        .toList());
        assertThat(validate().errors()).isEmpty();
    }

    @Test
    void theBeginningDelivers() throws Exception {
        try (RemoteWriteReceiver receiver = RemoteWriteReceiver.start();
                Millrace millrace = Millrace.in(folder)) {
            assertThat(init("--conf", conf(), "--remote-write", receiver.endpoint())
                            .exitCode())
                    .isZero();
            Path file = Path.of(conf(), "pipelines/first.yaml");
            String pipeline = Files.readString(file).replace("scrape_interval: 15s", "scrape_interval: 1s");
            millrace.start();
            String admin = millrace.admin().replace("http://", "");
            millrace.pipeline("first", pipeline.replace("127.0.0.1:8686", admin));
            Await.until(
                    "its own metrics arrive",
                    Duration.ofSeconds(60),
                    () -> !receiver.samples("millrace_build_info").isEmpty(),
                    () -> String.join("\n", millrace.lines()));
            assertThat(millrace.stop()).isZero();
        }
    }

    private String conf() {
        return folder.resolve("conf").toString();
    }

    private Path prometheus(String text) throws IOException {
        return Files.writeString(folder.resolve("prometheus.yml"), text);
    }

    private Commands.Result validate() {
        return Commands.millrace("validate", "--conf", conf());
    }

    private static Commands.Result init(String... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = "init";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return Commands.millrace(all);
    }

    private static Commands.Result shell(String command) {
        return Commands.run(Map.of(), List.of("sh", "-c", command));
    }
}

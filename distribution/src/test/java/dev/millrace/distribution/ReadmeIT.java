package dev.millrace.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.distribution.numbered.NumberedTarget;
import dev.millrace.distribution.run.Await;
import dev.millrace.distribution.run.ChildProcess;
import dev.millrace.distribution.run.Commands;
import dev.millrace.distribution.run.EquationsWatch;
import dev.millrace.distribution.run.Installation;
import dev.millrace.distribution.run.ReadmeFiles;
import dev.millrace.distribution.run.RemoteWriteReceiver;
import dev.millrace.distribution.run.RootFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The way from one's own {@code prometheus.yml} to samples at the receiver, with the commands of {@code README.md}. */
final class ReadmeIT {
    private static final int SERIES = 5;
    private static final String PROMETHEUS = """
            global:
              scrape_interval: 1s
            scrape_configs:
              - job_name: prometheus
                static_configs:
                  - targets: ['%s']
              - job_name: node
                static_configs:
                  - targets: ['%s']
                    labels: {zone: a}
              - job_name: application
                metrics_path: /metrics
                static_configs:
                  - targets: ['%s']
            """;

    @TempDir
    Path folder;

    @Test
    void anOwnConfigurationIsTakenOverAndRuns() throws Exception {
        List<String> commands = ReadmeFiles.of(Path.of("../README.md")).commands();
        assertThat(commands).hasSize(5);
        RootFolder root = RootFolder.in(folder);
        Path home = Installation.copyTo(root.work().resolve("distribution/target/millrace"));
        try (NumberedTarget one = NumberedTarget.start(SERIES);
                NumberedTarget two = NumberedTarget.start(SERIES);
                NumberedTarget three = NumberedTarget.start(SERIES);
                RemoteWriteReceiver receiver = RemoteWriteReceiver.start()) {
            Files.createDirectories(root.path("/etc/prometheus"));
            Files.writeString(
                    root.path("/etc/prometheus/prometheus.yml"),
                    PROMETHEUS.formatted(one.address(), two.address(), three.address()));
            chooseAFreeAdminPort(home);

            Commands.Result taken =
                    root.run(commands.get(2).replace("http://localhost:9090/api/v1/write", receiver.endpoint()));
            assertThat(taken.exitCode()).as("%s", taken).isZero();
            assertThat(taken.output()).anyMatch(line -> line.startsWith("valid: 1 pipeline"));

            List<String> run = List.of("sh", "-e", "-c", "exec " + commands.get(3));
            try (ChildProcess process = ChildProcess.start("millrace", home, Map.of(), run);
                    EquationsWatch equations = EquationsWatch.begin(() -> home)) {
                Await.until(
                        "every target arrives",
                        Duration.ofSeconds(60),
                        () -> Stream.of(one, two, three).allMatch(target -> arrives(receiver, target)),
                        () -> String.join("\n", process.lines()));
                Commands.Result status =
                        Commands.run(Map.of(), List.of("sh", "-e", "-c", "cd '" + home + "'\n" + commands.get(4)));
                assertThat(status.errors()).isEmpty();
                assertThat(status.exitCode()).isZero();
                assertThat(status.output()).anyMatch(line -> line.contains("prometheus"));
                equations.awaitPage();
                assertThat(process.terminate(Duration.ofSeconds(30))).isZero();
            }
        }
    }

    /** Other tests use the address that ships, and so do the pipelines that ship with it. */
    private static void chooseAFreeAdminPort(Path home) throws IOException {
        Files.writeString(home.resolve("conf/millrace.yaml"), "Admin:\n  Address: 127.0.0.1:0\n");
        try (var shipped = Files.newDirectoryStream(home.resolve("conf/pipelines"))) {
            for (Path file : shipped) {
                Files.delete(file);
            }
        }
    }

    private static boolean arrives(RemoteWriteReceiver receiver, NumberedTarget target) {
        return receiver.samples("numbered_page").keySet().stream()
                .anyMatch(series -> series.contains("instance=\"" + target.address() + "\""));
    }
}

package dev.millrace.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.distribution.numbered.Ports;
import dev.millrace.distribution.peer.PrometheusServer;
import dev.millrace.distribution.run.Await;
import dev.millrace.distribution.run.ChildProcess;
import dev.millrace.distribution.run.Commands;
import dev.millrace.distribution.run.EquationsWatch;
import dev.millrace.distribution.run.Installation;
import dev.millrace.distribution.run.LogLine;
import dev.millrace.distribution.run.Millrace;
import dev.millrace.distribution.run.RemoteWriteReceiver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The configuration that ships is valid, and does something visible as it is. */
final class ShippedConfigurationIT {
    @TempDir
    Path folder;

    @Test
    void everyFileIsValid() throws IOException {
        Commands.Result result = Commands.millrace("validate");
        assertThat(result.errors()).isEmpty();
        assertThat(result.exitCode()).isZero();
        assertThat(result.output())
                .singleElement()
                .asString()
                .startsWith("valid: " + pipelineFiles().size() + " pipeline");
    }

    @Test
    void whatIsCommentedOutOfTheHostFileIsTheDefault() throws IOException {
        Path home = Installation.copyTo(folder.resolve("home"));
        Path file = home.resolve("conf/millrace.yaml");
        List<String> lines = Files.readAllLines(file);
        assertThat(lines).anyMatch(line -> line.startsWith("#Admin:"));
        Files.write(
                file,
                lines.stream().map(line -> line.replaceFirst("^#(?! )", "")).toList());
        Commands.Result result = Commands.millrace(home, Map.of(), "validate");
        assertThat(result.errors()).isEmpty();
        assertThat(result.exitCode()).isZero();
    }

    @Test
    void showsWhatItDoesWithoutAnyOtherServer() throws Exception {
        Path home = home();
        try (ChildProcess process = run(home, Map.of());
                EquationsWatch equations = EquationsWatch.begin(() -> home)) {
            process.awaitLine(
                    "what was received, sent and acknowledged",
                    Duration.ofSeconds(60),
                    line -> line.matches("INFO +self .* received [1-9][0-9,]* items · sent [1-9][0-9,]*"
                            + " · acknowledged [1-9][0-9,]* · backlog 0"));
            process.awaitLine(
                    "what arrived",
                    Duration.ofSeconds(10),
                    line -> line.matches(
                            "\\S+Z [1-9][0-9]* samples \\{instance=\"127.0.0.1:[0-9]+\",job=\"millrace\"\\}"));
            process.awaitLine(
                    "where to look", Duration.ofSeconds(10), line -> line.contains("`bin/millrace status` shows"));
            assertThat(LogLine.complaints(process.lines()))
                    .allMatch(complaint -> complaint.contains("no whole answer within")); // a busy machine's
            equations.awaitPage();
            assertThat(process.terminate(Duration.ofSeconds(30))).isZero();
        }
    }

    @Test
    void writesToTheEndpointOfTheEnvironment() throws Exception {
        Path home = home();
        try (RemoteWriteReceiver receiver = RemoteWriteReceiver.start();
                ChildProcess process = run(home, Map.of("MILLRACE_ENDPOINT", receiver.endpoint()));
                EquationsWatch equations = EquationsWatch.begin(() -> home)) {
            Await.until(
                    "its own metrics arrive",
                    Duration.ofSeconds(60),
                    () -> receiver.samples("up").size() == 1
                            && receiver.samples("millrace_build_info").size() == 1,
                    () -> String.join("\n", process.lines()));
            assertThat(process.lines()).noneMatch(line -> line.contains(" samples {"));
            equations.awaitPage();
            assertThat(process.terminate(Duration.ofSeconds(30))).isZero();
        }
    }

    @Test
    @Tag("servers")
    void canBeQueriedInARealPrometheus() throws Exception {
        Path home = home();
        try (PrometheusServer prometheus = PrometheusServer.start("newer", folder.resolve("prometheus"));
                ChildProcess process = run(home, Map.of("MILLRACE_ENDPOINT", prometheus.endpoint()));
                EquationsWatch equations = EquationsWatch.begin(() -> home)) {
            Await.until(
                    "its own metrics are stored",
                    Duration.ofSeconds(60),
                    () -> prometheus.read("up{job=\"millrace\"}").size() == 1
                            && prometheus
                                            .read("millrace_flusher_delivered_items_total")
                                            .size()
                                    == 2,
                    () -> String.join("\n", process.lines()));
            equations.awaitPage();
            assertThat(process.terminate(Duration.ofSeconds(30))).isZero();
        }
    }

    /** A copy of the distribution whose ports are free, and which scrapes each second. */
    private Path home() throws IOException {
        Path home = Installation.copyTo(folder.resolve("home"));
        String admin = Integer.toString(Ports.free());
        String receive = Integer.toString(Ports.free());
        Files.writeString(home.resolve("conf/millrace.yaml"), "Admin:\n  Address: 127.0.0.1:" + admin + "\n");
        for (String name : List.of("self", "receive")) {
            Path file = home.resolve("conf/pipelines/" + name + ".yaml");
            Files.writeString(
                    file,
                    Files.readString(file)
                            .replace("8686", admin)
                            .replace("8687", receive)
                            .replace("scrape_interval: 5s", "scrape_interval: 1s"));
        }
        return home;
    }

    private ChildProcess run(Path home, Map<String, String> environment) {
        return ChildProcess.start(
                "millrace",
                folder,
                environment,
                List.of(home.resolve("bin/millrace").toString(), "run"));
    }

    private static List<Path> pipelineFiles() throws IOException {
        try (Stream<Path> files = Files.list(Millrace.HOME.resolve("conf/pipelines"))) {
            return files.toList();
        }
    }
}

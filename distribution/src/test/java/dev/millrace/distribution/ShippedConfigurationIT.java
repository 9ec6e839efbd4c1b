package dev.millrace.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.distribution.run.Await;
import dev.millrace.distribution.run.ChildProcess;
import dev.millrace.distribution.run.Commands;
import dev.millrace.distribution.run.Installation;
import dev.millrace.distribution.run.LogLine;
import dev.millrace.distribution.run.Millrace;
import dev.millrace.distribution.run.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
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
    void runsWithoutAnyOtherServer() throws Exception {
        Path home = Installation.copyTo(folder.resolve("home"));
        String free = Integer.toString(Ports.free());
        Files.writeString(home.resolve("conf/millrace.yaml"), "Admin:\n  Address: 127.0.0.1:" + free + "\n");
        Path example = home.resolve("conf/pipelines/self.yaml");
        Files.writeString(
                example,
                Files.readString(example).replace("8686", free).replace("scrape_interval: 15s", "scrape_interval: 1s"));
        try (ChildProcess process = ChildProcess.start(
                "millrace",
                folder,
                Map.of(),
                List.of(home.resolve("bin/millrace").toString(), "run"))) {
            process.awaitLine(
                    "an event", Duration.ofSeconds(60), line -> line.matches("[a-z_]+\\{.*\\} [-0-9.e]+ [0-9]+"));
            Path address = home.resolve("data/admin.address");
            Await.until("it says where it is", Duration.ofSeconds(10), () -> Files.exists(address));
            assertThat(LogLine.complaints(process.lines())).isEmpty();
            assertThat(process.terminate(Duration.ofSeconds(30))).isZero();
        }
    }

    private static List<Path> pipelineFiles() throws IOException {
        try (Stream<Path> files = Files.list(Millrace.HOME.resolve("conf/pipelines"))) {
            return files.toList();
        }
    }
}

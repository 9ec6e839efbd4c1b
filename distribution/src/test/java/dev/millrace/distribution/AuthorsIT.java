package dev.millrace.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.distribution.numbered.NumberedTarget;
import dev.millrace.distribution.run.Await;
import dev.millrace.distribution.run.Commands;
import dev.millrace.distribution.run.Installation;
import dev.millrace.distribution.run.LogLine;
import dev.millrace.distribution.run.Millrace;
import dev.millrace.distribution.run.TextReceiver;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plugins as an author makes them: compiled against jars of the tarball, dropped into {@code plugins/}, and used. */
@Tag("servers") // no server, but much time
final class AuthorsIT {
    @TempDir
    Path folder;

    private Path home;

    @BeforeEach
    void install() {
        home = Installation.copyTo(folder.resolve("home"));
    }

    @Test
    void thePluginOfTheWalkThroughIsFoundAndUsed() throws Exception {
        WalkThroughPlugin plugin = WalkThroughPlugin.of(Path.of("../spi/README.md"));
        Commands.Result built = plugin.install(folder.resolve("sources"), home, home.resolve("plugins"));
        assertThat(built.errors()).isEmpty();
        assertThat(built.exitCode()).isZero();
        assertThat(built.output()).anyMatch(line -> line.matches("flusher_line_file +1\\.0\\.0 .*"));

        Path output = folder.resolve("lines.txt");
        try (Millrace millrace = Millrace.in(folder.resolve("run"), home, Map.of())) {
            millrace.pipeline("lines", plugin.pipeline(output.toString()));
            millrace.start();
            Await.until(
                    "the file has lines",
                    Duration.ofSeconds(30),
                    () -> Files.exists(output) && !Files.readAllLines(output).isEmpty(),
                    () -> String.join("\n", millrace.lines()));
            assertThat(Files.readAllLines(output)).allMatch(line -> line.matches("\\{__name__=\".*\"} \\S+ \\d+"));
            assertThat(LogLine.complaints(millrace.lines())).isEmpty();
            assertThat(millrace.stop()).isZero();
        }
    }

    @Test
    void aMistakeInItsOptionsIsShownWithItsPlace() throws Exception {
        WalkThroughPlugin plugin = WalkThroughPlugin.of(Path.of("../spi/README.md"));
        plugin.install(folder.resolve("sources"), home, home.resolve("plugins"));
        Millrace millrace =
                Millrace.in(folder.resolve("run"), home, Map.of()).pipeline("lines", plugin.pipeline("lines.txt"));
        Commands.Result result = Commands.millrace(
                home, Map.of(), "validate", "--conf", millrace.conf().toString());
        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.errors())
                .containsExactly(millrace.conf().resolve("pipelines/lines.yaml")
                        + ":6:5: flushers[0].File: lines.txt (expected: an absolute path)");
    }

    @Test
    void anotherProtocolOverHttpTakesFewerThanSixtyLines() throws Exception {
        assertThat(Files.readAllLines(JavaPlugin.source("flusher_influx", "InfluxFlusherFactory")))
                .hasSizeLessThan(60);
        Path work = folder.resolve("influx");
        JavaPlugin.install("flusher_influx", "InfluxFlusherFactory", "flusher_http", work, home);
        try (NumberedTarget target = NumberedTarget.start(3);
                TextReceiver receiver = TextReceiver.start();
                Millrace millrace = Millrace.in(folder.resolve("run"), home, Map.of())) {
            millrace.pipeline("influx", Pipelines.inputs("1s", target.address()) + """
                    flushers:
                      - Type: flusher_influx
                        Url: %s
                        Authenticator:
                          Type: ext_basicauth
                    extensions:
                      - Type: ext_basicauth
                        Username: user
                        Password: secret
                    """.formatted(receiver.url()));
            millrace.start();
            String series = "numbered_page,instance=" + target.address() + ",job=test,series=2 value=";
            Await.until(
                    "its lines arrive",
                    Duration.ofSeconds(30),
                    () -> receiver.lines().stream()
                                    .filter(line -> line.startsWith(series))
                                    .count()
                            >= 3,
                    () -> String.join("\n", millrace.lines()));
            assertThat(receiver.lines()).allMatch(line -> line.matches("[a-z_]+(,[a-z]+=\\S+)+ value=\\S+ \\d{19}"));
            assertThat(millrace.stop()).isZero();
        }
    }
}

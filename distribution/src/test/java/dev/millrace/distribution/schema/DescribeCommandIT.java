package dev.millrace.distribution.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.distribution.run.Commands;
import dev.millrace.distribution.run.Millrace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command {@code plugins describe}. */
final class DescribeCommandIT {
    @TempDir
    Path folder;

    @Test
    void saysWhereAPluginComesFromAndWhatItTakes() throws IOException, NoSuchAlgorithmException {
        Path jar = Millrace.HOME.resolve("plugins/flusher_prometheus.jar").toAbsolutePath();
        Commands.Result result = Commands.millrace("plugins", "describe", "flusher_prometheus");
        assertThat(result.errors()).isEmpty();
        assertThat(result.exitCode()).isZero();
        List<String> lines = result.output();
        assertThat(lines.get(0)).matches("flusher_prometheus [0-9.]+");
        assertThat(lines)
                .contains(
                        "Sends metrics to Prometheus-compatible storage by remote write.",
                        "kind      flusher",
                        "sha-256   "
                                + HexFormat.of()
                                        .formatHex(MessageDigest.getInstance("SHA-256")
                                                .digest(Files.readAllBytes(jar))),
                        "spi       [0.1,0.2)",
                        "state     usable",
                        "    - Type: flusher_prometheus",
                        "  SeriesLimit  (whole number; default 10000)",
                        "      The largest number of samples in a request.",
                        "      example: 10000",
                        "  Endpoint  (text; required)",
                        "  Retry.MaxRetryTimes  (whole number)")
                .anyMatch(line -> line.startsWith("jar ") && line.endsWith("plugins/flusher_prometheus.jar"))
                .anyMatch(line -> line.startsWith("requires  ") && line.contains("flusher_http [0.1,0.2)"));
    }

    @Test
    void knowsAliasesAndGuessesWhatIsMistyped() {
        assertThat(Commands.millrace("plugins", "describe", "service_prometheus")
                        .output()
                        .get(0))
                .startsWith("input_prometheus ");
        Commands.Result mistyped = Commands.millrace("plugins", "describe", "flusher_promethus");
        assertThat(mistyped.exitCode()).isEqualTo(3);
        assertThat(mistyped.output()).isEmpty();
        assertThat(mistyped.errors())
                .containsExactly(
                        "millrace: no plugin flusher_promethus is installed; did you mean 'flusher_prometheus'?");
    }

    @Test
    void saysWhyAPluginCannotBeUsed() throws IOException {
        Files.writeString(
                folder.resolve("millrace.yaml"),
                "Plugins:\n  Sha256:\n    flusher_stdout.jar: " + "0".repeat(64) + "\n");
        Commands.Result result =
                Commands.millrace("plugins", "describe", "flusher_stdout", "--conf", folder.toString());
        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.output()).contains("state     cannot be used");
        assertThat(result.errors()).anyMatch(line -> line.contains("flusher_stdout.jar"));
    }

    @Test
    void printsThePageOfTheReference() throws IOException {
        Commands.Result result = Commands.millrace("plugins", "describe", "--markdown", "ext_basicauth");
        assertThat(String.join("\n", result.output()) + "\n")
                .isEqualTo(Files.readString(Path.of("docs/reference/ext_basicauth.md")));
    }
}

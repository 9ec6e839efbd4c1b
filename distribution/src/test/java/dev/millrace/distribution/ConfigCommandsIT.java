package dev.millrace.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.distribution.run.Commands;
import dev.millrace.distribution.run.Millrace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code millrace config print} and {@code config diff} say. */
@Tag("servers") // no server, but much time
final class ConfigCommandsIT {
    private static final String WEB = """
            inputs:
              - Type: metric_mock
            flushers:
              - Type: flusher_prometheus
                Endpoint: 'http://127.0.0.1:9/write?token=hush'
                Timeout: 120s
                Headers: {X-Token: hush}
                Authenticator:
                  Type: ext_basicauth
            extensions:
              - Type: ext_basicauth
                Username: '${env:MILLRACE_TEST_USER:-somebody}'
                Password: hush
            """;
    private static final String PRINTS = """
            inputs: [{Type: metric_mock}]
            flushers: [{Type: flusher_stdout, Form: summary}]
            """;

    @TempDir
    Path folder;

    private static Commands.Result config(Millrace millrace, String... words) {
        List<String> arguments = Stream.concat(
                        Stream.concat(Stream.of("config"), Stream.of(words)),
                        Stream.of(
                                "--conf",
                                millrace.conf().toString(),
                                "--data",
                                millrace.data().toString()))
                .toList();
        return Commands.millrace(arguments.toArray(String[]::new));
    }

    @Test
    void printsWhatAPipelineIsAndWhereThatIsSaid() throws IOException {
        Millrace millrace = Millrace.in(folder).pipeline("web", WEB);
        Commands.Result printed = config(millrace, "print", "--effective", "web");
        assertThat(printed.errors()).isEmpty();
        assertThat(printed.exitCode()).isZero();
        String file = millrace.conf().resolve("pipelines/web.yaml").toString();
        assertThat(printed.output().stream().map(line -> line.replaceAll(" +# ", " # ")))
                .startsWith("--- # pipeline web", "enable: true # default")
                .contains(
                        "    Endpoint: 'http://127.0.0.1:9/write?<redacted>' # " + file + ":5",
                        "    Timeout: 2m # " + file + ":6",
                        "    SeriesLimit: 10000 # default",
                        "    Authenticator: ext_basicauth # " + file + ":9",
                        "    Username: somebody # ${env:MILLRACE_TEST_USER} at " + file + ":12",
                        "    Password: '<redacted>' # " + file + ":13");
        assertThat(printed.output())
                .anyMatch(line -> line.contains("X-Token"))
                .noneMatch(line -> line.contains("hush"));
        assertThat(millrace.data()).doesNotExist();
    }

    @Test
    void whatIsPrintedIsValidAndTheSame() throws IOException {
        Millrace millrace = Millrace.in(folder).pipeline("web", WEB).pipeline("prints", PRINTS);
        Path copy = Files.createDirectories(folder.resolve("copy/pipelines")).getParent();
        Files.copy(millrace.conf().resolve("millrace.yaml"), copy.resolve("millrace.yaml"));
        for (String name : List.of("web", "prints")) {
            String text = String.join(
                    "\n", config(millrace, "print", "--effective", name).output());
            Files.writeString(
                    copy.resolve("pipelines/" + name + ".yaml"),
                    text.replace("<redacted>", "hush").replace("?hush", "?token=hush"));
        }
        Commands.Result same = config(millrace, "diff", "--from", copy.toString());
        assertThat(same.errors()).isEmpty();
        assertThat(same.output()).containsExactly("no difference");
        assertThat(same.exitCode()).isZero();
    }

    @Test
    void comparesTwoFolders() throws IOException {
        Millrace millrace = Millrace.in(folder).pipeline("web", WEB);
        Path other = Files.createDirectories(folder.resolve("other/pipelines")).getParent();
        Files.copy(millrace.conf().resolve("millrace.yaml"), other.resolve("millrace.yaml"));
        Path web = other.resolve("pipelines/web.yaml");
        Files.writeString(web, "# moved\n" + WEB.replace("120s", "2m").replace("Password: hush", "Password: other"));
        Commands.Result changed =
                config(millrace, "diff", "--from", millrace.conf().toString(), "--to", other.toString());
        assertThat(changed.output())
                .containsExactly(
                        "pipeline web: changes: ext_basicauth begins anew; flusher_prometheus begins anew, over its"
                                + " backlog",
                        "  ~ ext_basicauth.Password: changed, but is not shown  # " + web + ":14");
        assertThat(changed.exitCode()).isEqualTo(1);
        Files.writeString(web, "inputs: []\n");
        Commands.Result wrong = config(millrace, "diff", "--from", other.toString());
        assertThat(wrong.exitCode()).isEqualTo(2);
        assertThat(wrong.output()).isEmpty();
        assertThat(wrong.errors()).isNotEmpty().allMatch(line -> line.startsWith(web.toString()));
    }

    @Test
    void comparesTheFilesWithWhatRuns() throws IOException {
        assertThat(config(Millrace.in(folder), "diff").exitCode()).isEqualTo(2);
        try (Millrace millrace = Millrace.in(folder).pipeline("prints", PRINTS)) {
            Path settings = millrace.conf().resolve("millrace.yaml");
            millrace.start();
            assertThat(config(millrace, "diff").output()).containsExactly("no difference");
            Commands.Result running = config(millrace, "print", "--running");
            assertThat(running.exitCode()).isZero();
            assertThat(running.output()).contains("--- # pipeline prints");
            assertThat(running.output().stream().map(line -> line.replaceAll(" +# .*", "")))
                    .contains("    Form: summary");

            Files.writeString(settings, Files.readString(settings) + "\nPlugins: {Verify: oops}\n");
            Commands.Result wrong = config(millrace, "diff");
            assertThat(wrong.exitCode()).isEqualTo(2);
            assertThat(String.join("\n", wrong.errors())).contains("'oops' (expected one of: pinned, required)");
            assertThat(millrace.stop()).isZero();
        }
    }

    @Test
    void comparesWhatRunsWithAnotherFolderOrSomeFiles() throws IOException {
        try (Millrace millrace = Millrace.in(folder).pipeline("prints", PRINTS).pipeline("web", WEB)) {
            Path other =
                    Files.createDirectories(folder.resolve("other/pipelines")).getParent();
            Files.copy(millrace.conf().resolve("millrace.yaml"), other.resolve("millrace.yaml"));
            Path prints = Files.writeString(
                    other.resolve("pipelines/prints.yaml"), PRINTS.replace("Form: summary", "Form: lines"));
            Path web = Files.writeString(
                    folder.resolve("web.yaml"), WEB.replace("120s", "30s").replace("Password: hush", "Password: loud"));
            assertThat(config(millrace, "diff", web.toString()).exitCode()).isEqualTo(2);
            millrace.start();

            Commands.Result whole = config(millrace, "diff", other.toString());
            assertThat(whole.errors()).isEmpty();
            assertThat(whole.exitCode()).isEqualTo(1);
            assertThat(whole.output()).contains("  ~ flusher_stdout.Form: summary -> lines  # " + prints + ":2");
            assertThat(whole.output()).anyMatch(line -> line.startsWith("pipeline web: stops"));

            Commands.Result one = config(millrace, "diff", web.toString());
            assertThat(one.exitCode()).isEqualTo(1);
            assertThat(one.output())
                    .hasSize(3)
                    .contains(
                            "  ~ flusher_prometheus.Timeout: 2m -> 30s  # " + web + ":6",
                            "  ~ ext_basicauth.Password: changed, but is not shown  # " + web + ":13");
            Files.writeString(web, WEB);
            Commands.Result same = config(millrace, "diff", web.toString(), other.resolve("millrace.yaml") + "");
            assertThat(same.output()).containsExactly("no difference");
            assertThat(same.exitCode()).isZero();

            Commands.Result mixed = config(millrace, "diff", web.toString(), other.toString());
            assertThat(mixed.exitCode()).isEqualTo(2);
            assertThat(mixed.errors())
                    .containsExactly("millrace: " + other + ": a folder (expected: one folder, or files alone)");
            assertThat(config(millrace, "diff", "no-such.yaml").errors())
                    .containsExactly("millrace: no-such.yaml: no such file or folder (expected: a configuration folder,"
                            + " or files of one)");
            assertThat(millrace.data().resolve("tmp").toFile().list((in, name) -> name.startsWith("files")))
                    .isEmpty();
            assertThat(millrace.stop()).isZero();
        }
    }

    @Test
    void aPipelineThatIsNotThereIsNamed() {
        Millrace millrace = Millrace.in(folder).pipeline("prints", PRINTS).pipeline("off", "enable: false\n");
        Commands.Result none = config(millrace, "print", "web");
        assertThat(none.exitCode()).isEqualTo(3);
        assertThat(none.errors())
                .containsExactly("millrace: no pipeline 'web' that could run; those that could: prints");
        assertThat(config(millrace, "print", "off").output()).containsExactly("enable: false");
    }
}

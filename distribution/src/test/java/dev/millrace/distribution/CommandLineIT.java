package dev.millrace.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.distribution.numbered.Ports;
import dev.millrace.distribution.run.Await;
import dev.millrace.distribution.run.Commands;
import dev.millrace.distribution.run.Installation;
import dev.millrace.distribution.run.LogLine;
import dev.millrace.distribution.run.Millrace;
import dev.millrace.distribution.run.Web;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The commands of {@code bin/millrace} that scripts rely on: what they print, where, and their exit codes. */
@Tag("servers") // no server, but much time
final class CommandLineIT {
    private static final int USAGE = 2;
    private static final int CONFIGURATION = 3;
    private static final int NOT_RUNNING = 6;
    private static final String PRINTS = """
            inputs:
              - Type: metric_mock
            flushers:
              - Type: flusher_stdout
            """;

    @TempDir
    Path folder;

    /* CommandsTest asks all of them, in one process. */
    @ParameterizedTest
    @ValueSource(strings = {"", "plugins list", "demo"})
    void commandsHelp(String command) {
        Commands.Result result = Commands.millrace(words(command + " --help"));
        assertThat(result.exitCode()).isZero();
        assertThat(result.errors()).isEmpty();
        assertThat(result.output()).first().asString().startsWith(("Usage: millrace " + command).strip());
    }

    @Test
    void theHelpDocumentsTheExitCodes() {
        assertThat(Commands.millrace("--help").output().stream().map(String::strip))
                .contains("Exit codes:")
                .anyMatch(line -> line.startsWith("0 ") && line.contains("orderly stop"))
                .anyMatch(line -> line.startsWith("3 ") && line.contains("configuration"))
                .anyMatch(line -> line.startsWith("6 ") && line.contains("No host runs"));
    }

    @Test
    void version() {
        Commands.Result result = Commands.millrace("version");
        assertThat(result.exitCode()).isZero();
        assertThat(result.output())
                .singleElement()
                .asString()
                .matches("millrace 0\\.1\\.0 \\(Java [0-9].*, SPI 0\\.1(\\.0)?\\)");
        assertThat(Commands.millrace("--version").output()).isEqualTo(result.output());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "run --config x"})
    void aWrongCommandLineShowsWhatIsRight(String arguments) {
        Commands.Result result = Commands.millrace(words(arguments));
        assertThat(result.exitCode()).isEqualTo(USAGE);
        assertThat(result.output()).isEmpty();
        assertThat(String.join("\n", result.errors()))
                .containsAnyOf("Usage: millrace", "Possible solutions: --conf", "Did you mean: millrace");
        assertThat(result.errors()).noneMatch(line -> line.contains("Exception"));
    }

    @Test
    void pluginsListHasEveryPluginOfTheTarball() throws IOException {
        Commands.Result result = Commands.millrace("plugins", "list");
        assertThat(result.errors()).isEmpty();
        assertThat(result.exitCode()).isZero();
        assertThat(result.output().stream().skip(1).map(line -> line.split(" ", 2)[0]))
                .containsExactlyInAnyOrderElementsOf(shippedPlugins());
        assertThat(result.output().stream().skip(1)).allMatch(line -> line.contains(" 0.1.0 "));
    }

    @Test
    void validateSaysWhatIsThere() throws IOException {
        Millrace millrace = Millrace.in(folder).pipeline("prints", PRINTS);
        Commands.Result result = validate(millrace);
        assertThat(result.errors()).isEmpty();
        assertThat(result.exitCode()).isZero();
        assertThat(result.output())
                .singleElement()
                .asString()
                .matches("valid: 1 pipeline, " + shippedPlugins().size() + " plugins");
        assertThat(millrace.data()).doesNotExist();
    }

    @Test
    void validateSaysOnceThatThereIsNoConfiguration() {
        Path none = folder.resolve("none");
        Commands.Result result = Commands.millrace("validate", "--conf", none.toString());
        assertThat(result.exitCode()).isEqualTo(CONFIGURATION);
        assertThat(result.errors())
                .containsExactly("configuration folder " + none + " does not exist; --conf names another");
    }

    @Test
    void validateReportsEveryProblemOfEveryFile() throws IOException {
        Millrace millrace = Millrace.in(folder)
                .pipeline("good", PRINTS)
                .pipeline("one", PRINTS + "    Onlystdout: true\n")
                .pipeline("two", "inputs: []\nflushers: []\n");
        Files.writeString(millrace.conf().resolve("millrace.yaml"), "Admin:\n  Adress: 127.0.0.1:0\n");
        Commands.Result result = validate(millrace);
        assertThat(result.exitCode()).isEqualTo(CONFIGURATION);
        assertThat(result.output()).isEmpty();
        Path pipelines = millrace.conf().resolve("pipelines");
        assertThat(result.errors())
                .containsExactly(
                        "note: plugin folders that millrace.yaml names are not looked at, because it has problems; correct"
                                + " them first",
                        millrace.conf().resolve("millrace.yaml")
                                + ":2:3: Admin: unknown key 'Adress'; did you mean 'Address'?",
                        pipelines.resolve("one.yaml")
                                + ":5:5: flushers[0]: unknown key 'Onlystdout'; did you mean 'OnlyStdout'?",
                        pipelines.resolve("two.yaml") + ":1:9: inputs: no entry (expected: at least one input)",
                        pipelines.resolve("two.yaml") + ":2:11: flushers: no entry (expected: at least one flusher)");
    }

    @Test
    void validateNamesEachWrongValueAndWhatOnlyAPersonCanMend() throws IOException {
        Millrace millrace = Millrace.in(folder).pipeline("web", """
                inputs:
                  - Type: metric_mock
                flushers:
                  - Type: flusher_prometheus/one
                    Endpoint: ftp://127.0.0.1:9/api/v1/write
                    Authenticator: {Type: ext_basicauth, Username: me, PasswordFile: absent}
                  - Type: flusher_prometheus/two
                    Endpoint: http://127.0.0.1:9/api/v1/write
                    SeriesLimit: 0
                    ProtocolProbeInterval: 0s
                    Protocol: '3'
                """);
        Commands.Result result = validate(millrace);
        assertThat(result.exitCode()).isEqualTo(CONFIGURATION);
        Path pipelines = millrace.conf().resolve("pipelines");
        String start = pipelines.resolve("web.yaml") + ":";
        assertThat(result.errors())
                .containsExactlyInAnyOrder(
                        start + "5:5: flushers[0].Endpoint: scheme: ftp (expected: a URL that begins with http:// or"
                                + " https://)",
                        start + "6:56: flushers[0].Authenticator.PasswordFile: no such file: "
                                + pipelines.resolve("absent"),
                        start + "9:5: flushers[1].SeriesLimit: 0 (expected: >= 1)",
                        start + "10:5: flushers[1].ProtocolProbeInterval: 0 ms (expected: > 0)",
                        start + "11:15: flushers[1].Protocol: '3' (expected one of: auto, 1.0, 2.0)");
    }

    @Test
    void reloadWithoutARunningHost() {
        Millrace millrace = Millrace.in(folder);
        Commands.Result result =
                Commands.millrace("reload", "--data", millrace.data().toString());
        assertThat(result.exitCode()).isEqualTo(NOT_RUNNING);
        assertThat(result.errors())
                .containsExactly("millrace: no collector runs with the data folder " + millrace.data()
                        + "; --data names another");
    }

    @Test
    void reloadAfterAKillSaysThatNobodyAnswers() {
        try (Millrace millrace = Millrace.in(folder).start()) {
            millrace.kill();
            Commands.Result result =
                    Commands.millrace("reload", "--data", millrace.data().toString());
            assertThat(result.exitCode()).isEqualTo(NOT_RUNNING);
            assertThat(result.errors())
                    .singleElement()
                    .asString()
                    .startsWith("millrace: nothing listens at ")
                    .endsWith("(" + millrace.data().resolve("admin.address")
                            + " is left from a collector that was killed); start it with bin/millrace run");
        }
    }

    @Test
    void reloadSaysWhatCameOfIt() throws IOException {
        try (Millrace millrace = Millrace.in(folder).pipeline("prints", PRINTS).start()) {
            String[] reload = {"reload", "--data", millrace.data().toString()};
            Commands.Result unchanged = Commands.millrace(reload);
            assertThat(unchanged.errors()).isEmpty();
            assertThat(unchanged.exitCode()).isZero();
            assertThat(unchanged.output()).containsExactly("pipeline prints: unchanged");

            millrace.pipeline("prints", PRINTS + "    Nothing: 1\n");
            Commands.Result wrong = Commands.millrace(reload);
            assertThat(wrong.exitCode()).isEqualTo(CONFIGURATION);
            assertThat(wrong.output()).isEmpty();
            assertThat(wrong.errors())
                    .contains("pipeline prints: not changed: its file has problems")
                    .anyMatch(line -> line.contains("prints.yaml:5:5: flushers[0]: unknown key 'Nothing'"));
            assertThat(Web.get(millrace.admin() + "/-/ready?pipeline=prints").statusCode())
                    .isEqualTo(200);
            assertThat(millrace.metrics().sum("millrace_reloads_total", "result", "failure"))
                    .isGreaterThanOrEqualTo(1);
        }
    }

    @Test
    void aDryRunSaysWhatWouldChangeAndChangesNothing() throws IOException {
        Path home = Installation.copyTo(folder.resolve("home"));
        try (Millrace millrace = Millrace.in(folder.resolve("run"), home, Map.of())
                .pipeline("prints", PRINTS)
                .start()) {
            String data = millrace.data().toString();
            String[] dryRun = {"reload", "--dry-run", "--data", data};
            assertThat(Commands.millrace(dryRun).output()).containsExactly("pipeline prints: unchanged");

            double reloads = millrace.metrics().sum("millrace_reloads_total");
            Path jar = home.resolve("plugins/flusher_stdout.jar"); // not taken by itself, as a changed file would be
            PluginJar.write(jar, Map.of("Plugin-Version", "0.2.0"), jar);
            for (int i = 0; i < 2; i++) {
                Commands.Result plan = Commands.millrace(dryRun);
                assertThat(plan.errors()).isEmpty();
                assertThat(plan.exitCode()).isZero();
                assertThat(plan.output())
                        .singleElement()
                        .asString()
                        .matches(
                                "pipeline prints: changes: flusher_stdout begins anew, over its backlog of [0-9.]+ .?B");
            }
            assertThat(millrace.metrics().sum("millrace_reloads_total")).isEqualTo(reloads);
            assertThat(millrace.lines()).noneMatch(line -> line.contains("pipeline prints changed"));

            assertThat(Commands.millrace("reload", "--data", data).output())
                    .containsExactly("pipeline prints: changed");
            assertThat(Commands.millrace(dryRun).output()).containsExactly("pipeline prints: unchanged");
            assertThat(millrace.stop()).isZero();
        }
    }

    @Test
    void theAdminEndpointMovesWithItsSetting() throws IOException {
        try (Millrace millrace = Millrace.in(folder).pipeline("prints", PRINTS).start()) {
            Path file = millrace.conf().resolve("millrace.yaml");
            String before = millrace.admin();
            String address = "127.0.0.1:" + Ports.free();
            Files.writeString(file, "Admin:\n  Address: " + address + "\n");
            Await.until(
                    "the endpoint moves",
                    Duration.ofSeconds(10),
                    () -> millrace.admin().equals("http://" + address));
            assertThat(Web.get(millrace.admin() + "/-/ready").statusCode()).isEqualTo(200);
            Await.until("the old address is closed", Duration.ofSeconds(10), () -> {
                try {
                    Web.get(before + "/-/ready");
                    return false;
                } catch (ConnectException e) {
                    return true;
                }
            });

            try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                Files.writeString(file, "Admin:\n  Address: 127.0.0.1:" + taken.getLocalPort() + "\n");
                millrace.process()
                        .awaitLine(
                                "the problem",
                                Duration.ofSeconds(10),
                                line -> line.contains(file + ": Admin.Address: 127.0.0.1:" + taken.getLocalPort())
                                        && line.endsWith("; the endpoint stays where it is"));
            }
            assertThat(Web.get("http://" + address + "/-/ready?pipeline=prints").statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void changedPluginFoldersAreTaken() throws IOException {
        try (Millrace millrace = Millrace.in(folder).pipeline("prints", PRINTS).start()) {
            Path file = millrace.conf().resolve("millrace.yaml");
            Files.writeString(file, "Admin:\n  Address: 127.0.0.1:0\nPlugins:\n  Folders: [more]\n");
            millrace.process()
                    .awaitLine(
                            "the folder is looked at",
                            Duration.ofSeconds(10),
                            line -> line.contains("ERROR")
                                    && line.endsWith(
                                            "plugin folder " + millrace.conf().resolve("more")
                                                    + " does not exist: create it, or name another one"));
            Files.createDirectory(millrace.conf().resolve("more"));
            assertThat(Commands.millrace("reload", "--data", millrace.data().toString())
                            .exitCode())
                    .isZero();
            Files.writeString(file, "Admin: [\n");
            millrace.process()
                    .awaitLine(
                            "the problem",
                            Duration.ofSeconds(10),
                            line -> line.contains("ERROR") && line.contains(file + ":"));
            assertThat(Web.get(millrace.admin() + "/-/ready?pipeline=prints").statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void pipelinesRunOnWhereTheirFolderCannotBeRead() throws IOException {
        try (Millrace millrace = Millrace.in(folder).pipeline("prints", PRINTS).start()) {
            Path pipelines = millrace.conf().resolve("pipelines");
            Files.move(pipelines, millrace.conf().resolve("moved"));
            Files.writeString(pipelines, "not a folder");
            Commands.Result result =
                    Commands.millrace("reload", "--data", millrace.data().toString());
            assertThat(result.exitCode()).isEqualTo(CONFIGURATION);
            assertThat(result.errors()).containsExactly(pipelines + ": not a folder (expected: a folder)");
            assertThat(Web.get(millrace.admin() + "/-/ready?pipeline=prints").statusCode())
                    .isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TERM", "INT"})
    void endsInGoodOrderOn(String signal) {
        try (Millrace millrace = Millrace.in(folder).pipeline("prints", PRINTS).start()) {
            signal(millrace, signal);
            assertThat(millrace.process().awaitExit(Duration.ofSeconds(30))).isZero();
            assertThat(LogLine.parse(millrace.lines()))
                    .last()
                    .extracting(LogLine::message)
                    .isEqualTo("stopped");
            assertThat(millrace.data().resolve("admin.address")).doesNotExist();
        }
    }

    @Test
    void hangUpReloads() {
        try (Millrace millrace = Millrace.in(folder).pipeline("prints", PRINTS).start()) {
            signal(millrace, "HUP");
            millrace.process()
                    .awaitLine(
                            "the reload",
                            Duration.ofSeconds(10),
                            line -> line.contains("configuration taken (SIGHUP): all is well"));
            assertThat(millrace.process().alive()).isTrue();
        }
    }

    @Test
    void jsonLinesCanBeParsed() throws IOException {
        try (Millrace millrace = Millrace.in(folder)) {
            millrace.pipeline("bad", "inputs: \"line\\nbreak \\t \\\" quote\"\n");
            millrace.start("--log-format", "json");
            assertThat(millrace.stop()).isZero();
            assertThat(millrace.lines()).hasSizeGreaterThan(3).allSatisfy(line -> {
                Map<String, Object> fields = new Yaml(new SafeConstructor(new LoaderOptions())).load(line);
                assertThat(fields).containsOnlyKeys("level", "component", "time", "message");
                assertThat(fields.get("level")).isIn("INFO", "WARN", "ERROR");
                assertThat(Instant.parse(fields.get("time").toString()))
                        .isBefore(Instant.now().plusSeconds(1));
            });
        }
    }

    @Test
    void theLogLevelHidesWhatIsBelow() {
        try (Millrace millrace = Millrace.in(folder)) {
            millrace.start("--log-level", "warn");
            assertThat(millrace.stop()).isZero();
            assertThat(millrace.lines()).isEmpty();
        }
    }

    private static Commands.Result validate(Millrace millrace) {
        return Commands.millrace(
                "validate",
                "--conf",
                millrace.conf().toString(),
                "--data",
                millrace.data().toString());
    }

    private static void signal(Millrace millrace, String signal) {
        List<String> kill =
                List.of("kill", "-" + signal, Long.toString(millrace.process().pid()));
        assertThat(Commands.run(Map.of(), kill).exitCode()).isZero();
    }

    private static String[] words(String text) {
        return Arrays.stream(text.split(" ")).filter(word -> !word.isEmpty()).toArray(String[]::new);
    }

    private static List<String> shippedPlugins() throws IOException {
        try (Stream<Path> files = Files.list(Millrace.HOME.resolve("plugins"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.startsWith("."))
                    .map(name -> name.replace(".jar", ""))
                    .toList();
        }
    }
}

package dev.millrace.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.distribution.run.Await;
import dev.millrace.distribution.run.LogLine;
import dev.millrace.distribution.run.Millrace;
import dev.millrace.distribution.run.Web;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every mistake in a pipeline's file gets its own exact lines, and the pipeline beside all of them runs. */
final class BadPipelineFilesIT {
    private static final String INPUT = """
            inputs:
              - Type: metric_mock
            """;
    private static final String FLUSHER = """
            flushers:
              - Type: flusher_prometheus
                Endpoint: http://127.0.0.1:9/api/v1/write
            """;

    /** A file's name, its text, and what is said of it. */
    private record Mistake(String name, String yaml, List<String> lines) {}

    private static final List<Mistake> MISTAKES = List.of(
            new Mistake(
                    "broken-yaml",
                    """
                    inputs:
                      - Type: metric_mock
                       Index: 1
                    """,
                    List.of(
                            "broken-yaml.yaml:3:4: expected <block end>, but found '<block mapping start>' (while parsing a"
                                    + " block collection that begins at 2:3)")),
            new Mistake(
                    "tab",
                    "inputs:\n\t- Type: metric_mock\n",
                    List.of(
                            "tab.yaml:2:1: found character '\\t(TAB)' that cannot start any token. (Do not use \\t(TAB) for"
                                    + " indentation) (while scanning for the next token)")),
            new Mistake(
                    "unknown-section",
                    INPUT + FLUSHER + "procesors: []\n",
                    List.of("unknown-section.yaml:6:1: unknown key 'procesors'; did you mean 'processors'?")),
            new Mistake(
                    "unknown-key",
                    INPUT + FLUSHER + "    Timeot: 30s\n",
                    List.of("unknown-key.yaml:6:5: flushers[0]: unknown key 'Timeot'; did you mean 'Timeout'?")),
            new Mistake(
                    "unknown-type",
                    INPUT + """
                            flushers:
                              - Type: flusher_promtheus
                            """,
                    List.of("unknown-type.yaml:4:11: flushers[0]: unknown type 'flusher_promtheus';"
                            + " did you mean 'flusher_prometheus'?")),
            new Mistake(
                    "wrong-type",
                    INPUT + FLUSHER + "    Concurrency: many\n",
                    List.of("wrong-type.yaml:6:18: flushers[0].Concurrency: 'many' (expected: a whole number)")),
            new Mistake(
                    "no-unit",
                    INPUT + FLUSHER + "    Timeout: 30\n",
                    List.of("no-unit.yaml:6:14: flushers[0].Timeout: '30' has no unit (expected: 30s or 30ms)")),
            new Mistake(
                    "duplicate-key",
                    INPUT + FLUSHER + "    Timeout: 30s\n    Timeout: 31s\n",
                    List.of("duplicate-key.yaml:7:5: flushers[0]: duplicate key 'Timeout';"
                            + " the first one is at 6:5; keep one of them")),
            new Mistake(
                    "missing-key",
                    INPUT + """
                            flushers:
                              - Type: flusher_prometheus
                            """,
                    List.of("missing-key.yaml:4:5: flushers[0]: missing required key 'Endpoint'")),
            new Mistake(
                    "missing-section",
                    INPUT,
                    List.of(
                            "missing-section.yaml:1:1: missing required key 'flushers' (expected: at least one flusher)")),
            new Mistake(
                    "no-such-extension",
                    INPUT + FLUSHER + """
                                Authenticator:
                                  Type: ext_basicauth/second
                            extensions:
                              - Type: ext_basicauth/first
                                Username: user
                                Password: secret
                            """,
                    List.of("no-such-extension.yaml:7:13: flusher_prometheus.Authenticator: no extension"
                            + " 'ext_basicauth/second' is declared; did you mean 'ext_basicauth/first'?")),
            new Mistake(
                    "no-such-variable",
                    INPUT + FLUSHER + "    Timeout: ${env:MILLRACE_NO_SUCH_VARIABLE}\n",
                    List.of("no-such-variable.yaml:6:14: flushers[0].Timeout: environment variable"
                            + " MILLRACE_NO_SUCH_VARIABLE is not set; set it, or write"
                            + " ${env:MILLRACE_NO_SUCH_VARIABLE:-default}")),
            new Mistake(
                    "no-such-file",
                    INPUT + FLUSHER + "    Timeout: ${file:no/such/file}\n",
                    List.of("no-such-file.yaml:6:14: flushers[0].Timeout: FOLDER/no/such/file: no such file;"
                            + " create it, or correct the path")),
            new Mistake(
                    "wrong-section",
                    "inputs:\n  - Type: flusher_stdout\n" + FLUSHER,
                    List.of("wrong-section.yaml:2:11: inputs[0]: flusher_stdout is a Flusher;"
                            + " it belongs under 'flushers'")),
            new Mistake(
                    "same-type-twice",
                    INPUT + """
                            flushers:
                              - Type: flusher_stdout
                              - Type: flusher_stdout
                            """,
                    List.of("same-type-twice.yaml:5:11: flushers[1]: a second 'flusher_stdout' beside flushers[0] at"
                            + " 4:5; name each, such as 'Type: flusher_stdout/one' and 'Type: flusher_stdout/two'")),
            new Mistake(
                    "bad-endpoint",
                    INPUT + """
                            flushers:
                              - Type: flusher_prometheus
                                Endpoint: prometheus:9090
                            """,
                    List.of("bad-endpoint.yaml:5:5: flushers[0].Endpoint: scheme: prometheus (expected: a URL that"
                            + " begins with http:// or https://)")),
            new Mistake(
                    "bad-regex",
                    """
                    inputs:
                      - Type: input_prometheus
                        ScrapeConfigs:
                          - job_name: test
                            static_configs:
                              - targets: ['127.0.0.1:9']
                            relabel_configs:
                              - source_labels: [__address__]
                                regex: '(a'
                    """ + FLUSHER,
                    List.of(
                            "bad-regex.yaml:8:13: inputs[0].ScrapeConfigs[0].relabel_configs[0].target_label: ''"
                                    + " (expected: a label name for the action replace)",
                            "bad-regex.yaml:9:13: inputs[0].ScrapeConfigs[0].relabel_configs[0].regex: '(a': missing"
                                    + " closing ) (expected: an RE2 expression)")),
            new Mistake(
                    "short-age",
                    INPUT + FLUSHER + "    MaxAge: 100ms\n",
                    List.of("short-age.yaml:6:5: flushers[0].MaxAge: 100ms (expected: at least 1s)")),
            new Mistake(
                    "all-at-once",
                    """
                    inputs:
                      - Type: metric_mok
                    flushers:
                      - Type: flusher_prometheus
                        Timeout: soon
                    """,
                    List.of(
                            "all-at-once.yaml:2:11: inputs[0]: unknown type 'metric_mok';"
                                    + " did you mean 'metric_mock'?",
                            "all-at-once.yaml:4:5: flushers[0]: missing required key 'Endpoint'",
                            "all-at-once.yaml:5:14: flushers[0].Timeout: 'soon' (expected: a duration such as 500ms,"
                                    + " 10s, 1m30s)")),
            new Mistake(
                    "empty",
                    "",
                    List.of(
                            "empty.yaml:1:1: missing required key 'inputs' (expected: at least one input)",
                            "empty.yaml:1:1: missing required key 'flushers' (expected: at least one flusher)")));

    @TempDir
    private static Path folder;

    private static Millrace millrace;
    private static HealthyPipeline healthy;

    @BeforeAll
    static void startWithAllOfThem() {
        healthy = new HealthyPipeline();
        millrace = Millrace.in(folder);
        healthy.addTo(millrace);
        MISTAKES.forEach(mistake -> millrace.pipeline(mistake.name(), mistake.yaml()));
        millrace.start();
    }

    @AfterAll
    static void stop() {
        millrace.close();
        healthy.close();
    }

    static Stream<Arguments> mistakes() {
        return MISTAKES.stream().map(mistake -> Arguments.of(mistake.name(), mistake.lines()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mistakes")
    void hasItsLines(String name, List<String> expected) throws Exception {
        String pipelines = millrace.conf().resolve("pipelines").toString();
        List<String> lines = expected.stream()
                .map(line -> pipelines + "/" + line.replace("FOLDER", pipelines))
                .toList();
        assertThat(complaintsOn(name)).containsExactlyElementsOf(lines);
        assertThat(Web.get(millrace.admin() + "/-/ready?pipeline=" + name).statusCode())
                .isEqualTo(503);
    }

    @Test
    void readyCountsWhatIsReportedAsFailed() throws Exception {
        assertThat(Web.get(millrace.admin() + "/-/ready?pipeline=none").statusCode())
                .isEqualTo(404);
        assertThat(Web.get(millrace.admin() + "/-/ready").statusCode()).isEqualTo(200);
    }

    @Test
    void noMistakeIsShownAsAStackTrace() {
        assertThat(LogLine.others(millrace.lines())).isEmpty();
    }

    @Test
    void theHealthyPipelineBesideThemRunsAndLosesNothing() {
        healthy.awaitRise(millrace);
        healthy.assertNothingLost();
    }

    @Test
    void aBrokenFileIsTakenOnceItIsRight() throws Exception {
        try (HealthyPipeline other = new HealthyPipeline();
                Millrace second = Millrace.in(folder.resolve("second"))) {
            second.pipeline("healthy", "inputs: [");
            second.start();
            assertThat(Web.get(second.admin() + "/-/ready?pipeline=healthy").statusCode())
                    .isEqualTo(503);
            other.addTo(second);
            Await.until(
                    "the pipeline runs",
                    Duration.ofSeconds(10),
                    () -> Web.get(second.admin() + "/-/ready?pipeline=healthy").statusCode() == 200);
            other.awaitRise(second);
        }
    }

    private static List<String> complaintsOn(String name) {
        return LogLine.complaints(millrace.lines()).stream()
                .filter(line -> line.contains("/" + name + ".yaml"))
                .toList();
    }
}

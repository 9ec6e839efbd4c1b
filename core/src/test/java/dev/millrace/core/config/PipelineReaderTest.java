package dev.millrace.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.spi.ComponentId;
import dev.millrace.spi.config.ByteSize;
import dev.millrace.spi.config.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PipelineReaderTest {
    private static final String INPUT = "inputs:\n  - Type: metric_mock\n";
    private static final String FLUSHER = "flushers:\n  - Type: flusher_stdout\n";

    @TempDir
    Path folder;

    private final Problems problems = new Problems();
    private final PipelineReader<Plugins.Delivery> reader =
            new PipelineReader<>(new Plugins(), Plugins.Delivery.class, Map.of("NAME", "me", "OFF", "false")::get);

    private PipelineFile<Plugins.Delivery> read(String yaml) {
        return read("web.yaml", yaml);
    }

    private PipelineFile<Plugins.Delivery> read(String name, String yaml) {
        try {
            return reader.read(Files.writeString(folder.resolve(name), yaml), problems);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private PipelineConfig<Plugins.Delivery> valid(String yaml) {
        PipelineFile<Plugins.Delivery> file = read(yaml);
        assertThat(problems.problems()).isEmpty();
        return ((PipelineFile.Valid<Plugins.Delivery>) file).config();
    }

    /** The lines of the problems, without the folder. */
    private List<String> problemsOf(String yaml) {
        assertThat(read(yaml)).isEqualTo(new PipelineFile.Invalid<>("web"));
        return lines(problems.problems());
    }

    private List<String> lines(List<Problem> found) {
        return found.stream()
                .map(problem -> problem.toString().replace(folder + "/", ""))
                .toList();
    }

    @Test
    void bindsTheExampleOfTheDesign() {
        PipelineConfig<Plugins.Delivery> config = valid("""
                inputs:
                  - Type: metric_mock
                flushers:
                  - Type: flusher_prometheus
                    Endpoint: 'http://prometheus-server/api/v1/write'
                    Authenticator:
                      Type: ext_basicauth
                extensions:
                  - Type: ext_basicauth
                    Username: 'monitoring_user'
                    Password: 'secure_password'
                """);

        assertThat(config.name()).isEqualTo("web");
        assertThat(config.inputs())
                .extracting(component -> component.id().toString())
                .containsExactly("metric_mock");
        assertThat(config.extensions())
                .extracting(component -> component.id().toString())
                .containsExactly("ext_basicauth", "ext_default_encoder/flusher_prometheus.Encoder");
        assertThat(config.extensions().get(0).options())
                .isEqualTo(new Plugins.BasicAuthOptions(
                        "monitoring_user", new Secret("secure_password"), new ByteSize(0)));
        assertThat(config.extensions().get(1).options()).isEqualTo(new Plugins.EncoderOptions("prometheus"));
        ComponentConfig<?, ?> flusher = config.flushers().get(0).component();
        Plugins.RemoteWriteOptions options = (Plugins.RemoteWriteOptions) flusher.options();
        assertThat(options.endpoint()).isEqualTo("http://prometheus-server/api/v1/write");
        assertThat(options.http().timeout()).isEqualTo(Duration.ofMinutes(1));
        assertThat(options.http().authenticator().orElseThrow().id()).isEqualTo(new ComponentId("ext_basicauth", ""));
        assertThat(flusher.references())
                .extracting(ComponentId::toString)
                .containsExactly("ext_basicauth", "ext_default_encoder/flusher_prometheus.Encoder");
        assertThat(config.settings())
                .isEqualTo(new PipelineSettings(
                        Optional.empty(),
                        PipelineSettings.Durability.FSYNC,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        WhenFull.REFUSE,
                        Map.of(),
                        Optional.empty()));
        assertThat(config.toString()).doesNotContain("secure_password");
    }

    @Test
    void reportsEveryProblemOfEveryFileInOnePass() {
        read("a.yaml", """
                inputs:
                  - Type: metric_moc
                flushers:
                  - Type: flusher_prometheus
                    Endpont: http://x
                    Timeout: 10
                    Retry: {MaxRetryTime: 3}
                    Headers: [a]
                extensions:
                  - Username: me
                """);
        read("b.yaml", """
                output: []
                flushers:
                  - Type: flusher_http
                    Timeout: 5 sec
                    Timeout: 5s
                """);

        assertThat(lines(problems.problems()))
                .containsExactly(
                        "a.yaml:2:11: inputs[0]: unknown type 'metric_moc'; did you mean 'metric_mock'?",
                        "a.yaml:5:5: flushers[0]: unknown key 'Endpont'; did you mean 'Endpoint'?",
                        "a.yaml:6:14: flushers[0].Timeout: '10' has no unit (expected: 10s or 10ms)",
                        "a.yaml:7:13: flushers[0].Retry: unknown key 'MaxRetryTime'; did you mean 'MaxRetryTimes'?",
                        "a.yaml:8:14: flushers[0].Headers: a list (expected: a mapping)",
                        "a.yaml:10:5: extensions[0]: missing required key 'Type'",
                        "b.yaml:1:1: missing required key 'inputs' (expected: at least one input)",
                        "b.yaml:1:1: unknown key 'output' (expected one of: enable, global, inputs, processors,"
                                + " aggregators, flushers, extensions)",
                        "b.yaml:4:14: flushers[0].Timeout: '5 sec' (expected: a duration such as 500ms, 10s, 1m30s)",
                        "b.yaml:5:5: flushers[0]: duplicate key 'Timeout'; the first one is at 4:5; keep one of them");
    }

    @Test
    void bindsHostAndPluginFromOneEntryAndTakesNotices() {
        PipelineConfig<Plugins.Delivery> config = valid(INPUT + """
                global:
                  StructureType: v2
                  Durability: write
                  MaxBytes: 1GiB
                flushers:
                  - Type: flusher_http
                    Timeout: 1m30s
                    QueueCapacity: 7
                    Retry: {MaxRetryTimes: 3}
                """);

        assertThat(config.settings().durability()).isEqualTo(PipelineSettings.Durability.WRITE);
        assertThat(config.settings().maxBytes()).contains(new ByteSize(1 << 30));
        assertThat(config.flushers().get(0).hostOptions())
                .isEqualTo(new Plugins.Delivery(
                        Optional.of(7), new Plugins.Delivery.Retry(Optional.of(3), Duration.ofMillis(30))));
        assertThat(lines(problems.notices()))
                .containsExactly(
                        "web.yaml:4:3: global.StructureType: has no effect: all plugins share one data model",
                        "web.yaml:10:5: flushers[0].QueueCapacity: has no effect: the journal takes the place of the queue (see MaxBytes)");
    }

    @Test
    void listsTheKeysOfHostAndPlugin() {
        assertThat(problemsOf(INPUT + "flushers:\n  - Type: flusher_http\n    Xyzzy: 1\n"))
                .containsExactly("web.yaml:5:5: flushers[0]: unknown key 'Xyzzy' (expected one of: Timeout, Headers,"
                        + " Authenticator, Interceptors, QueueCapacity, Retry)");
    }

    @Test
    void refusesAPluginWhoseKeyIsTheHosts() {
        assertThat(problemsOf(INPUT + "flushers:\n  - Type: flusher_greedy\n    QueueCapacity: 1\n"))
                .containsExactly(
                        "web.yaml:4:5: flushers[0]: plugin 'flusher_greedy' cannot be used, its options are at"
                                + " fault: dev.millrace.core.config.Plugins$Delivery: the key 'QueueCapacity' has two meanings");
    }

    @Test
    void resolvesAliasesOfTypes() {
        PipelineConfig<Plugins.Delivery> config = valid("""
                inputs:
                  - Type: service_prometheus/x
                    ScrapeConfigs:
                      - job_name: node
                        params: {b: 1, a: yes}
                flushers:
                  - {Type: flusher_http, Authenticator: ext_basic}
                extensions:
                  - {Type: ext_basic, Username: a, Password: b}
                """);

        assertThat(config.inputs().get(0).id()).isEqualTo(new ComponentId("input_prometheus", "x"));
        Plugins.Job job = ((Plugins.InputOptions) config.inputs().get(0).options())
                .scrapeConfigs()
                .get(0);
        assertThat(job.scrapeInterval()).isEqualTo(Duration.ofMinutes(1));
        assertThat(job.params()).containsExactly(Map.entry("b", "1"), Map.entry("a", "yes"));
        assertThat(config.flushers().get(0).component().references())
                .containsExactly(new ComponentId("ext_basicauth", ""));
    }

    @Test
    void showsHowToNameTwoOfOneType() {
        assertThat(problemsOf("""
                inputs:
                  - Type: input_prometheus
                  - Type: service_prometheus
                flushers:
                  - Type: flusher_stdout/a
                  - Type: flusher_stdout/a
                """))
                .containsExactly(
                        "web.yaml:3:11: inputs[1]: a second 'input_prometheus' beside inputs[0] at 2:5; name each, such"
                                + " as 'Type: input_prometheus/one' and 'Type: input_prometheus/two'",
                        "web.yaml:6:11: flushers[1]: a second 'flusher_stdout/a' beside flushers[0] at 5:5; give one"
                                + " another name");
    }

    @Test
    void saysWhereAComponentBelongs() {
        assertThat(problemsOf("""
                inputs:
                  - Type: flusher_stdout
                processors:
                  - Type: aggregator_base
                aggregators:
                  - Type: aggregator_base
                  - Type: aggregator_base/two
                flushers:
                  - Type: ext_default_encoder
                """))
                .containsExactly(
                        "web.yaml:2:11: inputs[0]: flusher_stdout is a Flusher; it belongs under 'flushers'",
                        "web.yaml:4:11: processors[0]: aggregator_base is an Aggregator; it belongs under 'aggregators'",
                        "web.yaml:7:5: aggregators[1]: a second aggregator (expected: at most one)",
                        "web.yaml:9:11: flushers[0]: ext_default_encoder is an Encoder; it belongs under 'extensions'");
    }

    @Test
    void saysWhatIsWrongWithSectionsAndTypes() {
        assertThat(problemsOf("""
                enable: yes
                global: []
                inputs: []
                processors:
                  a: b
                aggregators:
                flushers:
                  - flusher_stdout
                  - Type: flusher_broken
                  - Type: xyzzy_plugh
                  - Type: flusher_stdout/
                  - Type: flusher_stdout/../a
                  - Type: [a]
                  - Type:
                """))
                .containsExactly(
                        "web.yaml:1:9: enable: 'yes' (expected: true or false)",
                        "web.yaml:2:9: global: a list (expected: a mapping of keys)",
                        "web.yaml:3:9: inputs: no entry (expected: at least one input)",
                        "web.yaml:5:3: processors: a mapping (expected: a list of entries with a 'Type')",
                        "web.yaml:8:5: flushers[0]: a text (expected: a mapping with a 'Type')",
                        "web.yaml:9:11: flushers[1]: plugin 'flusher_broken' cannot be used:"
                                + " plugins/flusher_broken.jar: not a jar",
                        "web.yaml:10:11: flushers[2]: unknown type 'xyzzy_plugh' (expected one of: flusher_greedy,"
                                + " flusher_http, flusher_prometheus, flusher_stdout)",
                        "web.yaml:11:11: flushers[3].Type: 'flusher_stdout/' (expected: type or type/name)",
                        "web.yaml:12:11: flushers[4].Type: name '../a' (expected: letters, digits, '.', '_' and '-', the"
                                + " first a letter or digit)",
                        "web.yaml:13:11: flushers[5].Type: a list (expected: a plugin, as type or type/name)",
                        "web.yaml:14:10: flushers[6].Type: no value (expected: a plugin, as type or type/name)");
    }

    @Test
    void anEmptyFileLacksInputsAndFlushers() {
        assertThat(problemsOf("# nothing yet\n"))
                .containsExactly(
                        "web.yaml:1:1: missing required key 'inputs' (expected: at least one input)",
                        "web.yaml:1:1: missing required key 'flushers' (expected: at least one flusher)");
    }

    @Test
    void looksNoFurtherIntoADisabledFile() {
        assertThat(read("enable: ${env:OFF}\ninputs:\n  - Type: nonsense\n  - Type: ${env:UNSET}\n"))
                .isEqualTo(new PipelineFile.Disabled<>("web"));
        assertThat(problems.problems()).isEmpty();
    }

    @Test
    void aNameThatIsNoNameIsAProblem() {
        assertThat(read("my web.yaml", INPUT + FLUSHER)).isEqualTo(new PipelineFile.Invalid<>("my web"));
        assertThat(lines(problems.problems()))
                .containsExactly(
                        "my web.yaml: the file's name is the pipeline's (expected: letters, digits, '.', '_' and"
                                + " '-', the first a letter or digit); rename the file");
    }

    @Test
    void theFingerprintSeesContentOnly() {
        String plain = valid(INPUT + "flushers:\n  - {Type: flusher_http, Headers: {a: me}}\n")
                .fingerprint();
        assertThat(plain).matches("[0-9a-f]{64}");
        assertThat(valid("# comment\n" + INPUT + "flushers:\n- Type: 'flusher_http'\n  Headers:\n    a: ${env:NAME}\n")
                        .fingerprint())
                .isEqualTo(plain);
        assertThat(valid(INPUT + "flushers:\n  - {Type: flusher_http, Headers: {a: you}}\n")
                        .fingerprint())
                .isNotEqualTo(plain);
        assertThat(valid(INPUT + "flushers:\n  - {Type: flusher_http, Headers: {am: e}}\n")
                        .fingerprint())
                .isNotEqualTo(plain);
    }

    @Test
    void listsTheFilesOfPipelines() throws IOException {
        for (String name : List.of("b.yaml", "a.yml", ".hidden.yaml", "notes.txt", "a.yaml", "c.yaml~")) {
            Files.writeString(folder.resolve(name), "");
        }
        Files.createDirectory(folder.resolve("d.yaml"));

        assertThat(PipelineReader.files(folder, problems))
                .extracting(file -> file.getFileName().toString())
                .containsExactly("a.yaml", "b.yaml");
        assertThat(lines(problems.problems()))
                .containsExactly("a.yml: the pipeline 'a' is in a.yaml already; rename or delete one of the files");
    }

    @Test
    void aMissingFolderIsANotice() {
        assertThat(PipelineReader.files(folder.resolve("none"), problems)).isEmpty();
        assertThat(problems.problems()).isEmpty();
        assertThat(lines(problems.notices())).containsExactly("none: no such folder; there is no pipeline");
    }

    @Test
    void aFileThatIsGoneIsAProblem() {
        assertThat(reader.read(folder.resolve("web.yaml"), problems)).isEqualTo(new PipelineFile.Invalid<>("web"));
        assertThat(lines(problems.problems()))
                .containsExactly("web.yaml: no such file; create it, or correct the path");
    }
}

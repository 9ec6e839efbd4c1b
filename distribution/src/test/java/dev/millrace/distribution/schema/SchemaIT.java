package dev.millrace.distribution.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.core.config.HostSettings;
import dev.millrace.core.config.PipelineReader;
import dev.millrace.core.config.Problems;
import dev.millrace.core.delivery.DeliveryOptions;
import dev.millrace.core.description.Description;
import dev.millrace.core.description.JsonSchema;
import dev.millrace.core.description.PluginDescription;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The JSON Schemas agree with the binder, over configurations that are made of the same descriptions.
 *
 * <p>What records check beyond the types of their options, no schema says. So a file that is as it should be has to be
 * accepted by the schema; where a record refuses the values that chance put together, others are tried. Each option has to
 * be in a file that both accept.
 */
final class SchemaIT {
    private static final int FILES_OF_EACH = 6;
    private static final int MOST_FILES = 3000;

    /** Options that records refuse with every value, or with every value beside a key that is required. */
    private static final Set<String> NEVER_ACCEPTED = Set.of(
            "TlsSettings.KeyPassword", // needs a key that is encrypted with it
            "ServerTlsSettings.KeyPassword",
            "OtlpOptions.IgnoreResourceAttributes", // needs PromoteAllResourceAttributes: true
            "TlsConfig.ca", // these three need PEM in the text itself
            "TlsConfig.cert",
            "TlsConfig.key",
            "HttpDiscoveryOptions.proxy_connect_header", // needs a proxy beside it, which is said in two ways
            "KubernetesDiscoveryOptions.proxy_connect_header",
            "OAuth2.proxy_connect_header",
            "ScrapeConfig.proxy_connect_header");

    private static Installed installed;
    private static Description description;
    private static Validator pipelines;
    private static Validator host;

    @TempDir
    Path folder;

    private final long seed = Long.getLong("millrace.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private Values values;
    private Drafts drafts;
    private final Set<String> options = new TreeSet<>();
    private final Set<String> accepted = new TreeSet<>();
    private int files;

    @BeforeAll
    static void load() throws IOException {
        installed = Installed.load();
        description = Description.of(new EveryType(installed), DeliveryOptions.class);
        assertThat(description.problems()).isEmpty();
        pipelines = Validator.of(JsonSchema.ofPipelines(description));
        host = Validator.of(JsonSchema.ofHost(description));
    }

    @AfterAll
    static void close() {
        installed.close();
    }

    @BeforeEach
    void begin() throws Exception {
        PemFiles.write(folder);
        values = new Values(random, folder);
        drafts = new Drafts(description, random, values);
    }

    @Test
    void agreesOnPipelines() {
        System.out.println("seed: " + seed + " (repeat with -Dmillrace.seed=" + seed + ")");
        for (PluginDescription plugin : description.plugins()) {
            for (int file = 0; file < FILES_OF_EACH; file++) {
                compare(drafts.pipeline(plugin), pipelines, this::problemsOfPipeline);
            }
        }
        for (Set<String> left = left(); !left.isEmpty(); left = left()) {
            compare(drafts.pipelineWith(left), pipelines, this::problemsOfPipeline);
        }
    }

    @Test
    void agreesOnTheFileOfTheHost() {
        System.out.println("seed: " + seed + " (repeat with -Dmillrace.seed=" + seed + ")");
        for (int file = 0; file < 10 * FILES_OF_EACH || !left().isEmpty(); file++) {
            compare(drafts.host(), host, this::problemsOfHost);
        }
    }

    @Test
    void schemasAreValidThemselves() {
        Validator draft = Validator.ofSchemas();
        assertThat(draft.errors(Yaml.read(JsonSchema.ofPipelines(description)))).isEmpty();
        assertThat(draft.errors(Yaml.read(JsonSchema.ofHost(description)))).isEmpty();
        assertThat(draft.errors(Yaml.read("{type: 5}"))).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{enable: false, inputs: nonsense, more: {}}",
                "{enable: 'false'}",
                "{enable: '${env:MILLRACE_UNSET:-false}', inputs: nonsense}",
                "{'${env:MILLRACE_UNSET:-enable}': false}",
                "{inputs: [{Type: metric_mock, '${env:MILLRACE_UNSET:-Series}': 2}], flushers: [{Type: flusher_stdout}]}",
                "{inputs: [{'${env:MILLRACE_UNSET:-Type}': metric_mock}], flushers: [{Type: flusher_stdout}]}",
                "{inputs: [{Type: '${env:MILLRACE_UNSET:-metric_mock}', Series: 2}], flushers: [{Type: flusher_stdout}]}",
                "{inputs: [{Type: metric_mock/a}, {Type: metric_mock/b}], flushers: [{Type: flusher_stdout, Form: LINES}]}",
                "{inputs: [{Type: metric_mock}], flushers: [{Type: flusher_stdout}], aggregators: [], processors: }",
                "{inputs: [{Type: metric_mock}], flushers: [{Type: flusher_http, RemoteURL: 'http://x/', Authenticator:"
                        + " ext_basicauth}], extensions: [{Type: ext_basicauth, Username: u, Password: 5}]}",
                "{inputs: [{Type: metric_mock}], flushers: [{Type: flusher_http, RemoteURL: 'http://x/', Authenticator:"
                        + " {Type: ext_basicauth/a, Options: }}], extensions: [{Type: ext_basicauth/a, Username: u,"
                        + " Password: 5}]}",
                "{inputs: [{Type: metric_mock}], flushers: [{Type: flusher_stdout}], global: {StructureType: v2}}"
            })
    void bothAccept(String file) {
        Object root = Yaml.read(file);
        assertThat(problemsOfPipeline(root).problems()).isEmpty();
        assertThat(pipelines.errors(root)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{enable: true, inputs: []}",
                "{enable: maybe, inputs: [{Type: metric_mock}], flushers: [{Type: flusher_stdout}]}",
                "{inputs: [{Type: metric_mock}], flushers: [{Type: metric_mock}]}",
                "{inputs: [{Type: metric_mock/}], flushers: [{Type: flusher_stdout}]}",
                "{inputs: [{Type: metric_mock/a b}], flushers: [{Type: flusher_stdout}]}",
                "{inputs: [{Type: Metric_mock}], flushers: [{Type: flusher_stdout}]}",
                "{inputs: [{Type: metric_mock, series: 5}], flushers: [{Type: flusher_stdout}]}",
                "{inputs: [{Type: metric_mock, Concurrency: 5}], flushers: [{Type: flusher_stdout}]}",
                "{inputs: [{Type: metric_mock}], flushers: [{Type: flusher_stdout}], aggregators: [{Type:"
                        + " aggregator_limits/a}, {Type: aggregator_limits/b}]}",
                "{inputs: [{Type: metric_mock}], flushers: [{Type: flusher_http, RemoteURL: 'http://x/', Authenticator:"
                        + " {Type: ext_default_encoder, Format: prometheus}}]}",
                "{inputs: [{Type: metric_mock}], flushers: [{Type: flusher_http, RemoteURL: 'http://x/', Authenticator:"
                        + " {Type: ext_basicauth/a, Username: u}}], extensions: [{Type: ext_basicauth/a, Username: u,"
                        + " Password: 5}]}",
                "{inputs: [{Type: metric_mock}], flushers: [{Type: flusher_http, RemoteURL: 'http://x/', Authenticator:"
                        + " {Type: ext_basicauth, Username: u, Password: p, Options: {Username: u}}}]}"
            })
    void bothRefuse(String file) {
        Object root = Yaml.read(file);
        assertThat(problemsOfPipeline(root).problems()).isNotEmpty();
        assertThat(pipelines.errors(root)).isNotEmpty();
    }

    @Test
    void neitherTakesAKeyTwiceUnderTwoNames() {
        Draft draft = drafts.pipeline(description.find("processor_all").orElseThrow());
        Map<?, ?> entry = (Map<?, ?>) ((List<?>) draft.root.get("processors")).get(0);
        new Draft.Place(entry, "Url", null, true).set("a");
        new Draft.Place(entry, "Uri", null, true).set("b");
        assertThat(problemsOfPipeline(draft.root).problems()).isNotEmpty();
        assertThat(pipelines.errors(draft.root)).isNotEmpty();
    }

    /** The options that were in no file that both accept. */
    private Set<String> left() {
        Set<String> left = new TreeSet<>(options);
        left.removeAll(accepted);
        left.removeAll(NEVER_ACCEPTED);
        assertThat(files)
                .as("files without %s in one that is accepted (seed %d)", left, seed)
                .isLessThan(MOST_FILES);
        return left;
    }

    private void compare(Draft draft, Validator schema, Function<Object, Problems> binder) {
        files++;
        options.addAll(draft.options);
        Problems problems = binder.apply(draft.root);
        assertThat(schema.errors(draft.root))
                .as(
                        "seed %d: the schema on a file of which the binder says [%s]%n%s",
                        seed, problems, Yaml.write(draft.root))
                .isEmpty();
        if (!problems.isEmpty()) {
            return;
        }
        accepted.addAll(draft.options);
        Mutation mutation = values.one(List.of(Mutation.values()));
        if (mutation.apply(draft, values, random)) {
            String spoilt = Yaml.write(draft.root);
            assertThat(binder.apply(draft.root).problems())
                    .as("seed %d: the binder on a file with %s%n%s", seed, mutation, spoilt)
                    .isNotEmpty();
            assertThat(schema.errors(draft.root))
                    .as(
                            "seed %d: the schema on a file with %s, of which the binder says [%s]%n%s",
                            seed, mutation, binder.apply(draft.root), spoilt)
                    .isNotEmpty();
        }
    }

    private Problems problemsOfPipeline(Object root) {
        Problems problems = new Problems();
        new PipelineReader<>(new EveryType(installed), DeliveryOptions.class, values::variable)
                .read(write(root), problems);
        return problems;
    }

    private Problems problemsOfHost(Object root) {
        Problems problems = new Problems();
        HostSettings.read(write(root), values::variable, problems);
        return problems;
    }

    private Path write(Object root) {
        try {
            return Files.writeString(folder.resolve("file.yaml"), Yaml.write(root));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

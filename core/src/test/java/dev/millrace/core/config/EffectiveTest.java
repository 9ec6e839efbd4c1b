package dev.millrace.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The configuration as the host understands it, printed and compared. */
final class EffectiveTest {
    private static final String WEB = """
            inputs:
              - Type: service_prometheus
                ScrapeConfigs:
                  - {job_name: node, params: {q: '', a: "1"}}
            flushers:
              - Type: flusher_prometheus
                Endpoint: 'http://me:pw@${env:HOST:-there}/write?token=1'
                Timeout: 120s
                Interceptors: [ext_chain]
              - Type: flusher_http/two
                Authenticator: {Type: ext_basicauth}
            extensions:
              - Type: ext_basicauth/main
                Username: "#me"
                Password: ${env:PASSWORD}
              - {Type: ext_chain, Next: ext_basicauth/main}
            """;
    private static final String SIGNS = "aZ09 \t\n:#-'\"\\{}[],&*!|>%@`~?<$/._=+é\u2028😀";

    @TempDir
    Path folder;

    private final PipelineReader<Plugins.Delivery> reader =
            new PipelineReader<>(new Plugins(), Plugins.Delivery.class, Map.of("PASSWORD", "hush: 'hush'")::get);

    private PipelineConfig<Plugins.Delivery> read(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("web.yaml"), text);
        Problems problems = new Problems();
        PipelineFile<Plugins.Delivery> read = reader.read(file, problems);
        assertThat(problems.problems()).as(text).isEmpty();
        return ((PipelineFile.Valid<Plugins.Delivery>) read).config();
    }

    private String print(String text, boolean defaults) throws IOException {
        return EffectiveYaml.of(read(text).effective(), defaults).replace(folder + "/", "");
    }

    @Test
    void printsEachValueWithWhereItComesFrom() throws IOException {
        assertThat(print(WEB, true)).isEqualTo("""
                enable: true                                              # default
                global:
                  Durability: fsync                                       # default
                  WhenFull: refuse                                        # default
                  GroupTags: {}                                           # default
                inputs:
                  - Type: input_prometheus                                # web.yaml:2
                    ScrapeConfigs:
                      - job_name: node                                    # web.yaml:4
                        scrape_interval: 1m                               # default
                        params:
                          q: ''                                           # web.yaml:4
                          a: 1                                            # web.yaml:4
                processors: []                                            # default
                aggregators: []                                           # default
                flushers:
                  - Type: flusher_prometheus                              # web.yaml:6
                    Endpoint: 'http://<redacted>@there/write?<redacted>'  # ${env:HOST} at web.yaml:7
                    Timeout: 2m                                           # web.yaml:8
                    Headers: {}                                           # default
                    Interceptors:
                      - ext_chain                                         # web.yaml:9
                    Encoder:
                      Type: ext_default_encoder                           # default
                      Format: prometheus                                  # default
                    Retry:
                      InitialDelay: 30ms                                  # default
                  - Type: flusher_http/two                                # web.yaml:10
                    Timeout: 1m                                           # default
                    Headers: {}                                           # default
                    Authenticator: ext_basicauth/main                     # web.yaml:11
                    Interceptors: []                                      # default
                    Retry:
                      InitialDelay: 30ms                                  # default
                extensions:
                  - Type: ext_basicauth/main                              # web.yaml:13
                    Username: '#me'                                       # web.yaml:14
                    Password: '<redacted>'                                # ${env:PASSWORD} at web.yaml:15
                    Cache: 0B                                             # default
                  - Type: ext_chain                                       # web.yaml:16
                    Next: ext_basicauth/main                              # web.yaml:16
                """);
    }

    @Test
    void leavesOutWhatNobodyWrote() throws IOException {
        String printed = print("""
                inputs: [{Type: metric_mock}]
                flushers: [{Type: flusher_http, Headers: {a: b}}]
                """, false);
        assertThat(printed).isEqualTo("""
                inputs:
                  - Type: metric_mock   # web.yaml:1
                flushers:
                  - Type: flusher_http  # web.yaml:2
                    Headers:
                      a: b              # web.yaml:2
                """);
    }

    @Test
    void whatIsPrintedIsTheSameConfiguration() throws IOException {
        long seed = Long.getLong("millrace.seed", System.nanoTime());
        System.out.println("EffectiveTest: -Dmillrace.seed=" + seed);
        SplittableRandom random = new SplittableRandom(seed);
        isTheSame(read(WEB));
        for (int round = 0; round < 300; round++) {
            isTheSame(read(pipeline(random)));
        }
    }

    private void isTheSame(PipelineConfig<Plugins.Delivery> before) throws IOException {
        String text = EffectiveYaml.of(before.effective(), true, Effective.Value::text);
        PipelineConfig<Plugins.Delivery> after = read(text);
        assertThat(after.fingerprint()).as(text).isEqualTo(before.fingerprint());
        assertThat(EffectiveDiff.between(before.effective(), after.effective())).isEmpty();
        assertThat(after.settings()).isEqualTo(before.settings());
        assertThat(components(after)).as(text).isEqualTo(components(before));
        assertThat(after.flushers().stream().map(FlusherConfig::hostOptions))
                .containsExactlyElementsOf(before.flushers().stream()
                        .map(FlusherConfig::hostOptions)
                        .toList());
    }

    private static List<List<Object>> components(PipelineConfig<?> config) {
        return config.components()
                .map(component -> List.<Object>of(
                        component.id(), component.options(), component.references(), component.fingerprint()))
                .toList();
    }

    private static String pipeline(SplittableRandom random) {
        String authenticator = switch (random.nextInt(5)) {
            case 0 -> "Authenticator: ext_basicauth";
            case 1 -> "Authenticator: {Type: ext_chain, Next: ext_basicauth/main}";
            case 2 -> "Authenticator: {Type: ext_chain, Options: {Next: {Type: ext_chain, Next: ext_basic}}}";
            case 3 -> "Interceptors: [ext_basicauth, {Type: ext_chain, Next: ext_basicauth}]";
            default -> "Headers: {" + text(random) + ": " + text(random) + ", b: " + text(random) + "}";
        };
        return "global: {MaxBytes: " + random.nextInt(1, 5000) + "KiB, GroupTags: {x: " + text(random) + "}}\n"
                + "inputs:\n  - Type: service_prometheus/x\n    ScrapeConfigs:\n      - {job_name: " + text(random)
                + ", scrape_interval: " + random.nextInt(1, 100_000) + "ms}\n      - {job_name: j, params: {"
                + text(random) + ": " + text(random) + "}}\n"
                + "flushers:\n  - Type: flusher_prometheus\n    Endpoint: " + text(random) + "\n    " + authenticator
                + "\n    Timeout: " + random.nextInt(1, 9) + "m" + random.nextInt(60) + "s\n"
                + (random.nextBoolean() ? "    Retry: {MaxRetryTimes: " + random.nextInt() + "}\n" : "")
                + "extensions:\n  - Type: ext_basic/main\n    Username: 'u'\n    Password: " + text(random) + "\n";
    }

    /* In the one form of YAML that has all characters; a dollar that begins a reference is left out. */
    private static String text(SplittableRandom random) {
        StringBuilder text = new StringBuilder("\"");
        int[] signs = SIGNS.codePoints().toArray();
        for (int i = random.nextInt(1, 12); i > 0; i--) {
            text.append(String.format("\\U%08x", signs[random.nextInt(signs.length)]));
        }
        return text.append('"').toString();
    }

    @Test
    void neitherCommentsNorOrderNorFormAreADifference() throws IOException {
        PipelineConfig<?> before = read(WEB);
        PipelineConfig<?> after = read("# a comment\n"
                + WEB.replace("120s", "'2m' # the same")
                        .replace("service_prometheus", "input_prometheus")
                        .replace(
                                "Username: \"#me\"\n    Password: ${env:PASSWORD}",
                                "Password: \"hush: 'hush'\"\n" + "    Cache: 0B\n    Username: '#me'"));
        assertThat(EffectiveDiff.between(before.effective(), after.effective())).isEmpty();
        assertThat(after.fingerprint()).isEqualTo(before.fingerprint());
    }

    @Test
    void tellsWhatIsNewAndGoneAndChangedWithoutSecrets() throws IOException {
        PipelineConfig<?> before = read(WEB);
        PipelineConfig<?> after = read(WEB.replace("120s", "10s")
                .replace("token=1", "token=2")
                .replace("${env:PASSWORD}", "changed")
                .replace("flusher_http/two", "flusher_http/three")
                .replace("[ext_chain]", "[ext_basicauth/main, ext_chain]")
                .replace("a: \"1\"", "b: 2")
                .replace("inputs:\n", "inputs:\n  - Type: metric_mock\n"));
        assertThat(EffectiveDiff.between(before.effective(), after.effective()).stream()
                        .map(line -> line.replace(folder + "/", "")))
                .containsExactly(
                        "+ metric_mock  # web.yaml:2",
                        "+ input_prometheus.ScrapeConfigs[0].params.b: 2  # web.yaml:5",
                        "- input_prometheus.ScrapeConfigs[0].params.a: 1  # web.yaml:4",
                        "~ flusher_prometheus.Endpoint: changed, but is not shown  # ${env:HOST} at web.yaml:8",
                        "~ flusher_prometheus.Timeout: 2m -> 10s  # web.yaml:9",
                        "+ flusher_prometheus.Interceptors.ext_basicauth/main  # web.yaml:10",
                        "+ flusher_http/three  # web.yaml:11",
                        "+ flusher_http/three.Authenticator: ext_basicauth/main  # web.yaml:12",
                        "- flusher_http/two  # web.yaml:10",
                        "- flusher_http/two.Authenticator: ext_basicauth/main  # web.yaml:11",
                        "~ ext_basicauth/main.Password: changed, but is not shown  # web.yaml:16");
    }

    @Test
    void tellsAnotherOrderOfComponents() throws IOException {
        String two = """
                inputs: [{Type: metric_mock}]
                processors: [{Type: processor_rename/a}, {Type: processor_rename/b}]
                flushers: [{Type: flusher_stdout}]
                """;
        PipelineConfig<?> after =
                read(two.replace("/a", "/c").replace("/b", "/a").replace("/c", "/b"));
        assertThat(EffectiveDiff.between(read(two).effective(), after.effective()))
                .containsExactly("~ processors: another order: processor_rename/b, processor_rename/a  # "
                        + folder.resolve("web.yaml") + ":2");
    }
}

package dev.millrace.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys that name the plugin of the components that stand under them. */
final class ComponentKeysTest {
    private static final String FLUSHER = "flushers: [{Type: flusher_stdout}]\n";

    @TempDir
    Path folder;

    private final Problems problems = new Problems();

    private PipelineFile<Plugins.Delivery> read(String yaml) {
        try {
            Path file = Files.writeString(folder.resolve("p.yaml"), FLUSHER + yaml);
            return new PipelineReader<>(new Plugins(), Plugins.Delivery.class, Map.<String, String>of()::get)
                    .read(file, problems);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private PipelineConfig<Plugins.Delivery> config(String yaml) {
        PipelineFile<Plugins.Delivery> file = read(yaml);
        assertThat(problems.problems()).isEmpty();
        return ((PipelineFile.Valid<Plugins.Delivery>) file).config();
    }

    private List<String> ids(String yaml) {
        return config(yaml).extensions().stream()
                .map(extension -> extension.id().toString())
                .toList();
    }

    private List<String> problemsOf(String yaml) {
        read(yaml);
        return problems.problems().stream()
                .map(problem -> problem.toString().replace(folder + "/", ""))
                .toList();
    }

    @Test
    void makesAComponentOfEachItemKnownByTheNameOfItsOwner() {
        PipelineConfig<Plugins.Delivery> config = config("""
                inputs:
                  - Type: input_prometheus
                    ScrapeConfigs:
                      - job_name: web
                        file_sd_configs: [{file: a}, {file: b}]
                      - job_name: db
                        file_sd_configs: [{file: c}]
                      - job_name: none
                        file_sd_configs:
                """);

        assertThat(config.extensions().stream().map(extension -> extension.id() + " " + extension.options()))
                .containsExactlyInAnyOrder(
                        "discovery_file/input_prometheus.ScrapeConfigs.web.file_sd_configs FileOptions[file=a]",
                        "discovery_file/input_prometheus.ScrapeConfigs.web.file_sd_configs.2 FileOptions[file=b]",
                        "discovery_file/input_prometheus.ScrapeConfigs.db.file_sd_configs FileOptions[file=c]");
        Plugins.InputOptions options =
                (Plugins.InputOptions) config.inputs().get(0).options();
        assertThat(options.scrapeConfigs().get(0).discoveries())
                .extracting(reference -> reference.id().toString())
                .containsExactly(
                        "discovery_file/input_prometheus.ScrapeConfigs.web.file_sd_configs",
                        "discovery_file/input_prometheus.ScrapeConfigs.web.file_sd_configs.2");
        assertThat(config.inputs().get(0).references()).hasSize(3);
    }

    @Test
    void worksInADocumentToo() {
        assertThat(ids("""
                inputs:
                  - Type: input_prometheus/one
                    Yaml: 'scrape_configs: [{job_name: web, file_sd_configs: [{file: a}]}]'
                  - Type: input_prometheus/two
                    Yaml: 'scrape_configs: [{job_name: web, file_sd_configs: [{file: a}]}]'
                    ScrapeConfigs: [{job_name: web, file_sd_configs: [{file: b}]}]
                """))
                .containsExactlyInAnyOrder(
                        "discovery_file/input_prometheus/one.Yaml.scrape_configs.web.file_sd_configs",
                        "discovery_file/input_prometheus/two.Yaml.scrape_configs.web.file_sd_configs",
                        "discovery_file/input_prometheus/two.ScrapeConfigs.web.file_sd_configs");
    }

    @Test
    void isPrintedAsItIsWritten() {
        String yaml = EffectiveYaml.of(config("""
                        inputs:
                          - Type: input_prometheus
                            ScrapeConfigs:
                              - job_name: web
                                file_sd_configs: [{file: a}]
                        """).effective(), false).replace(folder + "/", "");

        assertThat(yaml).contains("""
                    ScrapeConfigs:
                      - job_name: web       # p.yaml:5
                        file_sd_configs:
                          - file: a         # p.yaml:6
                """);
    }

    @Test
    void aChangeOfOneComponentIsNoneOfAnother() {
        String text = "inputs: [{Type: input_prometheus, ScrapeConfigs: [{job_name: web, file_sd_configs: [{file: a}]},"
                + " {job_name: db, file_sd_configs: [{file: b}]}]}]";
        List<ComponentConfig<?, ?>> before = config(text).extensions();
        List<ComponentConfig<?, ?>> after =
                config(text.replace("file: b", "file: c").replace("web", "a")).extensions();

        assertThat(before.get(0).isSameAs(after.get(0))).isFalse(); // it is that of another job
        assertThat(before.get(1).isSameAs(after.get(1))).isFalse();
        assertThat(before.get(0)
                        .isSameAs(config(text.replace("file: b", "file: c"))
                                .extensions()
                                .get(0)))
                .isTrue();
        assertThat(EffectiveDiff.between(
                        config(text).effective(),
                        config(text.replace("file: b", "file: c")).effective()))
                .singleElement()
                .asString()
                .startsWith("~ input_prometheus.ScrapeConfigs[1].file_sd_configs[0].file: b -> c");
    }

    @Test
    void saysWhichPluginIsMissingAndWhichAreThere() {
        assertThat(problemsOf("""
                inputs:
                  - Type: input_prometheus
                    ScrapeConfigs:
                      - job_name: web
                        consul_sd_configs: [{server: a}, {server: b}]
                        none_sd_configs: []
                        file_sd_config: [{file: a}]
                """))
                .containsExactly(
                        "p.yaml:6:9: inputs[0].ScrapeConfigs[0].consul_sd_configs: no plugin 'discovery_consul' is"
                                + " installed, which 'consul_sd_configs' takes; installed are: file_sd_configs",
                        "p.yaml:7:9: inputs[0].ScrapeConfigs[0].none_sd_configs: no plugin 'discovery_none' is"
                                + " installed, which 'none_sd_configs' takes; installed are: file_sd_configs",
                        "p.yaml:8:9: inputs[0].ScrapeConfigs[0]: unknown key 'file_sd_config'; did you mean"
                                + " 'file_sd_configs'?");
    }

    @Test
    void namesThePlaceOfWhatIsNoList() {
        assertThat(problemsOf("""
                inputs:
                  - Type: input_prometheus
                    ScrapeConfigs:
                      - job_name: web
                        file_sd_configs: {file: a}
                      - job_name: db
                        file_sd_configs: [a, {fil: a}]
                """))
                .containsExactlyInAnyOrder(
                        "p.yaml:6:26: inputs[0].ScrapeConfigs[0].file_sd_configs: a mapping (expected: a list)",
                        "p.yaml:8:27: inputs[0].ScrapeConfigs[1].file_sd_configs[0]: a text (expected: a mapping of"
                                + " keys)",
                        "p.yaml:8:31: inputs[0].ScrapeConfigs[1].file_sd_configs[1]: unknown key 'fil'; did you mean"
                                + " 'file'?");
    }
}

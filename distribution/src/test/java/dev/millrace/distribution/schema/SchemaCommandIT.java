package dev.millrace.distribution.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.distribution.run.Commands;
import dev.millrace.distribution.run.Installation;
import dev.millrace.distribution.run.Millrace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command {@code config schema}. */
final class SchemaCommandIT {
    private static final Pattern YAML = Pattern.compile("(?ms)^```yaml\n(.*?)^```$");

    private static final Pattern COMMANDS =
            Pattern.compile("(?ms)^<!-- run by schema/SchemaCommandIT -->\n```sh\n(.*?)^```$");

    @TempDir
    Path folder;

    @Test
    void acceptsThePipelinesThatShipAndThoseOfTheDocuments() throws IOException {
        Validator schema = Validator.of(schema(Millrace.HOME, "config", "schema"));
        List<String> pipelines = Stream.concat(
                        files(Millrace.HOME.resolve("conf/pipelines")).map(SchemaCommandIT::text), blocks())
                .toList();
        assertThat(pipelines)
                .hasSizeGreaterThanOrEqualTo(4)
                .allSatisfy(pipeline -> assertThat(schema.errors(Yaml.read(pipeline)))
                        .as(pipeline)
                        .isEmpty());
        assertThat(schema.errors(Yaml.read(pipelines.get(0).replaceFirst("Type", "Typ"))))
                .isNotEmpty();
    }

    @Test
    void acceptsTheFileOfTheHostAlsoWithWhatIsCommentedOut() {
        Validator schema = Validator.of(schema(Millrace.HOME, "config", "schema", "--host"));
        String file = text(Millrace.HOME.resolve("conf/millrace.yaml"));
        assertThat(schema.errors(Yaml.read(file))).isEmpty();
        assertThat(schema.errors(Yaml.read(file.replaceAll("(?m)^#(?! )", "")))).isEmpty();
        assertThat(schema.errors(Yaml.read("Admin: {Adress: here}"))).isNotEmpty();
    }

    @Test
    void acceptsTheTestsOfTheDocuments() throws IOException {
        Validator schema = Validator.of(schema(Millrace.HOME, "config", "schema", "--tests"));
        Matcher tests =
                Pattern.compile("(?ms)^```\n(Pipeline: .*?)^```$").matcher(text(Path.of("docs/testing-pipelines.md")));
        assertThat(tests.find()).isTrue();
        assertThat(schema.errors(Yaml.read(tests.group(1)))).isEmpty();
        assertThat(schema.errors(Yaml.read(tests.group(1).replace("Expect", "Expected"))))
                .isNotEmpty();
    }

    @Test
    void knowsThePluginsThatAreInstalled() throws IOException {
        Path home = Installation.copyTo(folder.resolve("home"));
        Object pipeline = Yaml.read("{inputs: [{Type: metric_mock}], flushers: [{Type: flusher_stdout}]}");
        assertThat(Validator.of(schema(home, "config", "schema")).errors(pipeline))
                .isEmpty();
        Files.delete(home.resolve("plugins/flusher_stdout.jar"));
        assertThat(Validator.of(schema(home, "config", "schema")).errors(pipeline))
                .isNotEmpty();
    }

    @Test
    void theCommandsOfThePageMakeSchemasForAnEditor() throws IOException {
        Path home = Installation.copyTo(folder.resolve("home"));
        String page = Files.readString(Path.of("docs/configuration.md"));
        Matcher commands = COMMANDS.matcher(page);
        assertThat(commands.find()).isTrue();
        Commands.Result result = Commands.run(Map.of(), List.of("sh", "-ec", "cd " + home + "\n" + commands.group(1)));
        assertThat(result.errors()).isEmpty();
        assertThat(result.exitCode()).isZero();
        Matcher schemas = Pattern.compile("\\$schema=([a-z./]+)").matcher(page);
        assertThat(schemas.find()).isTrue();
        Path pipeline = home.resolve("conf/pipelines/self.yaml");
        assertThat(errors(pipeline.resolveSibling(schemas.group(1)), pipeline)).isEmpty();
        assertThat(schemas.find()).isTrue();
        Path host = home.resolve("conf/millrace.yaml");
        assertThat(errors(host.resolveSibling(schemas.group(1)), host)).isEmpty();
        assertThat(errors(host.resolveSibling(schemas.group(1)), pipeline)).isNotEmpty();
    }

    private static List<?> errors(Path schema, Path document) {
        return Validator.of(text(schema)).errors(Yaml.read(text(document)));
    }

    private static String schema(Path home, String... command) {
        Commands.Result result = Commands.millrace(home, Map.of(), command);
        assertThat(result.errors()).isEmpty();
        assertThat(result.exitCode()).isZero();
        return String.join("\n", result.output());
    }

    private static Stream<String> blocks() throws IOException {
        return files(Path.of("docs"))
                .filter(page -> page.toString().endsWith(".md"))
                .flatMap(page -> YAML.matcher(text(page)).results().map(match -> match.group(1)).toList().stream());
    }

    private static Stream<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList().stream();
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

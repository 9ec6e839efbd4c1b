package dev.millrace.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.distribution.run.Commands;
import dev.millrace.distribution.run.Millrace;
import dev.millrace.distribution.run.ReadmeFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the documents say, held against what is there. */
final class DocumentationIT {
    private static final Path DOCS = Path.of("docs");
    private static final Path README = Path.of("../README.md");
    private static final Pattern YAML = Pattern.compile("(?ms)^```yaml\n(.*?)^```$");
    private static final Pattern BLOCK = Pattern.compile(
            "(?ms)(?:^<!-- (?:run by (\\S+)|not run by a test: [^\n]+) -->\n)?^```([a-z]*)[^\n]*\n(.*?)^```$");
    private static final Pattern COMMAND =
            Pattern.compile("(?m)^(\\.ci/|bin/|distribution/|millrace|mvn|java|tar|curl|docker|systemctl) ?");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)\\)");
    private static final Pattern CODE = Pattern.compile("`[^`\n]*`");
    private static final Pattern METRIC = Pattern.compile("`(millrace_[a-z_]+)`");
    private static final String STDOUT = "inputs:\n  - Type: metric_mock\nflushers:\n  - Type: flusher_stdout\n";

    @TempDir
    Path folder;

    @Test
    void theReadmeBuildsRunsTheDemoAndTests() throws IOException {
        assertThat(ReadmeFiles.of(README).commands())
                .startsWith(
                        "mvn -B -DskipTests package && distribution/target/millrace/bin/millrace demo\n",
                        "mvn -B -ntp verify\n");
    }

    @Test
    void everyLinkLeadsSomewhere() throws IOException {
        for (Path page : pages()) {
            Matcher link = LINK.matcher(CODE.matcher(Files.readString(page)).replaceAll(""));
            while (link.find()) {
                assertThat(page.resolveSibling(link.group(1)))
                        .as("link in %s", page)
                        .exists();
            }
        }
    }

    @Test
    void everyBlockOfCommandsNamesTheTestThatRunsIt() throws IOException {
        for (Path page : pages()) {
            Matcher block = BLOCK.matcher(Files.readString(page));
            while (block.find()) {
                if (!block.group(2).equals("sh")) {
                    assertThat(block.group(3))
                            .as("block in %s that is not marked as commands", page)
                            .doesNotContainPattern(COMMAND);
                    continue;
                }
                assertThat(block.group())
                        .as("in %s (expected: a line before it that says '<!-- run by SomeIT -->')", page)
                        .startsWith("<!-- ");
                if (block.group(1) != null) {
                    checkRunner(block.group(1), page, block.group(3));
                }
            }
        }
    }

    /** A script of the project holds the commands themselves; a test beside this one reads them from the page. */
    private static void checkRunner(String runner, Path page, String commands) throws IOException {
        boolean script = runner.startsWith(".");
        Path file =
                script ? Path.of("..", runner) : Path.of("src/test/java/dev/millrace/distribution", runner + ".java");
        assertThat(Files.readString(file))
                .as("%s, which runs commands of %s", runner, page)
                .contains(script ? commands : page.getFileName().toString());
    }

    @Test
    void everyPipelineInADocumentIsValid() throws IOException {
        Millrace millrace = Millrace.in(folder);
        int pipelines = 0;
        for (Path page : pages()) {
            if (page.startsWith("../spi")) {
                continue; // AuthorsIT has its plugin
            }
            Matcher block = YAML.matcher(Files.readString(page));
            while (block.find()) {
                millrace.pipeline("pipeline" + pipelines++, block.group(1));
            }
        }
        assertThat(pipelines).isGreaterThanOrEqualTo(2);
        Commands.Result result =
                Commands.millrace("validate", "--conf", millrace.conf().toString());
        assertThat(result.errors()).isEmpty();
        assertThat(result.exitCode()).isZero();
    }

    @Test
    void everyMetricIsDocumented() throws IOException {
        Set<String> documented = new TreeSet<>();
        Matcher metric = METRIC.matcher(Files.readString(DOCS.resolve("operations.md")));
        while (metric.find()) {
            documented.add(metric.group(1));
        }
        try (Millrace millrace = Millrace.in(folder).pipeline("prints", STDOUT).start()) {
            assertThat(millrace.metricNames()).isNotEmpty().isSubsetOf(documented);
        }
    }

    @Test
    void everyPluginAndExitCodeIsDocumented() throws IOException {
        String plugins = Files.readString(DOCS.resolve("plugins.md"));
        try (Stream<Path> shipped = Files.list(Millrace.HOME.resolve("plugins"))) {
            assertThat(shipped.map(file -> file.getFileName().toString())
                            .filter(name -> !name.startsWith("."))
                            .map(name -> name.replace(".jar", "")))
                    .allSatisfy(plugin -> assertThat(plugins).contains("| `" + plugin + "` |"));
        }
        String operations = Files.readString(DOCS.resolve("operations.md"));
        assertThat(Commands.millrace("--help").output().stream()
                        .map(String::strip)
                        .filter(line -> line.matches("[0-9] .*")))
                .hasSize(8)
                .allSatisfy(line -> assertThat(operations).contains("| " + line.charAt(0) + " | "));
    }

    private static List<Path> pages() throws IOException {
        try (Stream<Path> docs = Files.list(DOCS)) {
            return Stream.concat(
                            Stream.of(README, Path.of("../spi/README.md"), Path.of("../CONTRIBUTING.md")),
                            docs.filter(file -> file.toString().endsWith(".md")))
                    .toList();
        }
    }
}

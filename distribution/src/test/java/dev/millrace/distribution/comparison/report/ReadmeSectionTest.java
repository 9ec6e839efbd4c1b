package dev.millrace.distribution.comparison.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.distribution.comparison.load.Load;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReadmeSectionTest {
    private static final Results RESULTS = new Results(
            "steady",
            "How.",
            "On what",
            List.of(new Contestant("a", "A", "a")),
            List.of(new Part(
                    "steady",
                    new Load(1, 1, Duration.ofSeconds(1), 1),
                    List.of(Figure.CPU),
                    List.of(new Turn("a", 1, Map.of(Figure.CPU, 2.0))))),
            List.of());

    @TempDir
    Path project;

    @Test
    void writesWhatStandsBetweenTheMarksAndTheChart() throws IOException {
        Path readme = project.resolve("README.md");
        Files.writeString(readme, """
                before
                <!-- measured: written by distribution/benchmarks/bench run --publish -->
                old
                <!-- end of measured -->
                after
                """);
        ReadmeSection.write(project, RESULTS);
        assertThat(readme)
                .content()
                .startsWith("before\n<!-- measured")
                .contains("How.\nOn what.\n\n![", "| A       | 2.00 ")
                .doesNotContain("old")
                .endsWith("<!-- end of measured -->\nafter\n");
        assertThat(project.resolve("distribution/docs/benchmarks/steady.svg"))
                .content()
                .startsWith("<svg ");
    }

    @Test
    void theProjectsOwnReadmeHasTheMarks() throws IOException {
        String readme = Files.readString(Path.of("../README.md"));
        assertThat(ReadmeSection.replace(readme, RESULTS)).contains("| A ");
    }

    @Test
    void aReadmeWithoutTheMarksIsRefused() {
        assertThatThrownBy(() -> ReadmeSection.replace("nothing", RESULTS))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("README.md has no section from '<!-- measured");
    }
}

package dev.millrace.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.distribution.run.Commands;
import dev.millrace.distribution.run.Millrace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code millrace tap} shows, with the commands of the documents. */
@Tag("servers") // no server, but much time
final class TapIT {
    @TempDir
    Path folder;

    @Test
    void showsWhatPassesEachComponent() throws Exception {
        try (Millrace millrace = Millrace.in(folder).pipeline("web", """
                inputs:
                  - {Type: metric_mock, IntervalMs: 200, Name: requests, Series: 2}
                processors:
                  - {Type: processor_add_fields, Fields: {zone: a}}
                flushers: [{Type: flusher_stdout}]
                """)) {
            millrace.start();
            assertThat(tap(millrace, "web/metric_mock", "--limit", "3"))
                    .hasSize(5)
                    .startsWith("# what passes from now on", "# web/metric_mock out")
                    .last()
                    .asString()
                    .matches("requests\\{.*series=\"[0-9]\".*} [0-9]+ [0-9]{13}")
                    .doesNotContain("zone");
            assertThat(tap(millrace, "web/processor_add_fields", "--match", "requests{series=~\"1\"}", "--limit", "2"))
                    .hasSize(4)
                    .allMatch(line ->
                            line.startsWith("#") || line.contains("zone=\"a\"") && line.contains("series=\"1\""));
            assertThat(tap(millrace, "web/processor_add_fields", "--in", "--limit", "1"))
                    .last()
                    .asString()
                    .doesNotContain("zone");
            assertThat(tap(millrace, "web/flusher_stdout", "--format", "json", "--limit", "1"))
                    .last()
                    .asString()
                    .startsWith("{\"pipeline\":\"web\",\"component\":\"flusher_stdout\",\"side\":\"in\",\"labels\":{")
                    .contains("\"zone\":\"a\"");

            Commands.Result wrong = run(millrace, "web/flusher_stdot");
            assertThat(wrong.exitCode()).isEqualTo(2);
            assertThat(wrong.errors())
                    .containsExactly(
                            "millrace: no such component (expected: web/flusher_stdout, web/metric_mock, web/processor_add_fields)");
            assertThat(run(millrace, "web", "--match", "{").exitCode()).isEqualTo(2);
        }
    }

    /** The commands of operations.md, each of which ends after an item. */
    @Test
    void theDocumentedCommandsShowSomething() throws Exception {
        Matcher block = Pattern.compile("(?ms)^<!-- run by TapIT -->\n```sh\n(.*?)^```$")
                .matcher(Files.readString(Path.of("docs/operations.md")));
        assertThat(block.find()).isTrue();
        try (Millrace millrace = Millrace.in(folder).pipeline("self", """
                inputs: [{Type: metric_self, Interval: 1s}]
                processors: [{Type: processor_add_fields, Fields: {zone: a}}]
                flushers: [{Type: flusher_stdout}]
                """)) {
            millrace.start();
            for (String command : block.group(1).split("\n")) {
                String ended = Millrace.HOME + "/" + command.replaceAll(" --limit [0-9]+", "") + " --limit 1 --data "
                        + millrace.data();
                Commands.Result result = Commands.run(Map.of(), List.of("sh", "-c", ended));
                assertThat(result.errors()).as(command).isEmpty();
                assertThat(result.exitCode()).as(command).isZero();
                assertThat(result.output()).as(command).last().asString().contains("millrace_");
            }
        }
    }

    @Test
    void saysThatNothingRuns() {
        Commands.Result result = Commands.millrace("tap", "--data", folder.toString());
        assertThat(result.exitCode()).isEqualTo(6);
    }

    private static List<String> tap(Millrace millrace, String... arguments) {
        Commands.Result result = run(millrace, arguments);
        assertThat(result.errors()).isEmpty();
        assertThat(result.exitCode()).isZero();
        return result.output();
    }

    private static Commands.Result run(Millrace millrace, String... arguments) {
        List<String> all = new ArrayList<>(List.of("tap"));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--data", millrace.data().toString()));
        return Commands.millrace(all.toArray(String[]::new));
    }
}

package dev.millrace.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.distribution.run.Commands;
import dev.millrace.distribution.run.Installation;
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

/** What {@code millrace test} says of tests of pipelines: those of the documents, and others. */
@Tag("servers") // no server, but much time
final class PipelineTestsIT {
    private static final String PIPELINE = """
            global:
              GroupTags: {cluster: eu-1}
            inputs: [{Type: metric_mock}]
            processors:
              - {Type: processor_filter, Exclude: {mode: idle}}
              - {Type: processor_aggregate, Interval: 1m, Without: [pod], Outputs: [sum, last], Include: {__name__: requests}}
              - {Type: processor_relabel, RelabelConfigs: [{regex: 'tmp_.*', action: labeldrop}]}
            flushers:
              - {Type: flusher_stdout, Matchers: ['__name__!~"requests.*"']}
              - {Type: flusher_stdout/requests, Matchers: ['__name__=~"requests.*"']}
            """;

    @TempDir
    Path folder;

    private Commands.Result test(String name, String content) throws Exception {
        Files.writeString(folder.resolve("web.yaml"), PIPELINE);
        Path file = Files.writeString(folder.resolve(name), content);
        return Commands.millrace("test", file.toString(), "--conf", folder.toString());
    }

    @Test
    void runsThePipelineWithTimeThatPassesAtOnce() throws Exception {
        Commands.Result result = test("good.yaml", """
                Pipeline: web.yaml
                Cases:
                  - Name: idle CPUs are dropped, and each flusher gets its own
                    Input: |
                      # two at the beginning, one later
                      cpu{mode="idle"} 5
                      cpu{mode="user",tmp_a="x"} 7
                      cpu{mode="user"} 8 30s
                    Expect:
                      flusher_stdout: |
                        cpu{mode="user",cluster="eu-1"} 8 30s
                        cpu{mode="user",cluster="eu-1"} 7
                      flusher_stdout/requests: ''
                  - Name: requests are added up each minute
                    Interval: 15s
                    Series:
                      requests{pod="a"}: _ 1 2 3 4 5
                      requests{pod="b"}: _ 10x4 stale
                    Until: 3m
                    Expect:
                      flusher_stdout: ''
                      flusher_stdout/requests: |
                        requests:1m_without_pod_sum{cluster="eu-1"} 50 1m
                        requests:1m_without_pod_last{cluster="eu-1"} 10 1m
                        requests:1m_without_pod_sum{cluster="eu-1"} 15 2m
                        requests:1m_without_pod_last{cluster="eu-1"} 10
                """);
        assertThat(result.errors()).isEmpty();
        assertThat(result.output()).endsWith("2 tests: 2 passed, 0 failed");
        assertThat(result.exitCode()).isZero();
    }

    /** testing-pipelines.md: its pipeline, its tests, its command and what that prints. */
    @Test
    void theDocumentedTestsPass() throws Exception {
        Path home = Installation.copyTo(folder.resolve("home"));
        List<String> blocks = new ArrayList<>();
        Matcher block = Pattern.compile("(?ms)^```[a-z]*\n(.*?)^```$")
                .matcher(Files.readString(Path.of("docs/testing-pipelines.md")));
        while (block.find()) {
            blocks.add(block.group(1));
        }
        Files.writeString(home.resolve("conf/pipelines/web.yaml"), blocks.get(0));
        Files.writeString(Files.createDirectories(home.resolve("conf/tests")).resolve("web.yaml"), blocks.get(1));
        Commands.Result result = Commands.run(Map.of(), List.of("sh", "-c", "cd " + home + " && " + blocks.get(2)));
        assertThat(result.errors()).isEmpty();
        assertThat(result.output()).containsExactly(blocks.get(3).split("\n"));
        assertThat(result.exitCode()).isZero();
    }

    @Test
    void showsWhatIsOtherwise() throws Exception {
        Commands.Result result = test("bad.yaml", """
                Pipeline: web.yaml
                Cases:
                  - Name: up passes
                    Input: up 1
                    Expect: {flusher_stdout: 'up{cluster="eu-1"} 1'}
                  - Name: up is wrong
                    Input: |
                      up 1
                      down 1
                    Expect: {flusher_stdout: 'up{cluster="eu-2"} 1'}
                """);
        assertThat(result.errors()).isEmpty();
        assertThat(result.output()).containsExactly((folder.resolve("bad.yaml") + """

                  ok    up passes
                  FAIL  up is wrong
                        flusher_stdout (- expected, + came instead):
                          - up{cluster="eu-2"} 1
                          + up{cluster="eu-1"} 1 0s
                          + down{cluster="eu-1"} 1 0s
                2 tests: 1 passed, 1 failed""").split("\n"));
        assertThat(result.exitCode()).isEqualTo(1);
    }

    @Test
    void saysWhatIsWrongInAFile() throws Exception {
        Commands.Result unknown = test("unknown.yaml", """
                Pipeline: web.yaml
                Cases:
                  - {Name: a, Input: up 1, Expect: {flusher_http: up 1}}
                  - {Name: b, Input: up, Expect: {flusher_stdout: up 1}}
                """);
        assertThat(unknown.exitCode()).isEqualTo(2);
        assertThat(unknown.errors())
                .anySatisfy(
                        line -> assertThat(line)
                                .contains(
                                        "unknown.yaml: a: Expect: flusher_http (expected: flusher_stdout, flusher_stdout/requests)"))
                .anySatisfy(line -> assertThat(line).contains("unknown.yaml: b: 'up' (expected: a line such as"));
        Commands.Result inline = test("inline.test.yaml", """
                Inline: |
                  inputs: [{Type: metric_mock}]
                  flushers: [{Type: flusher_stdot}]
                Cases:
                  - {Name: a, Input: up 1, Expect: {flusher_stdout: up 1}}
                """);
        assertThat(inline.exitCode()).isEqualTo(2);
        assertThat(inline.errors())
                .singleElement()
                .asString()
                .contains("inline.test.yaml: Inline:2:", "flusher_stdot", "did you mean");
    }
}

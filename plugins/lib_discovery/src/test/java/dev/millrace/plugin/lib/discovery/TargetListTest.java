package dev.millrace.plugin.lib.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.spi.extension.TargetGroup;
import dev.millrace.spi.testing.Fuzz;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TargetListTest {
    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void readsJson() throws MalformedListException {
        TargetList list = TargetList.ofJson(bytes("""
                [
                \t{"targets": ["a:1", "b\\/\\ud83d\\ude00"], "labels": {"env": "prod"}},
                \t{"labels": null, "targets": null},
                \t{}
                ]
                """));

        assertThat(list.items())
                .containsExactly(
                        new TargetList.Item(List.of("a:1", "b/\ud83d\ude00"), Map.of("env", "prod")),
                        new TargetList.Item(List.of(), Map.of()),
                        new TargetList.Item(List.of(), Map.of()));
    }

    @Test
    void readsYamlWithAnyScalarAsText() throws MalformedListException {
        TargetList list = TargetList.ofYaml(bytes("""
                # targets
                - targets: &all [a:1, 'b:1']
                  labels: {rack: 007, on: yes, none: }
                - targets: *all
                - targets:
                    - 10
                """));

        assertThat(list.items())
                .containsExactly(
                        new TargetList.Item(List.of("a:1", "b:1"), Map.of("rack", "007", "on", "yes", "none", "")),
                        new TargetList.Item(List.of("a:1", "b:1"), Map.of()),
                        new TargetList.Item(List.of("10"), Map.of()));
        assertThat(TargetList.ofYaml(bytes("")).items()).isEmpty();
        assertThat(TargetList.ofJson(bytes("[]")).items()).isEmpty();
    }

    @Test
    void makesAGroupOfEachItem() throws MalformedListException {
        TargetList list = TargetList.ofYaml(bytes("[{targets: [a], labels: {env: prod}}, {targets: [b]}]"));

        assertThat(list.groups("x.yaml", "__meta_filepath"))
                .containsExactly(
                        new TargetGroup(
                                "x.yaml:0",
                                List.of(Map.of("__address__", "a")),
                                Map.of("env", "prod", "__meta_filepath", "x.yaml")),
                        new TargetGroup(
                                "x.yaml:1", List.of(Map.of("__address__", "b")), Map.of("__meta_filepath", "x.yaml")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|line 1, column 1: a mapping (expected: a list of mappings with 'targets' and 'labels')",
                "''|line 1, column 1: nothing (expected: a list of mappings with 'targets' and 'labels')",
                "[null]|line 1, column 2: null (expected: a list of mappings with 'targets' and 'labels')",
                "[{\"target\": []}]|line 1, column 3: unknown key 'target' (expected: targets or labels)",
                "[{\"targets\": [1]}]|line 1, column 15: a number (expected: an address in quotes)",
                "[{\"targets\": \"a\"}]|line 1, column 14: a text (expected: a list of addresses)",
                "[{\"labels\": {\"a\": true}}]|line 1, column 19: true or false (expected: a text in quotes)",
                "[{\"labels\": {\"\": \"b\"}}]|line 1, column 18: the label name '' (expected: a name)",
                "[] []|line 1, column 4: something behind the list (expected: its end)",
            })
    void saysWhereJsonIsWrong(String text, String problem) {
        assertThatThrownBy(() -> TargetList.ofJson(bytes(text)))
                .isInstanceOf(MalformedListException.class)
                .hasMessage(problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a: b|line 1, column 1: a mapping (expected: a list of mappings with 'targets' and 'labels')",
                "[~]|line 1, column 2: nothing (expected: a list of mappings with 'targets' and 'labels')",
                "- a|line 1, column 3: a text (expected: a list of mappings with 'targets' and 'labels')",
                "- target: []|line 1, column 3: unknown key 'target' (expected: targets or labels)",
                "- targets: a|line 1, column 12: a text (expected: a list of addresses)",
                "- targets: [[a]]|line 1, column 13: a list (expected: an address)",
                "- labels: {a: {}}|line 1, column 15: a mapping (expected: a text)",
            })
    void saysWhereYamlIsWrong(String text, String problem) {
        assertThatThrownBy(() -> TargetList.ofYaml(bytes(text)))
                .isInstanceOf(MalformedListException.class)
                .hasMessage(problem);
    }

    @Test
    void damagedJsonIsReportedAndNothingElse() {
        Fuzz.Figures figures = Fuzz.of(
                        "targets as JSON",
                        "[{\"targets\": [\"a:1\", \"b\\u00e9\"], \"labels\": {\"env\": \"prod\"}}, {\"targets\": []}]")
                .tokens(
                        "[",
                        "]",
                        "{",
                        "}",
                        ",",
                        ":",
                        "\"",
                        "\\",
                        "\\ud83d",
                        "null",
                        "1e9",
                        "\"targets\":",
                        "\"labels\":",
                        "\0")
                .hostile(
                        "[".repeat(100_000),
                        "{\"targets\":".repeat(50_000),
                        "[{\"targets\": [\"" + "a".repeat(100_000),
                        "[{\"" + "b".repeat(100_000) + "\": 1}]",
                        "[{\"targets\": [" + "1".repeat(100_000) + "]}]")
                .run(text -> TargetList.ofJson(text), MalformedListException.class, TargetListTest::namesALine);
        assertThat(figures.refused()).isPositive();
    }

    @Test
    void damagedYamlIsReportedAndNothingElse() {
        Fuzz.Figures figures = Fuzz.of("targets as YAML", """
                        # targets
                        - targets: &all [a:1, 'b:1']
                          labels: {rack: 007, on: yes, none: }
                        - targets: *all
                        - targets:
                            - "10"
                          labels:
                            a: >-
                              b
                        """)
                .tokens(
                        "- ", "[", "]", "{", "}", ": ", "\n", "  ", "&a ", "*a", "!!set ", "? ", "|", "---", "<<: ",
                        "%", "\t", "'", "\0")
                .hostile(
                        "[".repeat(100_000),
                        "- ".repeat(50_000),
                        "? ".repeat(50_000),
                        "{a: ".repeat(50_000),
                        bomb(),
                        "- &a [*a]",
                        "- targets: !!java.lang.Object {}",
                        "- targets: ['" + "a".repeat(100_000),
                        "- " + "b".repeat(100_000) + ": 1")
                .run(text -> TargetList.ofYaml(text), MalformedListException.class, TargetListTest::namesALine);
        assertThat(figures.refused()).isPositive();
    }

    private static void namesALine(MalformedListException e) {
        assertThat(e).hasMessageStartingWith("line ");
    }

    /* Each list has the one before it ten times. */
    private static String bomb() {
        StringBuilder bomb = new StringBuilder("- targets: &a0 [x:1]\n");
        for (int i = 1; i < 30; i++) {
            bomb.append("- targets: &a").append(i).append(" [");
            for (int n = 0; n < 10; n++) {
                bomb.append(n == 0 ? "" : ", ").append("*a").append(i - 1);
            }
            bomb.append("]\n");
        }
        return bomb.toString();
    }
}

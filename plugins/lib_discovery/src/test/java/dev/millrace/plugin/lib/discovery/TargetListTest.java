package dev.millrace.plugin.lib.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.spi.extension.TargetGroup;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
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
    void damageIsReportedAndNothingElse() {
        long seed = Long.getLong("millrace.seed", System.nanoTime());
        System.out.println("TargetListTest: -Dmillrace.seed=" + seed);
        Random random = new Random(seed);
        byte[] good =
                bytes("[{\"targets\": [\"a:1\", \"b\\u00e9\"], \"labels\": {\"env\": \"prod\"}}, {\"targets\": []}]");
        for (int i = 0; i < 20_000; i++) {
            byte[] damaged = good.clone();
            for (int j = random.nextInt(3); j >= 0; j--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            try {
                TargetList list = random.nextBoolean() ? TargetList.ofJson(damaged) : TargetList.ofYaml(damaged);
                assertThat(list.items()).hasSizeLessThan(10);
            } catch (MalformedListException e) {
                assertThat(e).hasMessageStartingWith("line ");
            }
        }
    }
}

package dev.millrace.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class YamlTextTest {
    private final Problems problems = new Problems();

    private Node parse(String yaml) {
        return YamlText.parse("f.yaml", yaml, null, problems);
    }

    private List<String> problemsOf(String yaml) {
        parse(yaml);
        return problems.problems().stream().map(Problem::toString).toList();
    }

    /** Content as compact text, with the places of texts. */
    private static String show(Node node) {
        if (node instanceof Node.Scalar scalar) {
            return scalar.text() + "@" + node.location().line() + ":"
                    + node.location().column();
        }
        if (node instanceof Node.Sequence sequence) {
            return sequence.items().stream().map(YamlTextTest::show).collect(Collectors.joining(", ", "[", "]"));
        }
        if (node instanceof Node.Mapping mapping) {
            return mapping.entries().stream()
                    .map(entry -> entry.key() + ": " + show(entry.value()))
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        return node.getClass().getSimpleName();
    }

    @Test
    void keepsPlacesAndTexts() {
        assertThat(show(parse("a: 0x10\nb:\n  - 'no'\n  - ~\n  - \"~\"\nc: {d: 12:30}")))
                .isEqualTo("{a: 0x10@1:4, b: [no@3:5, Nothing, ~@5:5], c: {d: 12:30@6:8}}");
        assertThat(show(parse(""))).isEqualTo("Nothing");
        assertThat(problems.isEmpty()).isTrue();
    }

    @Test
    void resolvesAliasesAndMergeKeys() {
        assertThat(show(parse("a: &x {p: 1, q: 2}\nb: *x\nc: {q: 3, <<: *x}\nd: {<<: [{q: 4}, *x]}")))
                .isEqualTo("{a: {p: 1@1:11, q: 2@1:17}, b: {p: 1@1:11, q: 2@1:17}, c: {q: 3@3:8, p: 1@1:11},"
                        + " d: {q: 4@4:14, p: 1@1:11}}");
        assertThat(problems.isEmpty()).isTrue();
    }

    @Test
    void namesBothPlacesOfASyntaxError() {
        assertThat(problemsOf("a:\n  b: 'unclosed\n"))
                .containsExactly(
                        "f.yaml:3:1: found unexpected end of stream (while scanning a quoted scalar that begins"
                                + " at 2:6)");
    }

    @Test
    void reportsErrorsOfSyntaxInOneLine() {
        assertThat(problemsOf("a: b: c")).containsExactly("f.yaml:1:5: mapping values are not allowed here");
        assertThat(show(parse("a: [1"))).isEqualTo("Broken");
    }

    @Test
    void reportsWhatTheParserFailsOn() {
        assertThat(problemsOf("a: 1\nb: \"\\UFFFFFFFF\""))
                .containsExactly("f.yaml:2:7: an escape that stands for no character (expected: at most \\U0010FFFF)");
    }

    @Test
    void reportsControlCharacters() {
        assertThat(problemsOf("a: 1\nb: x\u0000"))
                .containsExactly(
                        "f.yaml:2:5: a control character, which YAML does not allow; write it as an escape in double quotes");
    }

    @Test
    void reportsASecondDocument() {
        assertThat(problemsOf("a: 1\n---\nb: 2"))
                .containsExactly("f.yaml:2:1: but found another document (expected a single document in the stream that"
                        + " begins at 1:1)");
    }

    @Test
    void reportsKeysTagsAndCycles() {
        assertThat(problemsOf("a: {b: 1, b: 2}\n? [k]\n: v\nc: !secret x\nd: &d [*d]\n<<: 3\n~: 4"))
                .containsExactly(
                        "f.yaml:1:11: a: duplicate key 'b'; the first one is at 1:5; keep one of them",
                        "f.yaml:2:3: a key that is not a text (expected: a text)",
                        "f.yaml:4:4: c: tag '!secret' (expected: no tag)",
                        "f.yaml:5:4: d[0]: an alias inside of what it stands for (expected: no cycle)",
                        "f.yaml:6:5: '<<' merges a text (expected: a mapping or a list of them)",
                        "f.yaml:7:1: a key that is not a text (expected: a text)");
    }

    @Test
    void boundsDepth() {
        assertThat(problemsOf("[".repeat(60))).containsExactly("f.yaml:1:61: Nesting Depth exceeded max 50");
    }

    @Test
    void boundsWhatAliasesMultiply() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 9; i++) {
            bomb.append("a%d: &a%d [%s]\n".formatted(i, i, ("*a" + (i - 1) + ", ").repeat(10)));
        }
        assertThat(problemsOf(bomb.toString()))
                .singleElement()
                .asString()
                .endsWith(": more than 200000 values, aliases counted (expected: at most that)");
    }
}

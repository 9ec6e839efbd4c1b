package dev.millrace.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SubstitutionTest {
    @TempDir
    Path folder;

    private final Problems problems = new Problems();
    private Substitution substitution;

    @BeforeEach
    void substitution() {
        substitution = new Substitution(
                folder, Map.of("HOST", "a.example", "EMPTY", "", "NESTED", "${env:HOST}")::get, problems);
    }

    private String apply(String text) {
        return substitution.apply(text, new Location("f.yaml", 1, 2), "a.b");
    }

    private List<String> problems() {
        return problems.problems().stream()
                .map(problem -> problem.toString().replace(folder + "/", ""))
                .toList();
    }

    @Test
    void replacesVariables() {
        assertThat(apply("http://${env:HOST}:${env:PORT:-9090}/")).isEqualTo("http://a.example:9090/");
        assertThat(apply("${env:EMPTY}${env:EMPTY:-full}${env:NONE:-}")).isEqualTo("full");
        assertThat(apply("${env:NESTED}")).isEqualTo("${env:HOST}");
        assertThat(problems()).isEmpty();
    }

    @Test
    void leavesOtherDollarsAlone() {
        for (String text : List.of("$1", "${1}", "${name}-$0", "$$", "${", "%{tag.x}", "${ENV:HOST}")) {
            assertThat(apply(text)).isEqualTo(text);
        }
        assertThat(problems()).isEmpty();
    }

    @Test
    void readsFilesWithoutTheirLastLineEnd() throws IOException {
        Files.writeString(folder.resolve("secret"), "hush\n");
        Files.writeString(folder.resolve("windows"), "hush\r\n");
        Files.writeString(folder.resolve("two"), "hush\n\n");
        assertThat(apply("${file:secret}|${file:" + folder.resolve("windows") + "}|${file:two}|"))
                .isEqualTo("hush|hush|hush\n|");
        assertThat(problems()).isEmpty();
    }

    @Test
    void reportsWhatCannotBeReplaced() throws IOException {
        Files.write(folder.resolve("latin"), new byte[] {(byte) 0xe9});
        for (String text : List.of(
                "${env:NONE}",
                "${env:1A}",
                "x${env:HOST",
                "${file:none}",
                "${file:.}",
                "${file:latin}",
                "${file:\0}")) {
            assertThat(apply(text)).isNull();
        }
        assertThat(problems())
                .containsExactly(
                        "f.yaml:1:2: a.b: environment variable NONE is not set; set it, or write ${env:NONE:-default}",
                        "f.yaml:1:2: a.b: '${env:1A}' (expected: ${env:NAME} or ${env:NAME:-default})",
                        "f.yaml:1:2: a.b: '${env:HOST' is not closed (expected: a '}' at its end)",
                        "f.yaml:1:2: a.b: none: no such file; create it, or correct the path",
                        "f.yaml:1:2: a.b: .: not a file (expected: the path of a file)",
                        "f.yaml:1:2: a.b: latin: not UTF-8 (expected: UTF-8)",
                        "f.yaml:1:2: a.b: '${file: }' (expected: the path of a file)");
    }
}

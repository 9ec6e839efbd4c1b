package dev.millrace.core.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.core.host.ExitCode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code millrace dead-letters} where a letter is named. */
final class DeadLettersCommandTest {
    private static final Path STORED = Path.of("src/test/resources/journals/0.1.0");
    private static final String LETTER = "0001700000000000-0";

    @TempDir
    Path data;

    private Path file;

    @BeforeEach
    void copy() throws IOException {
        Path folder = Files.createDirectories(data.resolve("pipelines/web/dead-letters/flusher_prometheus"));
        file = Files.copy(STORED.resolve(LETTER + ".letters"), folder.resolve(LETTER + ".letters"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"show", "replay", "purge"})
    void aLetterThatIsNotThereIsAnErrorAndNothingIsDone(String command) {
        assertThat(run(ExitCode.USAGE, command, LETTER, "0001700000000000-1"))
                .isEqualTo(
                        "millrace: 0001700000000000-1: no such dead letter; `millrace dead-letters list` shows all\n");
        assertThat(run(ExitCode.USAGE, command, LETTER, "--pipeline", "wbe"))
                .isEqualTo("millrace: " + LETTER
                        + ": no such dead letter of pipeline wbe; `millrace dead-letters list` shows all\n");
        assertThat(file).exists();
    }

    @Test
    void oneThatIsThereIsShownAndDeleted() {
        assertThat(run(ExitCode.OK, "show", LETTER, "--flusher", "flusher_prometheus"))
                .startsWith("letter   " + LETTER);
        assertThat(run(ExitCode.OK, "purge", LETTER)).startsWith("1 letters are deleted, with ");
        assertThat(file).doesNotExist();
    }

    /** Runs a command, which ends with a code, and returns all that it prints. */
    private String run(ExitCode expected, String... words) {
        List<String> command = new ArrayList<>(List.of("dead-letters"));
        command.addAll(List.of(words));
        command.addAll(List.of("--data", data.toString()));
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        try (PrintStream captured = new PrintStream(output, true, StandardCharsets.UTF_8)) {
            System.setOut(captured);
            System.setErr(captured);
            int code = Main.commands().execute(command.toArray(String[]::new));
            assertThat(code).as(output.toString(StandardCharsets.UTF_8)).isEqualTo(expected.code());
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
        return output.toString(StandardCharsets.UTF_8);
    }
}

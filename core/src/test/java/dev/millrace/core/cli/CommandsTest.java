package dev.millrace.core.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.core.host.ExitCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What every command has in common: its help, and what is said of a wrong command line. */
final class CommandsTest {
    private final StringWriter output = new StringWriter();
    private final StringWriter errors = new StringWriter();

    static Stream<String> commands() {
        return names("", Main.commands());
    }

    private static Stream<String> names(String path, CommandLine command) {
        return Stream.concat(
                Stream.of(path),
                command.getSubcommands().entrySet().stream()
                        .flatMap(entry -> names((path + " " + entry.getKey()).strip(), entry.getValue())));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandHelps(String command) {
        assertThat(execute(command + " --help")).isEqualTo(ExitCode.OK.code());
        assertThat(errors.toString()).isEmpty();
        assertThat(output.toString()).startsWith(("Usage: millrace " + command).strip());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "start", "run --config x", "run --log-format xml", "run --log-level loud", "plugins"})
    void aWrongCommandLineShowsWhatIsRight(String arguments) {
        assertThat(execute(arguments)).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(output.toString()).isEmpty();
        assertThat(errors.toString())
                .containsAnyOf("Usage: millrace", "Possible solutions: --conf", "Did you mean: millrace")
                .doesNotContain("Exception");
    }

    @Test
    void aFileThatCannotBeReadIsNamedInOneLine(@TempDir Path data) throws IOException {
        Path folder = Files.createDirectories(data.resolve("pipelines").resolve("web"));
        Path segment = folder.resolve("00000000000000000000.seg");
        Files.createSymbolicLink(segment, segment);
        assertThat(execute("journal inspect --data " + data)).isEqualTo(ExitCode.FAILURE.code());
        assertThat(errors.toString().lines()).hasSize(1);
        assertThat(errors.toString()).startsWith("millrace: cannot use " + segment + ": Too many levels");
    }

    @Test
    void whoMayNotReadAFileIsToldSo() {
        IOException wrapped = new IOException("journal segment", new AccessDeniedException("/data/0.seg"));
        assertThat(FileTrouble.line(wrapped)).isEqualTo("no permission for /data/0.seg; run as root or as its owner");
    }

    @Test
    void anAnswerThatIsShownDoesNothingToATerminal() {
        assertThat(DeadLettersShowCommand.shown("a\u001b[2Jb\nc\u009b\r")).isEqualTo("a\\u001b[2Jb\nc\\u009b\\u000d");
    }

    private int execute(String words) {
        return Main.commands()
                .setOut(new PrintWriter(output, true))
                .setErr(new PrintWriter(errors, true))
                .execute(Stream.of(words.split(" "))
                        .filter(word -> !word.isEmpty())
                        .toArray(String[]::new));
    }
}

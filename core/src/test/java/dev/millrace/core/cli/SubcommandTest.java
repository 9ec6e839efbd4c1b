package dev.millrace.core.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Commands that other jars add to those of the host. */
final class SubcommandTest {
    /** A command as another jar would bring it. */
    @Command(name = "answer", description = "Ends with a number.", mixinStandardHelpOptions = true)
    public static final class Answer implements Subcommand {
        private enum Word {
            SEVEN
        }

        @Parameters
        private Word word;

        @Override
        public Integer call() {
            return word == Word.SEVEN ? 7 : 1;
        }
    }

    @Test
    void aCommandOnTheClassPathIsFoundAndParsedAsTheOthersAre() {
        assertThat(Main.commands().execute("answer", "seven")).isEqualTo(7);
    }

    @Test
    void theHelpListsItBesideTheOthers() {
        CommandLine commands = Main.commands();
        assertThat(commands.getUsageMessage()).contains("Ends with a number.").contains("Print the version.");
    }
}

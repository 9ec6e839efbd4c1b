package dev.millrace.core.cli;

import dev.millrace.core.delivery.OneLine;
import dev.millrace.core.host.ExitCode;
import dev.millrace.core.journal.DeadLetter;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists dead letters, one in a line, the oldest of each flusher first. The collector may run. */
@Command(
        name = "list",
        description = "List the requests that destinations will never take, with their answers.",
        mixinStandardHelpOptions = true)
final class DeadLettersListCommand implements Callable<Integer> {
    private static final int LONGEST_ANSWER = 120;

    @Mixin
    private FolderOptions options = new FolderOptions();

    @Override
    public Integer call() throws IOException {
        System.out.printf(
                "%-20s %-24s %-24s %-24s %7s %-18s %s%n",
                "LETTER", "TIME", "PIPELINE", "FLUSHER", "ITEMS", "STATUS", "ANSWER");
        new LetterFiles(options.folders().data()).each(DeadLettersListCommand::print);
        return ExitCode.OK.code();
    }

    private static void print(String pipeline, Path file, DeadLetter letter) {
        System.out.printf(
                "%-20s %-24s %-24s %-24s %7d %-18s %s%n",
                LetterFiles.letter(file),
                Instant.ofEpochMilli(letter.time()),
                pipeline,
                letter.flusher(),
                letter.items(),
                letter.status(),
                OneLine.of(letter.answer(), LONGEST_ANSWER));
    }
}

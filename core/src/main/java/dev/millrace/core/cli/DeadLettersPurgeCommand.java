package dev.millrace.core.cli;

import dev.millrace.core.host.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Deletes dead letters. The collector may run. */
@Command(
        name = "purge",
        description = "Delete dead letters: those that are named, or with --all all that the other options leave.",
        mixinStandardHelpOptions = true)
final class DeadLettersPurgeCommand implements Callable<Integer> {
    @Mixin
    private LetterOptions options = new LetterOptions();

    @Option(names = "--all", description = "Delete all, where no letter is named.")
    private boolean all;

    @Override
    public Integer call() throws IOException {
        if (options.letters.isEmpty() && !all) {
            System.err.println("millrace: name the letters, as `millrace dead-letters list` shows them, or say --all");
            return ExitCode.USAGE.code();
        }
        Map<Path, Integer> files = new LinkedHashMap<>();
        new LetterFiles(options.data()).each((pipeline, file, letter) -> {
            if (options.include(pipeline, file, letter)) {
                files.merge(file, letter.items(), Integer::sum);
            }
        });
        for (Path file : files.keySet()) {
            Files.deleteIfExists(file);
        }
        System.out.println(files.size() + " letters are deleted, with "
                + files.values().stream().mapToInt(Integer::intValue).sum() + " items");
        return ExitCode.OK.code();
    }
}

package dev.millrace.core.cli;

import dev.millrace.core.host.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
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
        Optional<List<LetterFiles.Place>> places = options.places();
        if (places.isEmpty()) {
            return ExitCode.USAGE.code();
        }
        AtomicLong items = new AtomicLong();
        new LetterFiles(options.data()).each(places.get(), (pipeline, file, letter) -> items.addAndGet(letter.items()));
        for (LetterFiles.Place place : places.get()) {
            Files.deleteIfExists(place.file());
        }
        System.out.println(places.get().size() + " letters are deleted, with " + items + " items");
        return ExitCode.OK.code();
    }
}

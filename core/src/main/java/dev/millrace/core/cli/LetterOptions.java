package dev.millrace.core.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The dead letters that a command is about: those that are named, or all of a pipeline or flusher. */
final class LetterOptions {
    @Mixin
    private FolderOptions folders = new FolderOptions();

    @Option(names = "--pipeline", paramLabel = "NAME", description = "Only letters of this pipeline.")
    @Nullable
    String pipeline;

    @Option(names = "--flusher", paramLabel = "ID", description = "Only letters of this flusher, as it is listed.")
    @Nullable
    String flusher;

    @Parameters(paramLabel = "LETTER", arity = "0..*", description = "The letters, as they are listed (default: all).")
    List<String> letters = List.of();

    /** The data folder. */
    Path data() {
        return folders.folders().data();
    }

    /** The files that are meant; empty where one is named that is not there, which is said. */
    Optional<List<LetterFiles.Place>> places() throws IOException {
        List<LetterFiles.Place> meant =
                new LetterFiles(data()).places().stream().filter(this::isMeant).toList();
        Set<String> missing = new TreeSet<>(letters);
        meant.forEach(place -> missing.remove(LetterFiles.letter(place.file())));
        if (missing.isEmpty()) {
            return Optional.of(meant);
        }
        System.err.println("millrace: " + String.join(", ", missing) + ": no such dead letter"
                + (flusher == null ? "" : " of flusher " + flusher)
                + (pipeline == null ? "" : " of pipeline " + pipeline)
                + "; `millrace dead-letters list` shows all");
        return Optional.empty();
    }

    private boolean isMeant(LetterFiles.Place place) {
        return (pipeline == null || pipeline.equals(place.pipeline()))
                && (flusher == null || flusher.equals(place.flusher()))
                && (letters.isEmpty() || letters.contains(LetterFiles.letter(place.file())));
    }
}

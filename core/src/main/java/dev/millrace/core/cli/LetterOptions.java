package dev.millrace.core.cli;

import dev.millrace.core.journal.DeadLetter;
import java.nio.file.Path;
import java.util.List;
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

    /** Whether a letter is meant. */
    boolean include(String ofPipeline, Path file, DeadLetter letter) {
        return (pipeline == null || pipeline.equals(ofPipeline))
                && (flusher == null || flusher.equals(letter.flusher()))
                && (letters.isEmpty() || letters.contains(LetterFiles.letter(file)));
    }
}

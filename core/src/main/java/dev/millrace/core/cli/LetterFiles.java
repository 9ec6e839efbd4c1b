package dev.millrace.core.cli;

import dev.millrace.core.journal.DeadLetter;
import dev.millrace.core.journal.DeadLetterReader;
import dev.millrace.core.journal.FileAccess;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The dead letters in a data folder. */
final class LetterFiles {
    private final Path pipelines;
    private int damaged;

    /** Takes a letter. */
    interface Taker {
        /** Takes the letter of a file in the folder of a pipeline. */
        void take(String pipeline, Path file, DeadLetter letter);
    }

    /** Where a letter is: of which pipeline and flusher, and in which file. */
    record Place(String pipeline, String flusher, Path file) {}

    LetterFiles(Path data) {
        this.pipelines = data.resolve("pipelines");
    }

    /** Gives each letter with the name of its pipeline: by pipeline, by flusher, the oldest first. */
    void each(Taker taker) throws IOException {
        each(places(), taker);
    }

    /** Gives each letter of some files. */
    void each(List<Place> places, Taker taker) throws IOException {
        for (Place place : places) {
            read(place.pipeline(), place.file(), taker);
        }
    }

    /** All files: by pipeline, by flusher, the oldest first. */
    List<Place> places() throws IOException {
        List<Place> places = new ArrayList<>();
        for (Path pipeline : sorted(pipelines)) {
            for (Path flusher : sorted(pipeline.resolve("dead-letters"))) {
                for (Path file : sorted(flusher)) {
                    if (DeadLetterReader.isNamed(name(file))) {
                        places.add(new Place(
                                name(pipeline), URLDecoder.decode(name(flusher), StandardCharsets.UTF_8), file));
                    }
                }
            }
        }
        return places;
    }

    /** Reads all, and returns how many files are damaged, each of which is named. */
    int verify() throws IOException {
        int before = damaged;
        each((pipeline, file, letter) -> {});
        return damaged - before;
    }

    private void read(String pipeline, Path file, Taker taker) throws IOException {
        try (DeadLetterReader reader = DeadLetterReader.open(FileAccess.real(), file)) {
            for (DeadLetter letter = reader.next(); letter != null; letter = reader.next()) {
                taker.take(pipeline, file, letter);
            }
            if (reader.missing() > 0) {
                damaged++;
                System.err.println("millrace: " + file + ": " + reader.missing() + " items are damaged");
            }
        } catch (NoSuchFileException e) {
            // the collector deleted it since it was listed
        }
    }

    /** The name of a letter: that of its file, without its end. */
    static String letter(Path file) {
        String name = name(file);
        return name.substring(0, name.lastIndexOf('.'));
    }

    private static List<Path> sorted(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    private static String name(Path path) {
        return String.valueOf(path.getFileName());
    }
}

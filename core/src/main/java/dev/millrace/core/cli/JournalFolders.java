package dev.millrace.core.cli;

import dev.millrace.core.host.LeftJournals;
import dev.millrace.core.journal.FileAccess;
import dev.millrace.core.journal.Orphan;
import dev.millrace.core.journal.Orphans;
import dev.millrace.core.journal.StoredJournal;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The journals that a command is about: those of a data folder, or of one pipeline in it. */
final class JournalFolders {
    private static final String PIPELINES = "pipelines";

    @Mixin
    private FolderOptions folders = new FolderOptions();

    @Option(names = "--pipeline", paramLabel = "NAME", description = "Only the journal of this pipeline.")
    private @Nullable String pipeline;

    /**
     * A journal.
     *
     * @param name the pipeline; for an orphaned backlog, its place in the folder of the pipeline
     * @param folder where it is
     * @param left whether nobody delivers what waits in it: an orphaned backlog, or the pipeline has no file any more
     */
    record Entry(String name, Path folder, boolean left) {
        /** Where the journal of a pipeline is in the data folder. */
        String place() {
            return PIPELINES + "/" + name;
        }

        /** What is stored, looked at with the progress shown, which is cleared at the end. */
        StoredJournal read(String doing) throws IOException, InterruptedException {
            try (Progress progress = Progress.of(doing + " " + name, bytes())) {
                return StoredJournal.read(folder, progress);
            }
        }

        private long bytes() throws IOException {
            try (Stream<Path> files = Files.list(folder)) {
                return files.map(Path::toFile)
                        .filter(file -> file.getName().endsWith(".seg"))
                        .mapToLong(File::length)
                        .sum();
            }
        }
    }

    /** Does something with a journal. */
    interface Work {
        /** Does it. */
        void on(Entry entry) throws IOException, InterruptedException;
    }

    /** The data folder. */
    Path data() {
        return folders.folders().data();
    }

    /** The pipelines that have a journal, by name. */
    List<Entry> pipelines() throws IOException {
        Path all = data().resolve(PIPELINES);
        if (!Files.isDirectory(all)) {
            return List.of();
        }
        try (Stream<Path> found = Files.list(all)) {
            return found.filter(Files::isDirectory)
                    .map(folder -> new Entry(String.valueOf(folder.getFileName()), folder, LeftJournals.isLeft(folder)))
                    .filter(entry -> pipeline == null || pipeline.equals(entry.name()))
                    .sorted((one, other) -> one.name().compareTo(other.name()))
                    .toList();
        }
    }

    /** The journals of the pipelines, and the orphaned backlogs beside each. */
    List<Entry> all() throws IOException {
        List<Entry> entries = new ArrayList<>();
        for (Entry entry : pipelines()) {
            entries.add(entry);
            for (Orphan orphan : new Orphans(FileAccess.real(), entry.folder()).list()) {
                entries.add(new Entry(
                        entry.name() + "/" + entry.folder().relativize(orphan.folder()), orphan.folder(), true));
            }
        }
        return entries;
    }

    /** Does something with each of some journals; one that somebody deletes meanwhile is passed over. */
    static void each(List<Entry> entries, Work work) throws IOException, InterruptedException {
        for (Entry entry : entries) {
            try {
                work.on(entry);
            } catch (NoSuchFileException e) {
                if (Files.exists(entry.folder())) {
                    throw e;
                }
            }
        }
    }

    /** What to say where there is none. */
    String none() {
        return "millrace: no journal" + (pipeline == null ? "" : " of a pipeline " + pipeline) + " in " + data()
                + " (--data names another folder)";
    }
}

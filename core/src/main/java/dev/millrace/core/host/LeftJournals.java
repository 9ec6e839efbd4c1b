package dev.millrace.core.host;

import dev.millrace.core.journal.FileAccess;
import dev.millrace.core.journal.Orphan;
import dev.millrace.core.journal.Orphans;
import dev.millrace.core.journal.StoredJournal;
import dev.millrace.core.status.Figures;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The journals of pipelines that have no file any more: they stay, and nobody delivers what waits in them. Each holds a
 * file {@code left}, so that commands know of it from the data folder alone, which may be a copy.
 */
public final class LeftJournals {
    private static final Logger LOG = LoggerFactory.getLogger("dev.millrace.host");
    private static final String MARK = "left";

    private final Path pipelines;

    /** Those in the folder that has a folder for each pipeline. */
    LeftJournals(Path pipelines) {
        this.pipelines = pipelines;
    }

    /** Whether the pipeline of a journal had no file when the host looked last. */
    public static boolean isLeft(Path journal) {
        return Files.exists(journal.resolve(MARK));
    }

    /** The names of the pipelines that have a journal and no file. */
    List<String> names(Set<String> withFile) {
        if (!Files.isDirectory(pipelines)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(pipelines)) {
            return folders.filter(Files::isDirectory)
                    .map(folder -> String.valueOf(folder.getFileName()))
                    .filter(name -> !withFile.contains(name))
                    .sorted()
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            LOG.warn("cannot look for journals of pipelines that have no file: {}", e.toString());
            return List.of();
        }
    }

    /** A pipeline has a file. */
    void take(String name) {
        try {
            Files.deleteIfExists(pipelines.resolve(name).resolve(MARK));
        } catch (IOException e) {
            LOG.warn("pipeline {}: cannot delete the file that says that it has none: {}", name, e.toString());
        }
    }

    /** A pipeline has no file: marks its journal, and says what waits in it. */
    void leave(String name) {
        Path journal = pipelines.resolve(name);
        try {
            Files.writeString(journal.resolve(MARK), "This pipeline has no file.\n");
            long waiting = StoredJournal.read(journal).cursors().stream()
                            .filter(cursor -> cursor.items() > 0)
                            .mapToLong(StoredJournal.StoredCursor::bytes)
                            .max()
                            .orElse(0)
                    + new Orphans(FileAccess.real(), journal)
                            .list().stream().mapToLong(Orphan::bytes).sum();
            if (waiting > 0) {
                LOG.warn(
                        "pipeline {} has no file any more, and {} wait in its journal {}; put the file back, or see"
                                + " `millrace journal orphans`",
                        name,
                        Figures.bytes(waiting),
                        journal);
            }
        } catch (IOException e) {
            LOG.warn("pipeline {} has no file any more, and its journal cannot be looked at: {}", name, e.toString());
        }
    }
}

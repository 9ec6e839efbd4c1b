package dev.millrace.core.cli;

import dev.millrace.core.files.FileTree;
import dev.millrace.core.host.DataFolder;
import dev.millrace.core.host.ExitCode;
import dev.millrace.core.host.StartException;
import dev.millrace.core.journal.FileAccess;
import dev.millrace.core.journal.Orphan;
import dev.millrace.core.journal.Orphans;
import dev.millrace.core.journal.StoredJournal;
import dev.millrace.core.status.Figures;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Deletes an orphaned backlog. The collector must not run: it may be draining it. */
@Command(
        name = "delete",
        description =
                "Delete a backlog that a removed flusher left, or all that is kept of a removed pipeline; what it holds is"
                        + " lost. The collector must be stopped.",
        mixinStandardHelpOptions = true)
final class JournalOrphansDeleteCommand implements Callable<Integer> {
    @Mixin
    private JournalFolders folders = new JournalFolders();

    @Parameters(paramLabel = "FOLDER", description = "Its folder, as `orphans list` shows it.")
    private String folder = "";

    @Override
    public Integer call() throws IOException {
        try {
            DataFolder locked = DataFolder.open(folders.data());
            try {
                return delete();
            } finally {
                locked.close();
            }
        } catch (StartException e) {
            System.err.println("millrace: " + e.getMessage());
            return e.exitCode().code();
        }
    }

    private int delete() throws IOException {
        int deleted = 0;
        for (JournalFolders.Entry entry : folders.pipelines()) {
            if (entry.left() && folder.equals(entry.place())) {
                long bytes = StoredJournal.read(entry.folder()).bytes();
                FileTree.delete(entry.folder());
                System.out.println(entry.name() + ": " + folder + " is deleted, with " + Figures.bytes(bytes)
                        + " of its journal, and its dead letters");
                return ExitCode.OK.code();
            }
            Orphans orphans = new Orphans(FileAccess.real(), entry.folder());
            for (Orphan orphan : orphans.list()) {
                if (folder.equals(String.valueOf(orphan.folder().getFileName()))) {
                    orphans.delete(orphan);
                    deleted++;
                    System.out.println(entry.name() + ": " + folder + " is deleted, with " + orphan.items()
                            + " items for " + orphan.flusher());
                }
            }
        }
        if (deleted == 0) {
            System.err.println("millrace: " + folder + ": no such backlog; `millrace journal orphans list` shows all");
            return ExitCode.USAGE.code();
        }
        return ExitCode.OK.code();
    }
}

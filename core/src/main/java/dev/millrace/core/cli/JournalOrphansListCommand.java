package dev.millrace.core.cli;

import dev.millrace.core.host.ExitCode;
import dev.millrace.core.journal.FileAccess;
import dev.millrace.core.journal.Orphan;
import dev.millrace.core.journal.Orphans;
import dev.millrace.core.journal.StoredJournal;
import dev.millrace.core.status.Figures;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists orphaned backlogs. The collector may run. */
@Command(
        name = "list",
        description = "List the backlogs that removed flushers and pipelines left.",
        mixinStandardHelpOptions = true)
final class JournalOrphansListCommand implements Callable<Integer> {
    @Mixin
    private JournalFolders folders = new JournalFolders();

    @Override
    public Integer call() throws IOException, InterruptedException {
        System.out.printf(
                "%-24s %-24s %12s %10s %-24s %s%n", "PIPELINE", "FLUSHER", "ITEMS", "SIZE", "OLDEST", "FOLDER");
        JournalFolders.each(folders.pipelines(), JournalOrphansListCommand::list);
        return ExitCode.OK.code();
    }

    private static void list(JournalFolders.Entry entry) throws IOException, InterruptedException {
        if (entry.left()) {
            StoredJournal journal = entry.read("list");
            List<StoredJournal.StoredCursor> waiting = journal.cursors().stream()
                    .filter(cursor -> cursor.items() > 0)
                    .toList();
            for (StoredJournal.StoredCursor cursor : waiting) {
                print(entry, cursor.flusher(), cursor.items(), cursor.bytes(), cursor.oldest(), entry.place());
            }
            if (waiting.isEmpty()) {
                print(entry, "-", 0, journal.bytes(), 0, entry.place());
            }
        }
        for (Orphan orphan : new Orphans(FileAccess.real(), entry.folder()).list()) {
            print(
                    entry,
                    orphan.flusher(),
                    orphan.items(),
                    orphan.bytes(),
                    orphan.oldest(),
                    String.valueOf(orphan.folder().getFileName()));
        }
    }

    private static void print(
            JournalFolders.Entry entry, String flusher, long items, long bytes, long oldest, String place) {
        System.out.printf(
                "%-24s %-24s %12d %10s %-24s %s%n",
                entry.name(),
                flusher,
                items,
                Figures.bytes(bytes),
                oldest == 0 ? "-" : Instant.ofEpochMilli(oldest),
                place);
    }
}

package dev.millrace.core.cli;

import dev.millrace.core.host.ExitCode;
import dev.millrace.core.journal.FileAccess;
import dev.millrace.core.journal.Orphan;
import dev.millrace.core.journal.Orphans;
import dev.millrace.core.status.Figures;
import java.io.IOException;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists orphaned backlogs. The collector may run. */
@Command(name = "list", description = "List the backlogs that removed flushers left.", mixinStandardHelpOptions = true)
final class JournalOrphansListCommand implements Callable<Integer> {
    @Mixin
    private JournalFolders folders = new JournalFolders();

    @Override
    public Integer call() throws IOException {
        System.out.printf(
                "%-24s %-24s %12s %10s %-24s %s%n", "PIPELINE", "FLUSHER", "ITEMS", "SIZE", "OLDEST", "FOLDER");
        for (JournalFolders.Entry entry : folders.pipelines()) {
            for (Orphan orphan : new Orphans(FileAccess.real(), entry.folder()).list()) {
                System.out.printf(
                        "%-24s %-24s %12d %10s %-24s %s%n",
                        entry.name(),
                        orphan.flusher(),
                        orphan.items(),
                        Figures.bytes(orphan.bytes()),
                        orphan.oldest() == 0 ? "-" : Instant.ofEpochMilli(orphan.oldest()),
                        orphan.folder().getFileName());
            }
        }
        return ExitCode.OK.code();
    }
}

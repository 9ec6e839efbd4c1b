package dev.millrace.core.cli;

import dev.millrace.core.host.ExitCode;
import dev.millrace.core.journal.StoredJournal;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Reads every byte of journals and dead letters, and names what is damaged. Changes nothing. */
@Command(
        name = "verify",
        description = "Read every byte of each journal, and name what is damaged. Exit code 7 where something is."
                + " Where the collector runs, the newest bytes may be in the middle of a write.",
        mixinStandardHelpOptions = true)
final class JournalVerifyCommand implements Callable<Integer> {
    @Mixin
    private JournalFolders folders = new JournalFolders();

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<JournalFolders.Entry> entries = folders.all();
        if (entries.isEmpty()) {
            System.err.println(folders.none());
        }
        AtomicInteger places = new AtomicInteger();
        JournalFolders.each(entries, entry -> {
            long bytes = entry.read("open").bytes();
            try (Progress progress = Progress.of("verify " + entry.name(), bytes)) {
                Findings findings = new Findings(entry.name(), progress);
                StoredJournal.verify(entry.folder(), findings, progress);
                progress.clear();
                System.out.println(findings.summary());
                places.addAndGet(findings.places());
            }
        });
        places.addAndGet(new LetterFiles(folders.data()).verify());
        return places.get() == 0 ? ExitCode.OK.code() : ExitCode.DAMAGED.code();
    }
}

package dev.millrace.core.cli;

import dev.millrace.core.host.DataFolder;
import dev.millrace.core.host.ExitCode;
import dev.millrace.core.host.StartException;
import dev.millrace.core.journal.StoredJournal;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Writes damaged files of journals anew, with what can be read. The collector must not run. */
@Command(
        name = "repair",
        description = "Write damaged files anew with what can be read of them, and move what is damaged to damaged/"
                + " beside them. The collector must be stopped.",
        mixinStandardHelpOptions = true)
final class JournalRepairCommand implements Callable<Integer> {
    @Mixin
    private JournalFolders folders = new JournalFolders();

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<JournalFolders.Entry> entries = folders.all();
        if (entries.isEmpty() || !Files.isDirectory(folders.data())) {
            System.err.println(folders.none());
            return ExitCode.OK.code();
        }
        try {
            DataFolder locked = DataFolder.open(folders.data());
            try {
                for (JournalFolders.Entry entry : entries) {
                    repair(entry);
                }
            } finally {
                locked.close();
            }
        } catch (StartException e) {
            System.err.println("millrace: " + e.getMessage());
            return e.exitCode().code();
        }
        return ExitCode.OK.code();
    }

    private static void repair(JournalFolders.Entry entry) throws IOException, InterruptedException {
        long bytes = entry.read("open").bytes();
        try (Progress progress = Progress.of("repair " + entry.name(), bytes)) {
            Findings findings = new Findings(entry.name(), progress);
            List<String> files = StoredJournal.repair(entry.folder(), findings, progress);
            progress.clear();
            System.out.println(findings.summary());
            files.forEach(file -> System.out.println(entry.name() + ": " + file + " was written anew"));
        }
    }
}

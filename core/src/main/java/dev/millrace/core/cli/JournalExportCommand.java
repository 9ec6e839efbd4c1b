package dev.millrace.core.cli;

import dev.millrace.core.host.ExitCode;
import dev.millrace.core.journal.JournalReader;
import dev.millrace.core.journal.StoredJournal;
import dev.millrace.core.json.EventJson;
import dev.millrace.core.json.JsonObject;
import java.io.IOException;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Prints the items of journals as lines of JSON. The collector may run. */
@Command(
        name = "export",
        description = "Print the items of each journal, delivered or not, as lines of JSON.",
        mixinStandardHelpOptions = true)
final class JournalExportCommand implements Callable<Integer> {
    @Mixin
    private JournalFolders folders = new JournalFolders();

    @Override
    public Integer call() throws IOException, InterruptedException {
        JournalFolders.each(folders.all(), JournalExportCommand::export);
        return System.out.checkError() ? ExitCode.FAILURE.code() : ExitCode.OK.code();
    }

    private static void export(JournalFolders.Entry entry) throws IOException, InterruptedException {
        StoredJournal journal = entry.read("open");
        try (Progress progress = Progress.of("export " + entry.name(), journal.bytes());
                JournalReader reader = journal.reader()) {
            StringBuilder lines = new StringBuilder();
            for (JournalReader.Entry batch = reader.next();
                    batch != null && !System.out.checkError();
                    batch = reader.next()) {
                lines.setLength(0);
                append(lines, entry.name(), batch);
                System.out.print(lines);
                progress.accept(journal.bytesBefore(batch.end()));
            }
        }
    }

    private static void append(StringBuilder lines, String name, JournalReader.Entry entry) {
        for (int row = 0; row < entry.batch().size(); row++) {
            int at = row;
            JsonObject.append(lines, json -> {
                json.field("journal", name)
                        .field("item", entry.firstItem() + at)
                        .field("written", Instant.ofEpochMilli(entry.written()).toString());
                EventJson.append(json, entry.batch(), at);
            });
            lines.append('\n');
        }
    }
}

package dev.millrace.core.cli;

import dev.millrace.core.host.ExitCode;
import dev.millrace.core.journal.StoredJournal;
import dev.millrace.core.json.JsonObject;
import dev.millrace.core.status.Figures;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows segments, cursors and backlogs. The collector may run. */
@Command(
        name = "inspect",
        description = "Show the segments of each journal, and what waits for each flusher.",
        mixinStandardHelpOptions = true)
final class JournalInspectCommand implements Callable<Integer> {
    @Mixin
    private JournalFolders folders = new JournalFolders();

    @Option(names = "--json", description = "Print JSON, one line for each journal.")
    private boolean json;

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<JournalFolders.Entry> entries = folders.all();
        if (entries.isEmpty()) {
            System.err.println(folders.none());
        }
        JournalFolders.each(entries, this::inspect);
        return ExitCode.OK.code();
    }

    private void inspect(JournalFolders.Entry entry) throws IOException, InterruptedException {
        StoredJournal journal = entry.read("inspect");
        if (json) {
            StringBuilder line = new StringBuilder();
            JsonObject.append(line, object -> json(object, entry, journal));
            System.out.println(line);
        } else {
            print(entry, journal);
        }
    }

    private static void json(JsonObject json, JournalFolders.Entry entry, StoredJournal journal) {
        json.field("journal", entry.name())
                .field("left", entry.left())
                .field("bytes", journal.bytes())
                .objects(
                        "segments",
                        journal.segments(),
                        (object, segment) -> object.field("file", segment.file())
                                .field("first", segment.first())
                                .field("end", segment.end())
                                .field("bytes", segment.bytes())
                                .field("sealed", segment.sealed())
                                .field("begun", time(segment.begun())))
                .objects(
                        "cursors",
                        journal.cursors(),
                        (object, cursor) -> object.field("flusher", cursor.flusher())
                                .field("readable", cursor.readable())
                                .field("position", cursor.position())
                                .field("items", cursor.items())
                                .field("bytes", cursor.bytes())
                                .field("oldest", time(cursor.oldest())));
    }

    private static void print(JournalFolders.Entry entry, StoredJournal journal) {
        System.out.printf(
                "journal %s: %d segments, %s%s%n",
                entry.name(),
                journal.segments().size(),
                Figures.bytes(journal.bytes()),
                entry.left() ? "; nobody delivers what waits, see `millrace journal orphans list`" : "");
        System.out.printf("  %-30s %14s %14s %10s %s%n", "SEGMENT", "FIRST ITEM", "ITEMS", "SIZE", "BEGUN");
        for (StoredJournal.StoredSegment segment : journal.segments()) {
            System.out.printf(
                    "  %-30s %14d %14d %10s %s%s%n",
                    segment.file(),
                    segment.first(),
                    segment.end() - segment.first(),
                    Figures.bytes(segment.bytes()),
                    time(segment.begun()),
                    segment.sealed() ? "" : " (open)");
        }
        System.out.printf("  %-30s %14s %14s %10s %s%n", "FLUSHER", "POSITION", "WAITING", "SIZE", "OLDEST");
        for (StoredJournal.StoredCursor cursor : journal.cursors()) {
            System.out.printf(
                    "  %-30s %14d %14d %10s %s%s%n",
                    cursor.flusher(),
                    cursor.position(),
                    cursor.items(),
                    Figures.bytes(cursor.bytes()),
                    time(cursor.oldest()),
                    cursor.readable() ? "" : " (cannot be read)");
        }
    }

    private static String time(long milliseconds) {
        return milliseconds == 0 ? "-" : Instant.ofEpochMilli(milliseconds).toString();
    }
}

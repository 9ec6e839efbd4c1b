package dev.millrace.core.journal;

import dev.millrace.core.files.FileTree;
import dev.millrace.plugin.input.prometheus.ScrapedTargets;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.pipeline.Acknowledgement;
import dev.millrace.spi.pipeline.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** A journal on the disk, and what many targets gave at a scrape. Not thread-safe. */
final class ScrapedJournal implements AutoCloseable {
    /** The batches of a commit: as many come in the time that a batch lingers, at 20 scrapes a second. */
    static final int GROUP = 4;

    /** The samples of a commit. */
    static final int SAMPLES = GROUP * ScrapedTargets.SERIES;

    private static final Acknowledgement EXPECTED = new Acknowledgement() {
        @Override
        public void committed() {}

        @Override
        public void refused(Refusal refusal) {
            throw new IllegalStateException(refusal.toString());
        }
    };

    private final MetricBatch[] batches = new MetricBatch[ScrapedTargets.MANY];
    private final CallersTurns turns = new CallersTurns();
    private final JournalSettings settings;
    private final Path folder;
    private Journal journal;
    private int turn;

    ScrapedJournal(Durability durability) throws IOException {
        ScrapedTargets targets = new ScrapedTargets(batches.length);
        Arrays.setAll(batches, i -> targets.next());
        folder = temporaryFolder();
        settings = JournalSettings.DEFAULT.withDurability(durability);
        journal = open();
    }

    /** A folder on the disk of the build. */
    static Path temporaryFolder() throws IOException {
        return Files.createTempDirectory(Files.createDirectories(Path.of("target")), "journal-benchmark");
    }

    /** Appends the next batches, and commits them together. */
    void commit() {
        for (int i = 0; i < GROUP; i++) {
            journal.append(batches[turn++ % batches.length], EXPECTED);
        }
        turns.takeOne();
    }

    /** The bytes on the disk for each commit so far. */
    long bytesOfCommit() {
        JournalStatistics statistics = journal.statistics();
        return statistics.bytes() * SAMPLES / (statistics.end() - statistics.first());
    }

    /** Deletes what was written, as when every flusher has it. */
    void trim() throws IOException {
        Cursor cursor = journal.cursor("benchmark");
        long[] positions = new long[Labels.SLOTS];
        Arrays.fill(positions, journal.end());
        cursor.store(new CursorState(
                cursor.state().began(), positions, List.of(), cursor.state().totals()));
        journal.trim();
    }

    /** Opens it again, so that nothing of it is in memory. */
    void reopen() throws IOException {
        journal.close();
        journal = open();
    }

    JournalReader reader() {
        return journal.reader(0);
    }

    private Journal open() throws IOException {
        return Journal.open(
                folder,
                FileAccess.real(),
                settings,
                new TailBuffer(TailBuffer.DEFAULT_BYTES),
                JournalEvents.NONE,
                turns);
    }

    @Override
    public void close() throws IOException {
        journal.close();
        FileTree.delete(folder);
    }
}

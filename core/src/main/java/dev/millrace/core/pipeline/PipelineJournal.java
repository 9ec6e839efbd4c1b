package dev.millrace.core.pipeline;

import dev.millrace.core.config.PipelineSettings;
import dev.millrace.core.delivery.DeadLetterOptions;
import dev.millrace.core.journal.DeadLetterFolder;
import dev.millrace.core.journal.Durability;
import dev.millrace.core.journal.FileAccess;
import dev.millrace.core.journal.Journal;
import dev.millrace.core.journal.JournalSettings;
import dev.millrace.core.journal.TailBuffer;
import dev.millrace.core.status.PipelineReading;
import dev.millrace.spi.ComponentId;
import dev.millrace.spi.config.ByteSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The journal of one pipeline, which outlives the generations of its components.
 *
 * @param folder where it is
 * @param journal the journal
 * @param sink where batches enter it
 * @param settings what it was opened with
 * @param maxBytes how many bytes may wait for a flusher that has no limit of its own
 * @param report what it tells
 * @param counters what its inputs and processors are counted with
 */
record PipelineJournal(
        Path folder,
        Journal journal,
        JournalSink sink,
        PipelineSettings settings,
        long maxBytes,
        JournalReport report,
        PipelineCounters counters)
        implements AutoCloseable {
    private static final long LARGEST = 10L << 30;
    private static final long LARGEST_IN_MEMORY = 64L << 20;

    /**
     * Opens the journal in a folder.
     *
     * @param share how many pipelines share the volume
     */
    static PipelineJournal open(
            String pipeline, Path folder, PipelineSettings settings, int share, TailBuffer tail, Services services)
            throws IOException {
        boolean inMemory = settings.durability() == PipelineSettings.Durability.MEMORY;
        long maxBytes =
                settings.maxBytes().map(ByteSize::bytes).orElse(inMemory ? LARGEST_IN_MEMORY : share(folder, share));
        JournalReport report = new JournalReport(pipeline, services.metrics(), services.clock());
        try {
            Journal journal = Journal.open(
                    folder,
                    inMemory ? FileAccess.memory(maxBytes + LARGEST_IN_MEMORY) : FileAccess.real(),
                    JournalSettings.DEFAULT
                            .withDurability(
                                    Durability.valueOf(settings.durability().name()))
                            .withMaxBytes(maxBytes),
                    tail,
                    report);
            report.publish(journal, services.metrics());
            return new PipelineJournal(
                    folder,
                    journal,
                    new JournalSink(journal),
                    settings,
                    maxBytes,
                    report,
                    new PipelineCounters(pipeline, services.metrics()));
        } catch (IOException | RuntimeException e) {
            report.close();
            throw e;
        }
    }

    /** How large it is. */
    PipelineReading.Journal reading() {
        return new PipelineReading.Journal(
                journal.statistics().bytes(), maxBytes, settings.durability() != PipelineSettings.Durability.MEMORY);
    }

    /** The dead letters of a flusher, on disk also where the journal is in memory. */
    DeadLetterFolder letters(ComponentId flusher, DeadLetterOptions options) {
        return new DeadLetterFolder(
                FileAccess.real(),
                DeadLetterFolder.of(folder, flusher.toString()),
                options.maxBytes().bytes(),
                options.maxAge(),
                settings.durability() == PipelineSettings.Durability.FSYNC);
    }

    /** The smaller of 10 GiB and an equal share of half the volume. */
    private static long share(Path folder, int share) throws IOException {
        Files.createDirectories(folder);
        long volume = Files.getFileStore(folder).getTotalSpace();
        return Math.max(1, Math.min(LARGEST, volume / 2 / Math.max(1, share)));
    }

    @Override
    public void close() throws IOException {
        try {
            journal.close();
        } finally {
            report.close();
            counters.close();
        }
    }
}

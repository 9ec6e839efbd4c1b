package dev.millrace.core.pipeline;

import dev.millrace.core.config.PipelineSettings;
import dev.millrace.core.config.WhenFull;
import dev.millrace.core.delivery.DeadLetterOptions;
import dev.millrace.core.delivery.DeliveryOptions;
import dev.millrace.core.journal.CursorLimits;
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
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * The journal of one pipeline, which outlives the generations of its components.
 *
 * @param folder where it is
 * @param journal the journal
 * @param sink where batches enter it
 * @param settings what it was opened with
 * @param defaults the limits of a flusher that has none of its own
 * @param report what it tells
 * @param states what its components remember
 * @param letters the regular deletion of old dead letters
 * @param counters what its inputs and processors are counted with
 */
record PipelineJournal(
        Path folder,
        Journal journal,
        JournalSink sink,
        PipelineSettings settings,
        CursorLimits defaults,
        JournalReport report,
        ComponentStates states,
        ScheduledFuture<?> letters,
        PipelineCounters counters)
        implements AutoCloseable {
    private static final long LARGEST = 10L << 30;
    private static final long LEAST_FREE = 1L << 30;
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
        CursorLimits defaults = defaults(folder, settings, share);
        long maxBytes = defaults.maxBytes();
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
                    defaults,
                    report,
                    new ComponentStates(pipeline, journal),
                    services.workers()
                            .scheduleWithFixedDelay(
                                    () -> LettersLeft.trim(
                                            pipeline,
                                            folder,
                                            journal.cursors(),
                                            services.clock().millis()),
                                    1,
                                    60,
                                    TimeUnit.MINUTES),
                    new PipelineCounters(pipeline, services.metrics()));
        } catch (IOException | RuntimeException e) {
            report.close();
            throw e;
        }
    }

    /** How large it is. */
    PipelineReading.Journal reading() {
        return new PipelineReading.Journal(
                journal.statistics().bytes(),
                defaults.maxBytes(),
                settings.durability() != PipelineSettings.Durability.MEMORY);
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

    /** How much may wait for a flusher with these options. */
    CursorLimits limits(DeliveryOptions options) {
        return new CursorLimits(
                options.maxBytes().map(ByteSize::bytes).orElse(defaults.maxBytes()),
                options.maxAge().orElse(defaults.maxAge()),
                options.minFreeDisk().map(ByteSize::bytes).orElse(defaults.minFreeDisk()),
                options.dropsOldest(settings.whenFull()));
    }

    private static CursorLimits defaults(Path folder, PipelineSettings settings, int share) throws IOException {
        boolean inMemory = settings.durability() == PipelineSettings.Durability.MEMORY;
        Files.createDirectories(folder);
        long volume = Files.getFileStore(folder).getTotalSpace();
        return new CursorLimits(
                settings.maxBytes()
                        .map(ByteSize::bytes)
                        .orElse(
                                inMemory
                                        ? LARGEST_IN_MEMORY
                                        : Math.max(1, Math.min(LARGEST, volume / 2 / Math.max(1, share)))),
                settings.maxAge().orElse(Duration.ZERO),
                settings.minFreeDisk()
                        .map(ByteSize::bytes)
                        .orElse(inMemory ? 0 : Math.min(volume / 4, Math.max(LEAST_FREE, volume / 20))),
                settings.whenFull() == WhenFull.DROP_OLDEST);
    }

    @Override
    public void close() throws IOException {
        letters.cancel(false);
        try {
            journal.close();
        } finally {
            report.close();
            counters.close();
        }
    }
}

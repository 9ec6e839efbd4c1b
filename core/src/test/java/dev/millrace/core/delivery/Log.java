package dev.millrace.core.delivery;

import dev.millrace.core.journal.Cursor;
import dev.millrace.core.journal.CursorLimits;
import dev.millrace.core.journal.DeadLetter;
import dev.millrace.core.journal.DeadLetterFolder;
import dev.millrace.core.journal.DeadLetterReader;
import dev.millrace.core.journal.Durability;
import dev.millrace.core.journal.FileAccess;
import dev.millrace.core.journal.Journal;
import dev.millrace.core.journal.JournalEvents;
import dev.millrace.core.journal.JournalSettings;
import dev.millrace.core.journal.TailBuffer;
import dev.millrace.spi.event.EventBatch;
import dev.millrace.spi.pipeline.Acknowledgement;
import dev.millrace.spi.pipeline.Refusal;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The journal of a test, on files in memory that outlive it. */
final class Log implements AutoCloseable {
    private static final Path FOLDER = Path.of("web");
    private static final Path LETTERS = DeadLetterFolder.of(FOLDER, "fake");

    private final List<Journal> abandoned = new ArrayList<>();
    final RememberedFiles files = new RememberedFiles(FileAccess.memory(1L << 30));
    long tailBytes = 1 << 20;
    long segmentBytes = 64 << 10;
    private Journal journal;

    Journal journal() {
        return journal;
    }

    void open() throws IOException {
        if (journal == null) {
            JournalSettings settings =
                    JournalSettings.DEFAULT.withDurability(Durability.WRITE).withSegmentBytes(segmentBytes);
            journal = Journal.open(FOLDER, files, settings, new TailBuffer(tailBytes), JournalEvents.NONE);
        }
    }

    Cursor cursor(String flusher, CursorLimits limits) throws IOException {
        return journal.cursor(flusher, limits);
    }

    Cursor cursor(String flusher) throws IOException {
        return journal.cursor(flusher);
    }

    /** Where rejected requests go. */
    DeadLetterFolder letters() {
        return new DeadLetterFolder(files, LETTERS, 1 << 20, Duration.ofDays(7), false);
    }

    /** The letters that are on disk. */
    List<DeadLetter> readLetters() throws IOException {
        List<DeadLetter> letters = new ArrayList<>();
        for (String name : files.list(LETTERS).stream().sorted().toList()) {
            try (DeadLetterReader reader = DeadLetterReader.open(files, LETTERS.resolve(name))) {
                for (DeadLetter letter = reader.next(); letter != null; letter = reader.next()) {
                    letters.add(letter);
                }
            }
        }
        return letters;
    }

    /** Appends a batch and waits until it is committed. */
    void append(EventBatch batch) {
        offer(batch).ifPresent(refusal -> {
            throw new AssertionError(refusal);
        });
    }

    /** Appends a batch and waits until it is committed, or says why it is not. */
    Optional<Refusal> offer(EventBatch batch) {
        CompletableFuture<Optional<Refusal>> committed = new CompletableFuture<>();
        journal.append(batch, new Acknowledgement() {
            @Override
            public void committed() {
                committed.complete(Optional.empty());
            }

            @Override
            public void refused(Refusal refusal) {
                committed.complete(Optional.of(refusal));
            }
        });
        return committed.join();
    }

    /** The process is gone, the files stay. */
    void kill() {
        abandoned.add(journal);
        journal = null;
    }

    void close(boolean andOpen) throws IOException {
        journal.close();
        journal = null;
        if (andOpen) {
            open();
        }
    }

    @Override
    public void close() throws IOException {
        if (journal != null) {
            abandoned.add(journal);
        }
        for (Journal each : abandoned) {
            each.close();
        }
    }
}

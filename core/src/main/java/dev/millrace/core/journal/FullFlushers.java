package dev.millrace.core.journal;

import dev.millrace.spi.pipeline.Refusal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The flushers that are at a limit and refuse, so that appends are refused. Thread-safe. */
final class FullFlushers {
    private static final Duration RETRY = Duration.ofSeconds(5);
    private static final long CHECK_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private final Object lock = new Object();
    private final Path folder;
    private final JournalEvents events;
    private final Log log;
    private final FreeDisk disk;
    private final Turns turns;
    private final Supplier<List<Cursor>> cursors;
    private final Set<String> full = new HashSet<>();
    private volatile @Nullable Refusal refusal;
    private volatile long checkedAt;
    private volatile boolean changing;

    FullFlushers(
            Path folder, JournalEvents events, Log log, FreeDisk disk, Turns turns, Supplier<List<Cursor>> cursors) {
        this.folder = folder;
        this.events = events;
        this.log = log;
        this.disk = disk;
        this.turns = turns;
        this.cursors = cursors;
    }

    /** Why a batch would be refused at this moment, because too much waits for a flusher. */
    @Nullable
    Refusal refusal() {
        if (changing && turns.now() - checkedAt > CHECK_NANOS) {
            check();
        }
        return refusal;
    }

    boolean contains(String flusher) {
        synchronized (lock) {
            return full.contains(flusher);
        }
    }

    /** Looks at all of them. One at its limit is released when it is a little below, so that it doesn't flutter. */
    void check() {
        synchronized (lock) {
            Refusal found = null;
            boolean timed = false;
            List<Cursor> now = cursors.get();
            full.retainAll(now.stream().map(Cursor::flusher).toList());
            for (Cursor cursor : now) {
                boolean refuses = !cursor.limits().dropOldest();
                timed |= refuses && cursor.limits().change();
                Refusal over = refuses ? overLimit(cursor, full.contains(cursor.flusher())) : null;
                if (over != null && full.add(cursor.flusher())) {
                    events.full(cursor.flusher(), over.message());
                } else if (over == null && full.remove(cursor.flusher())) {
                    events.released(cursor.flusher());
                }
                found = over != null ? over : found;
            }
            refusal = found;
            changing = timed;
            checkedAt = turns.now();
        }
    }

    private @Nullable Refusal overLimit(Cursor cursor, boolean wasFull) {
        CursorLimits limits = cursor.limits();
        long held = cursor.backlogBytes();
        long most = limits.maxBytes();
        if (held >= (wasFull ? most - most / 16 : most)) {
            return new Refusal(
                    Refusal.Reason.FLUSHER_FULL,
                    cursor.flusher() + " holds back " + held + " bytes of the journal (MaxBytes: " + most
                            + "); its destination takes too little",
                    RETRY);
        }
        long since = cursor.waitingSince();
        long age = turns.millis() - since;
        if (since != 0 && !limits.maxAge().isZero() && age >= limits.maxAge().toMillis()) {
            return new Refusal(
                    Refusal.Reason.FLUSHER_FULL,
                    cursor.flusher() + " holds back what came " + age / 1000 + " s ago (MaxAge: "
                            + limits.maxAge().toSeconds() + "s); its destination takes too little",
                    RETRY);
        }
        long least = limits.minFreeDisk();
        if (least > 0 && holdsMoreThanTheLast(cursor) && disk.bytes() < (wasFull ? least + least / 16 : least)) {
            return new Refusal(
                    Refusal.Reason.DISK_FULL,
                    cursor.flusher() + " holds back " + held + " bytes of the journal, and the volume of " + folder
                            + " has " + disk.bytes() + " bytes left (MinFreeDisk: " + least + ")",
                    RETRY);
        }
        return null;
    }

    private boolean holdsMoreThanTheLast(Cursor cursor) {
        Segment last = log.last();
        return last != null && cursor.waitsBefore(last.first());
    }
}

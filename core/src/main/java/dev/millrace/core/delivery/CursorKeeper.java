package dev.millrace.core.delivery;

import dev.millrace.core.journal.Cursor;
import dev.millrace.core.journal.CursorState;
import dev.millrace.core.journal.Journal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Writes the cursor at most once a turn: what lanes did together is written together, before anything else is sent. An
 * idle cursor that only follows the reader is written once a second.
 */
final class CursorKeeper {
    private static final long PAUSE = TimeUnit.SECONDS.toNanos(1);

    private final Journal journal;
    private final Cursor cursor;
    private final Executor workers;
    private final Supplier<CursorState> state;
    private final Complaints complaints;
    private final List<CompletableFuture<Void>> awaiting = new ArrayList<>();
    private boolean changed;
    private boolean drifted;
    private boolean failed;
    private boolean trimDue;
    private boolean trimAtOnce;
    private long trimmed = Long.MIN_VALUE;
    private long lastWrite = Long.MIN_VALUE / 2;
    private long lastTrim = Long.MIN_VALUE / 2;

    CursorKeeper(Journal journal, Cursor cursor, Executor workers, Supplier<CursorState> state, Complaints complaints) {
        this.journal = journal;
        this.cursor = cursor;
        this.workers = workers;
        this.state = state;
        this.complaints = complaints;
    }

    /** The state must be written in this turn. */
    void changed() {
        changed = true;
    }

    /** Positions moved without anything sent: the state may be written later. */
    void drifted() {
        drifted = true;
    }

    /** Items were given up to make room: the state must be written in this turn, and the journal is trimmed at once. */
    void gaveUp() {
        changed = true;
        trimAtOnce = true;
    }

    /** Completes {@code written} on a worker when the state is written; {@code news} says whether it just changed. */
    void await(CompletableFuture<Void> written, boolean news) {
        changed |= news;
        if (changed) {
            awaiting.add(written);
        } else {
            complete(() -> written.complete(null), written);
        }
    }

    /** Fails {@code written} on a worker. */
    void refuse(CompletableFuture<Void> written, String reason) {
        complete(() -> written.completeExceptionally(new IOException(reason)), written);
    }

    /** Writes what is due, and returns when to be called again at the latest. */
    long write(long now) {
        boolean due = now - lastWrite >= PAUSE;
        if (changed && (!failed || due || !awaiting.isEmpty()) || drifted && due) {
            store(now);
        }
        if (trimDue && (trimAtOnce || now - lastTrim >= PAUSE)) {
            trim(now);
        }
        boolean later = changed || drifted;
        return Math.min(later ? lastWrite + PAUSE : Long.MAX_VALUE, trimDue ? lastTrim + PAUSE : Long.MAX_VALUE);
    }

    private void store(long now) {
        lastWrite = now;
        try {
            CursorState stored = state.get();
            cursor.store(stored);
            changed = false;
            drifted = false;
            failed = false;
            trimDue |= stored.lowest() > trimmed;
            trimmed = stored.lowest();
            awaiting.forEach(written -> complete(() -> written.complete(null), written));
        } catch (IOException e) {
            failed = true;
            complaints.add(now, "cannot write the cursor, and tries again: " + e.getMessage());
            awaiting.forEach(written -> refuse(written, "cannot write the cursor: " + e.getMessage()));
        }
        awaiting.clear();
    }

    private void complete(Runnable completion, CompletableFuture<Void> written) {
        try {
            workers.execute(completion);
        } catch (RuntimeException refused) {
            written.completeExceptionally(new IOException("no worker is left: " + refused.getMessage()));
        }
    }

    private void trim(long now) {
        lastTrim = now;
        trimDue = false;
        trimAtOnce = false;
        try {
            journal.trim();
        } catch (IOException e) {
            trimDue = true;
            complaints.add(now, "cannot trim the journal, and tries again: " + e.getMessage());
        }
    }

    /** Writes the state if it changed, and fails those who wait. */
    void close(long now) {
        if (changed || drifted) {
            store(now);
        }
        abandon();
    }

    /** Fails those who wait for a write that will not happen. */
    void abandon() {
        awaiting.forEach(written -> written.completeExceptionally(new IOException("the delivery has stopped")));
        awaiting.clear();
    }
}

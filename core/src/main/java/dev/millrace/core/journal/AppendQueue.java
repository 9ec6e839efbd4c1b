package dev.millrace.core.journal;

import dev.millrace.spi.pipeline.Refusal;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The batches on their way to the journal's own thread, bounded by bytes. Thread-safe, never blocks. */
final class AppendQueue {
    private static final long GROUP_BYTES = 8 << 20;
    private static final Duration BUSY_RETRY = Duration.ofSeconds(1);
    private static final Refusal STOPPING =
            new Refusal(Refusal.Reason.STOPPING, "the pipeline is stopping", Duration.ofSeconds(5));

    private final Object lock = new Object();
    private final ArrayDeque<Pending> pending = new ArrayDeque<>();
    private final long maxBytes;
    private final long lingerNanos;
    private final Refusal busy;
    private final Runnable wake;
    private final LongSupplier end;
    private long bytes;
    private long pendingBytes;
    private int waiting;
    private boolean closed;
    private boolean retryNow;
    private @Nullable Refusal failure;
    private @Nullable CompletableFuture<Long> segmentEnd;

    /**
     * A queue.
     *
     * @param maxBytes how much may wait in it
     * @param wake is run when a group may be due earlier than {@link #dueAt} said
     * @param end the number behind the last committed item
     */
    AppendQueue(long maxBytes, Duration linger, Runnable wake, LongSupplier end) {
        this.end = end;
        this.maxBytes = maxBytes;
        this.wake = wake;
        this.lingerNanos = linger.toNanos();
        this.busy = new Refusal(
                Refusal.Reason.BUSY, maxBytes + " bytes of batches wait for the journal's disk already", BUSY_RETRY);
    }

    /** Takes a batch, or says why not. */
    @Nullable
    Refusal offer(Pending added) {
        synchronized (lock) {
            Refusal refusal = refusal();
            if (refusal == null && bytes > 0 && bytes + added.bytes() > maxBytes) {
                refusal = busy;
            }
            if (refusal != null) {
                return refusal;
            }
            pending.add(added);
            bytes += added.bytes();
            pendingBytes += added.bytes();
            waiting += added.waiting() ? 1 : 0;
            if (pending.size() > 1 && !added.waiting() && pendingBytes < GROUP_BYTES) {
                return null;
            }
        }
        wake.run();
        return null;
    }

    /** Why a batch would be refused at this moment, or null. */
    @Nullable
    Refusal refusal() {
        synchronized (lock) {
            if (closed) {
                return STOPPING;
            }
            return failure != null ? failure : bytes >= maxBytes ? busy : null;
        }
    }

    /** The estimated memory of batches that are not committed yet. */
    long bytes() {
        synchronized (lock) {
            return bytes;
        }
    }

    /**
     * Asks for the end of the segment that is written; completes when what comes next goes to another, with the number
     * at which that begins: a segment that begins there or behind may still be written.
     */
    CompletableFuture<Long> endSegment() {
        CompletableFuture<Long> asked;
        synchronized (lock) {
            if (closed || failure != null) {
                return CompletableFuture.completedFuture(end.getAsLong()); // there is none
            }
            asked = segmentEnd == null ? new CompletableFuture<>() : segmentEnd;
            segmentEnd = asked;
        }
        wake.run();
        return asked;
    }

    /** Who asked for the end of the segment, or null. */
    @Nullable
    CompletableFuture<Long> takeSegmentEnd() {
        synchronized (lock) {
            CompletableFuture<Long> asked = segmentEnd;
            segmentEnd = null;
            return asked;
        }
    }

    /** When the next group is to be committed: {@code Long.MIN_VALUE} means now. */
    long dueAt() {
        synchronized (lock) {
            if (closed || waiting > 0 || pendingBytes >= GROUP_BYTES) {
                return Long.MIN_VALUE;
            }
            Pending oldest = pending.peek();
            return oldest == null ? Long.MAX_VALUE : oldest.since() + lingerNanos;
        }
    }

    /** Whether nothing more comes. */
    boolean ended() {
        synchronized (lock) {
            return closed && pending.isEmpty();
        }
    }

    /** The next group; empty where there is none. */
    List<Pending> take() {
        synchronized (lock) {
            List<Pending> group = new ArrayList<>();
            long taken = 0;
            for (Pending next = pending.peek();
                    next != null && (group.isEmpty() || taken + next.bytes() <= GROUP_BYTES);
                    next = pending.peek()) {
                group.add(pending.remove());
                taken += next.bytes();
                waiting -= next.waiting() ? 1 : 0;
            }
            pendingBytes -= taken;
            return group;
        }
    }

    /** Gives back the room of batches that are committed or refused. */
    void release(List<Pending> done) {
        long sum = 0;
        for (Pending batch : done) {
            sum += batch.bytes();
        }
        synchronized (lock) {
            bytes -= sum;
        }
    }

    /** Refuses everything from now on, and returns what waits, which the caller is to refuse. */
    List<Pending> fail(Refusal refusal) {
        synchronized (lock) {
            failure = refusal;
            if (segmentEnd != null) {
                segmentEnd.complete(end.getAsLong()); // the segment was abandoned
                segmentEnd = null;
            }
            List<Pending> rest = new ArrayList<>(pending);
            pending.clear();
            pendingBytes = 0;
            waiting = 0;
            return rest;
        }
    }

    /** Accepts batches again. */
    void recover() {
        synchronized (lock) {
            failure = null;
        }
    }

    /** Whether the wait after a failure is over before its time, because there may be room now. */
    boolean takeRetryNow() {
        synchronized (lock) {
            boolean taken = retryNow;
            retryNow = false;
            return taken;
        }
    }

    /** Ends the wait after a failure, because there may be room now. */
    void retryNow() {
        synchronized (lock) {
            if (failure == null) {
                return;
            }
            retryNow = true;
        }
        wake.run();
    }

    /** Refuses everything from now on; what is there already is still taken. */
    void close() {
        synchronized (lock) {
            closed = true;
        }
        wake.run();
    }

    boolean closed() {
        synchronized (lock) {
            return closed;
        }
    }
}

package dev.millrace.core.journal;

import dev.millrace.spi.pipeline.Refusal;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The batches on their way to the journal's own thread, bounded by bytes. Thread-safe; only {@link #take} and
 * {@link #awaitRetry} block.
 */
final class AppendQueue {
    private static final long GROUP_BYTES = 8 << 20;
    private static final long LONGEST_WAIT_NANOS = TimeUnit.HOURS.toNanos(1);
    private static final Duration BUSY_RETRY = Duration.ofSeconds(1);
    private static final Refusal STOPPING =
            new Refusal(Refusal.Reason.STOPPING, "the pipeline is stopping", Duration.ofSeconds(5));

    private final Object lock = new Object();
    private final ArrayDeque<Pending> pending = new ArrayDeque<>();
    private final long maxBytes;
    private final long lingerNanos;
    private final Refusal busy;
    private long bytes;
    private long pendingBytes;
    private int waiting;
    private boolean closed;
    private boolean retryNow;
    private @Nullable Refusal failure;

    AppendQueue(long maxBytes, Duration linger) {
        this.maxBytes = maxBytes;
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
            if (pending.size() == 1 || added.waiting() || pendingBytes >= GROUP_BYTES) {
                lock.notifyAll();
            }
            return null;
        }
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

    /** Waits for the next group: null when the queue is closed and empty. */
    @Nullable
    List<Pending> take() {
        synchronized (lock) {
            while (!closed && waiting == 0 && pendingBytes < GROUP_BYTES) {
                Pending oldest = pending.peek();
                long left = oldest == null ? Long.MAX_VALUE : oldest.since() + lingerNanos - System.nanoTime();
                if (left <= 0) {
                    break;
                }
                await(left);
            }
            if (pending.isEmpty()) {
                return null;
            }
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

    /** Waits after a failure; false when the queue is closed. */
    boolean awaitRetry(Duration delay) {
        long until = System.nanoTime() + delay.toNanos();
        synchronized (lock) {
            for (long left = delay.toNanos(); left > 0 && !closed && !retryNow; left = until - System.nanoTime()) {
                await(left);
            }
            retryNow = false;
            return !closed;
        }
    }

    /** Ends the wait after a failure, because there may be room now. */
    void retryNow() {
        synchronized (lock) {
            if (failure != null) {
                retryNow = true;
                lock.notifyAll();
            }
        }
    }

    /** Refuses everything from now on; what is there already is still taken. */
    void close() {
        synchronized (lock) {
            closed = true;
            lock.notifyAll();
        }
    }

    private void await(long nanos) {
        try {
            TimeUnit.NANOSECONDS.timedWait(lock, Math.min(nanos, LONGEST_WAIT_NANOS));
        } catch (InterruptedException e) {
            // Only the journal's own thread waits here. To obey, or to set the flag again, would close its channel.
            Thread.interrupted();
        }
    }
}

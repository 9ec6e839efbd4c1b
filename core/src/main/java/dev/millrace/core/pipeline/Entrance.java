package dev.millrace.core.pipeline;

import dev.millrace.core.calls.ComponentException;
import dev.millrace.spi.event.EventBatch;
import dev.millrace.spi.pipeline.Refusal;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Where all inputs of a pipeline hand in their batches. What comes after it can change while they run: a change waits for
 * the batches that are on their way, and those that come meanwhile wait for it, so that no two batches of one series pass
 * each other. Thread-safe.
 */
final class Entrance implements Stage {
    private static final long DEADLINE_SECONDS = 10;
    private static final long PATIENT_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long PAUSE_NANOS = TimeUnit.MICROSECONDS.toNanos(200);
    private static final long TURN_MILLIS = 50;

    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
    private final Turn turn;
    private volatile Stage way;

    /**
     * An entrance.
     *
     * @param turn the turn in which components with a state are called
     */
    Entrance(Stage way, Turn turn) {
        this.way = way;
        this.turn = turn;
    }

    /* Who comes with the turn comes out of the pipeline, by way of an answer: a change may wait for that turn. */
    @Override
    public void accept(EventBatch batch, Passage passage) {
        if (turn.isMine()) {
            way.accept(batch, passage);
            return;
        }
        lock.readLock().lock();
        try {
            way.accept(batch, passage);
        } finally {
            lock.readLock().unlock();
        }
    }

    @Override
    public Optional<Refusal> refusal() {
        return way.refusal();
    }

    /**
     * Changes what comes after it.
     *
     * @param between is done when nothing is on the old way any more and nothing on the new one yet
     * @throws ComponentException if a batch stays on the old way; nothing is changed then
     */
    void change(String pipeline, Stage to, Runnable between) throws ComponentException {
        if (way.equals(to)) {
            return;
        }
        take(pipeline);
        try {
            between.run();
            way = to;
        } finally {
            lock.writeLock().unlock();
        }
    }

    /* At first it waits for a moment without a batch and holds up none; then it takes turns with them. */
    private void take(String pipeline) throws ComponentException {
        long begun = System.nanoTime();
        try {
            while (!lock.writeLock().tryLock()) {
                long waited = System.nanoTime() - begun;
                if (waited > TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS)) {
                    throw new ComponentException(
                            pipeline,
                            "a processor or the aggregator has held a batch for " + DEADLINE_SECONDS
                                    + " s; the change waits for it");
                }
                LockSupport.parkNanos(PAUSE_NANOS);
                if (waited > PATIENT_NANOS && lock.writeLock().tryLock(TURN_MILLIS, TimeUnit.MILLISECONDS)) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ComponentException(pipeline, "the change was interrupted");
        }
    }
}

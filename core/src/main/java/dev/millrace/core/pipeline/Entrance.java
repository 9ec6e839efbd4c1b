package dev.millrace.core.pipeline;

import dev.millrace.spi.event.EventBatch;
import dev.millrace.spi.pipeline.Refusal;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Where all inputs of a pipeline hand in their batches. What comes after it can change while they run: a change waits for
 * the batches that are on their way, and those that come meanwhile wait for it, so that no two batches of one series pass
 * each other. Thread-safe.
 */
final class Entrance implements Stage {
    private static final long DEADLINE_SECONDS = 10;

    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
    private volatile Stage way;

    Entrance(Stage way) {
        this.way = way;
    }

    @Override
    public void accept(EventBatch batch, Passage passage) {
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
        try {
            if (!lock.writeLock().tryLock(DEADLINE_SECONDS, TimeUnit.SECONDS)) {
                throw new ComponentException(
                        pipeline,
                        "a processor or the aggregator has held a batch for " + DEADLINE_SECONDS
                                + " s; the change waits for it");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ComponentException(pipeline, "the change was interrupted");
        }
        try {
            between.run();
            way = to;
        } finally {
            lock.writeLock().unlock();
        }
    }
}

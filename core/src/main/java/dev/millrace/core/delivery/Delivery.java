package dev.millrace.core.delivery;

import dev.millrace.core.journal.Account;
import dev.millrace.core.journal.Cursor;
import dev.millrace.core.journal.DeadLetterFolder;
import dev.millrace.core.journal.Journal;
import dev.millrace.core.journal.Subscription;
import dev.millrace.spi.pipeline.DeliveryStatistics;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Brings what a pipeline's journal holds to one flusher, at the flusher's own pace: at least once, and every series in
 * order.
 *
 * <p>It has a thread of its own, which never waits for the flusher; the flusher is called on workers. Nothing of a backlog
 * is kept in memory but what the lanes are about to send. Thread-safe; used once.
 */
public final class Delivery {
    private final Journal journal;
    private final Supplier<Account> besides;
    private final LoopThread loop;
    private final Dispatcher dispatcher;
    private final Object lifeLock = new Object();
    private @Nullable Subscription commits;

    /**
     * A delivery that has not begun. No other delivery of the cursor runs at the same time.
     *
     * @param settings what it has to know of the flusher
     * @param journal the pipeline's journal
     * @param cursor the flusher's place in it
     * @param letters where requests are kept that the destination will never take; closed with the delivery
     * @param flusher the destination
     * @param workers where the flusher is called and stages are completed
     * @param clock the wall clock, for what people read
     * @param besides what the flusher was given in other journals, which its numbers include; thread-safe
     * @param newestAppended the largest timestamp appended to the journal, in milliseconds since the epoch, 0 where it is
     *     not known; thread-safe
     */
    public Delivery(
            DeliverySettings settings,
            Journal journal,
            Cursor cursor,
            DeadLetterFolder letters,
            GroupedFlusher flusher,
            Executor workers,
            Clock clock,
            Supplier<Account> besides,
            LongSupplier newestAppended) {
        this.journal = journal;
        this.besides = besides;
        this.loop = new LoopThread("delivery " + settings.pipeline() + " " + settings.flusher(), settings.name());
        this.dispatcher = new Dispatcher(
                settings,
                journal,
                cursor,
                letters,
                flusher,
                workers,
                loop,
                clock,
                newestAppended,
                new LaneCount(
                        1, settings.options().concurrency(), settings.limits().maxItems()),
                RandomGenerator.getDefault());
    }

    /** Begins to send: first what was recorded in an earlier life, then what the journal holds and will hold. */
    public void start() {
        synchronized (lifeLock) {
            if (commits != null) {
                throw new IllegalStateException("delivery: started (expected: started once)");
            }
            AtomicBoolean told = new AtomicBoolean();
            commits = journal.onCommit(() -> {
                if (told.compareAndSet(false, true)) {
                    loop.execute(() -> told.set(false));
                }
            });
            loop.start(dispatcher);
        }
    }

    /**
     * Ends it: nothing more is sent, requests in flight are waited for a few seconds, and the cursor is written. What was
     * in flight then is recorded, and comes first in the next life.
     *
     * @return completes when it has ended, never exceptionally
     */
    public CompletionStage<Void> stop() {
        synchronized (lifeLock) {
            if (commits == null) {
                return CompletableFuture.completedStage(null);
            }
            commits.close();
            loop.execute(dispatcher::stop);
            return dispatcher.stopped();
        }
    }

    /** Has a held flusher probed at once, because something was changed. */
    public void resume() {
        loop.execute(dispatcher::resume);
    }

    /** How it is. */
    public DeliveryStatus status() {
        Account more = besides.get();
        DeliveryStatus status = dispatcher.status();
        return more.equals(Account.NONE) ? status : status.plus(more);
    }

    /** Whether nothing of its own journal waits. */
    public boolean isThrough() {
        return dispatcher.status().counts().backlog() == 0;
    }

    /** The part of the status that the flusher may see. */
    public DeliveryStatistics statistics() {
        return () -> status().counts();
    }
}

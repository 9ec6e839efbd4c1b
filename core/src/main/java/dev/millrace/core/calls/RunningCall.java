package dev.millrace.core.calls;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A call into a plugin that goes on. Another may go on within it, on the same thread: then that one is what the thread is
 * busy with.
 */
public final class RunningCall {
    private static final int FRAMES = 3;
    private static final ThreadLocal<RunningCall> INNERMOST = new ThreadLocal<>();

    private final PluginCalls calls;
    private final String component;
    private final String what;
    private final long deadlineNanos;
    private final Consumer<RunningCall> late;
    private final long since = System.nanoTime();
    private final Thread thread = Thread.currentThread();
    private final @Nullable RunningCall outer = INNERMOST.get();
    private final AtomicBoolean over = new AtomicBoolean();
    private final Object spareLock = new Object();
    private volatile @Nullable RunningCall inner;
    private volatile boolean counted;
    private volatile String where = "";
    private volatile String plugin = "";
    private boolean ended;
    private boolean spared;

    RunningCall(PluginCalls calls, String component, String what, Duration deadline, Consumer<RunningCall> late) {
        this.calls = calls;
        this.component = component;
        this.what = what;
        this.deadlineNanos = deadline.toNanos();
        this.late = late;
    }

    /** From now on the thread is busy with this call. */
    void enter() {
        INNERMOST.set(this);
        if (outer != null) {
            outer.inner = this;
        }
    }

    /** Pipeline and component. */
    public String component() {
        return component;
    }

    /** The name of the call. */
    public String what() {
        return what;
    }

    /** Where it hangs in the code of a plugin, in words that go on behind others; empty where that is not known. */
    public String where() {
        return where;
    }

    Thread thread() {
        return thread;
    }

    long deadlineNanos() {
        return deadlineNanos;
    }

    /** How long it goes on by now. */
    long age() {
        return System.nanoTime() - since;
    }

    /** Who is to blame where this call takes too long: what the thread is busy with, if it took most of the time, or this. */
    RunningCall culprit() {
        RunningCall innermost = this;
        for (RunningCall within = inner; within != null; within = within.inner) {
            innermost = within;
        }
        return 2 * innermost.age() > age() ? innermost : this;
    }

    /**
     * The call has returned.
     *
     * @return whether it did so in time; else it was given up, and nothing that it gave counts
     */
    public boolean end() {
        if (outer == null) {
            INNERMOST.remove();
        } else {
            outer.inner = null;
            INNERMOST.set(outer);
        }
        boolean inTime = over.compareAndSet(false, true);
        calls.ended(this);
        if (!inTime && counted) {
            calls.returned(component);
        }
        giveBack();
        return inTime;
    }

    /** Gives up this call and those that it goes on within, and tells whoever waits for them. */
    void giveUp() {
        counted = true;
        if (!over.compareAndSet(false, true)) {
            counted = false;
            return;
        }
        where = frames();
        plugin = PluginFrames.plugin(thread);
        calls.abandoned(this);
        late.accept(this);
        for (RunningCall waiting = outer; waiting != null; waiting = waiting.outer) {
            if (waiting.over.compareAndSet(false, true)) {
                waiting.late.accept(this);
            }
        }
    }

    /** The plugin whose code it hangs in; empty where that is not known. */
    String plugin() {
        return plugin;
    }

    private String frames() {
        String frames = PluginFrames.of(thread)
                .limit(FRAMES)
                .map(StackTraceElement::toString)
                .collect(Collectors.joining(", called by "));
        return frames.isEmpty() ? "" : ", at " + frames;
    }

    boolean isOver() {
        return over.get();
    }

    /** Has another thread do the work of this one until the call returns, unless one does already. */
    void spare() {
        RunningCall outermost = this;
        while (outermost.outer != null) {
            outermost = outermost.outer;
        }
        if (thread instanceof WorkerThread worker) {
            outermost.spare(worker);
        }
    }

    private void spare(WorkerThread worker) {
        synchronized (spareLock) {
            if (!spared && !ended && calls.takeSpare()) {
                spared = true;
                worker.pool().more();
            }
        }
    }

    private void giveBack() {
        synchronized (spareLock) {
            ended = true;
            if (spared && thread instanceof WorkerThread worker) {
                calls.giveBackSpare();
                worker.pool().fewer();
            }
        }
    }

    @Override
    public String toString() {
        return component + ": " + what;
    }
}

package dev.millrace.core.calls;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All calls into plugins that go on, watched by a thread: one that keeps a worker for long has another worker put in its
 * place, and one that is not back by its deadline is given up. Its thread is left behind, never interrupted, as it may
 * hold a lock or a file.
 *
 * <p>There is room for some threads that hang; where it is used up, nothing more is called, so that a plugin that hangs
 * again and again does not fill the process with threads. Thread-safe.
 */
public final class PluginCalls implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("dev.millrace.plugin");
    private static final long LOOKS = 5;
    private static final int GRACE = 10;

    private final int workers;
    private final Deadlines deadlines;
    private final CallCounts counts;
    private final Set<RunningCall> running = ConcurrentHashMap.newKeySet();
    private final Object lock = new Object();
    private int spares;
    private volatile boolean closed;

    /**
     * No calls yet.
     *
     * @param workers how many threads one component may keep busy
     */
    public PluginCalls(int workers, Deadlines deadlines) {
        this.workers = workers;
        this.deadlines = deadlines;
        this.counts = new CallCounts(workers);
        Thread watch = new Thread(this::watch, "plugin watch");
        watch.setDaemon(true);
        watch.setContextClassLoader(PluginCalls.class.getClassLoader());
        watch.start();
    }

    /** How many tasks of one component run at the same time. */
    public int workers() {
        return workers;
    }

    /** How long calls may take. */
    public Deadlines deadlines() {
        return deadlines;
    }

    /** How long after its deadline a call is given up at the latest. */
    Duration grace() {
        return deadlines.patience().multipliedBy(GRACE);
    }

    /** How many calls failed or hang. */
    public CallCounts counts() {
        return counts;
    }

    /**
     * A call begins, on this thread.
     *
     * @param component pipeline and component
     * @param what the name of the call, such as {@code process}
     * @param late is given the call that hangs, which is this one or one within it, when it is given up; to return at once
     */
    public RunningCall begin(String component, String what, Consumer<RunningCall> late) {
        return begin(new RunningCall(this, component, what, deadlines.task(), late));
    }

    RunningCall begin(PluginCall of, String what, Duration deadline, Consumer<RunningCall> late) {
        return begin(new RunningCall(this, of.component(), what, deadline, late));
    }

    /* Where no memory is left for it, nothing has begun. */
    private RunningCall begin(RunningCall call) {
        boolean begun = false;
        running.add(call);
        try {
            call.enter();
            begun = true;
        } finally {
            if (!begun) {
                running.remove(call);
            }
        }
        return call;
    }

    /** Counts a call that threw something, or gave what it must not, and says in words what it was. */
    public ComponentException failed(String component, String what, Throwable thrown) {
        counts.failed(component, what, PluginFrames.plugin(thrown));
        return ComponentException.of(component, what, thrown);
    }

    void ended(RunningCall call) {
        running.remove(call);
    }

    void returned(String component) {
        counts.returned(component);
        LOG.info("{}: a call that was given up has returned", component);
    }

    void abandoned(RunningCall call) {
        counts.abandoned(call.component(), call.what(), call.plugin());
        LOG.error(
                "{}: {} has not returned within {}; its thread '{}' is left behind{}",
                call.component(),
                call.what(),
                PluginCall.seconds(Math.min(call.deadlineNanos(), call.age()) / 1_000_000),
                call.thread().getName(),
                call.where());
    }

    boolean takeSpare() {
        synchronized (lock) {
            if (spares >= counts.most()) {
                return false;
            }
            spares++;
            return true;
        }
    }

    void giveBackSpare() {
        synchronized (lock) {
            spares--;
        }
    }

    private void watch() {
        long pause = deadlines.patience().toMillis();
        while (!closed) {
            try {
                Thread.sleep(pause);
                running.forEach(this::look);
                pause = pause();
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException | Error e) { // the next look must come
                LOG.error("a fault of the host in its look at the calls into plugins", e);
            }
        }
    }

    /* None that begins after this look is late before a patience has passed. */
    private long pause() {
        long patience = deadlines.patience().toNanos();
        long next = patience;
        for (RunningCall call : running) {
            next = Math.min(next, patience - call.age());
        }
        return TimeUnit.NANOSECONDS.toMillis(Math.max(next, patience / LOOKS)) + 1;
    }

    private void look(RunningCall call) {
        long age = call.age();
        if (age > deadlines.patience().toNanos()) {
            call.spare();
        }
        if (age > call.deadlineNanos() && !call.isOver()) {
            call.culprit().giveUp();
        }
    }

    /** Ends the watch. */
    @Override
    public void close() {
        closed = true;
    }
}

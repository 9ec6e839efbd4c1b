package dev.millrace.core.pipeline;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;

/**
 * Errors that may come in floods: in ten seconds each is logged once, and no more than some different ones. The next line
 * counts the others. Errors are the same where their first lines are. Thread-safe.
 */
final class RepeatedLines {
    private static final long PAUSE = TimeUnit.SECONDS.toNanos(10);
    private static final int MOST = 16;

    private final Logger log;
    private final LongSupplier nanos;
    private final Object lock = new Object();
    private final Set<String> told = new HashSet<>();
    private long begun;
    private long suppressed;

    /** Nothing is logged yet; {@code nanos} is a clock of nanoseconds. */
    RepeatedLines(Logger log, LongSupplier nanos) {
        this.log = log;
        this.nanos = nanos;
        this.begun = nanos.getAsLong();
    }

    /** Logs an error, unless it is too soon. */
    void error(String message) {
        int end = message.indexOf('\n');
        String first = end < 0 ? message : message.substring(0, end);
        long more = 0;
        synchronized (lock) {
            if (nanos.getAsLong() - begun >= PAUSE) {
                begun = nanos.getAsLong();
                told.clear();
                more = suppressed;
                suppressed = 0;
            }
            if (told.size() == MOST || !told.add(first)) {
                suppressed++;
                return;
            }
        }
        log.error("{}{}", message, more == 0 ? "" : " (and " + more + " more failures since the last report)");
    }
}

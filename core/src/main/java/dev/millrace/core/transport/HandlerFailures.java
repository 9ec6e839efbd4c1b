package dev.millrace.core.transport;

import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reports what handlers of one listener do wrong: at most one line in ten seconds, which counts the others. Thread-safe. */
final class HandlerFailures {
    private static final Logger log = LoggerFactory.getLogger(Transport.class);
    private static final long PAUSE = TimeUnit.SECONDS.toNanos(10);

    private final Object lock = new Object();
    private long quietUntil = System.nanoTime();
    private long suppressed;

    /** Reports {@code what} happened to a request. */
    void report(String method, String target, String what) {
        long more;
        synchronized (lock) {
            long now = System.nanoTime();
            if (now - quietUntil < 0) {
                suppressed++;
                return;
            }
            quietUntil = now + PAUSE;
            more = suppressed;
            suppressed = 0;
        }
        int query = target.indexOf('?');
        String path = query < 0 ? target : target.substring(0, query);
        String others = more == 0 ? "" : " (and " + more + " more failures since the last report)";
        log.warn("{} {}: {}{}", method, path, what, others);
    }
}

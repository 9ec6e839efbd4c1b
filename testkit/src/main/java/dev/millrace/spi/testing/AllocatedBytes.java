package dev.millrace.spi.testing;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/**
 * The bytes that something allocates in the steady state, as the JVM counts them for the calling thread: exact, whatever else
 * the machine does.
 */
public final class AllocatedBytes {
    private static final int MOST_RUNS = 5_000;

    private AllocatedBytes() {}

    /** What is run again and again. */
    @FunctionalInterface
    public interface Run {
        /** Does it once. */
        void run() throws Exception;
    }

    /**
     * The least bytes that a run allocates. Compiled code allocates less than interpreted, so it is run until it takes no more
     * than what is expected, and some thousand times at the most.
     */
    public static long leastOf(long expected, Run run) throws Exception {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        for (int i = 0; i < MOST_RUNS && least > expected; i++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            run.run();
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        return least;
    }
}

package dev.millrace.distribution.guard;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;

/**
 * What a step takes of the machine for one sample.
 *
 * @param nanoseconds of processor time, of all threads but those of the JVM itself
 * @param bytes that they allocate
 */
record Cost(double nanoseconds, double bytes) {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** What all threads have taken up to this moment. */
    static Cost untilNow() {
        long[] threads = THREADS.getAllThreadIds();
        return new Cost(sum(THREADS.getThreadCpuTime(threads)), sum(THREADS.getThreadAllocatedBytes(threads)));
    }

    /** That of a run of a step. */
    static Cost of(Runnable step) {
        Cost begin = untilNow();
        step.run();
        Cost end = untilNow();
        return new Cost((end.nanoseconds - begin.nanoseconds) / Step.SAMPLES, (end.bytes - begin.bytes) / Step.SAMPLES);
    }

    private static double sum(long[] numbers) {
        return Arrays.stream(numbers).sum();
    }
}

package dev.millrace.distribution.benchmark;

import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The bytes that went through the operations of a benchmark, which JMH reports as nanoseconds for a byte. */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.OPERATIONS)
public class Bytes {
    /** All that a step read, or, where it reads none, all that it wrote. */
    public long bytes;

    /** Adds those of one invocation. */
    public void add(long count) {
        bytes += count;
    }
}

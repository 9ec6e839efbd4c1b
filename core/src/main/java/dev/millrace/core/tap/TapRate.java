package dev.millrace.core.tap;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Admits so many items in each second, and counts those that were over. Not thread-safe. */
final class TapRate {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final long most;
    private final LongSupplier nanos;
    private long begun;
    private long admitted;
    private long over;

    TapRate(long most, LongSupplier nanos) {
        this.most = most;
        this.nanos = nanos;
        this.begun = nanos.getAsLong();
    }

    boolean admits() {
        long now = nanos.getAsLong();
        if (now - begun >= SECOND) {
            begun = now;
            admitted = 0;
        }
        if (admitted < most) {
            admitted++;
            return true;
        }
        over++;
        return false;
    }

    /** How many were over since it was asked. */
    long takeOver() {
        long count = over;
        over = 0;
        return count;
    }
}

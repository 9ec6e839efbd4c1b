package dev.millrace.core.journal;

/** The newest committed batches of all journals of a host, kept in memory within one budget. Thread-safe. */
public final class TailBuffer {
    /** The budget of a host: 32 MiB. */
    public static final long DEFAULT_BYTES = 32L << 20;

    private final long maxBytes;

    /** A buffer for batches of {@code maxBytes} together, as estimated. */
    public TailBuffer(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** The budget in bytes. */
    public long maxBytes() {
        return maxBytes;
    }
}

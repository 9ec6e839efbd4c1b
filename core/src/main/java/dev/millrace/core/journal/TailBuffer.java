package dev.millrace.core.journal;

import dev.millrace.core.journal.JournalReader.Entry;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * The newest committed batches of all journals of a host, kept in memory within one budget. Thread-safe.
 *
 * <p>When it is full, the batch that was committed first goes, whose ever it is.
 */
public final class TailBuffer {
    /** The budget of a host: 32 MiB. */
    public static final long DEFAULT_BYTES = 32L << 20;

    private final long maxBytes;
    private final Object lock = new Object();
    private final ArrayDeque<Section> order = new ArrayDeque<>();
    private long bytes;

    /** A buffer for batches of {@code maxBytes} together, as estimated. */
    public TailBuffer(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** The estimated size of what it holds. */
    public long bytes() {
        synchronized (lock) {
            return bytes;
        }
    }

    /** A part of the buffer for one journal. */
    Section section() {
        return new Section();
    }

    /** The newest batches of one journal. Thread-safe. */
    final class Section {
        private @Nullable Entry[] entries = new Entry[16];
        private long[] sizes = new long[16];
        private int head;
        private int count;

        /** Adds the batch that follows the last one. */
        void add(Entry entry, long size) {
            synchronized (lock) {
                if (count == entries.length) {
                    grow();
                }
                int at = (head + count) & (entries.length - 1);
                entries[at] = entry;
                sizes[at] = size;
                count++;
                bytes += size;
                order.add(this);
                while (bytes > maxBytes) {
                    order.remove().removeOldest();
                }
            }
        }

        /** The batch that holds an item, or null where it is not here. */
        @Nullable
        Entry find(long item) {
            synchronized (lock) {
                int low = 0;
                int high = count - 1;
                while (low <= high) {
                    int middle = (low + high) >>> 1;
                    Entry entry = entries[(head + middle) & (entries.length - 1)];
                    if (entry == null || entry.end() <= item) {
                        low = middle + 1;
                    } else if (entry.firstItem() > item) {
                        high = middle - 1;
                    } else {
                        return entry;
                    }
                }
                return null;
            }
        }

        /** Gives its part of the budget back. */
        void close() {
            synchronized (lock) {
                while (count > 0) {
                    removeOldest();
                }
                order.removeIf(other -> other == this);
            }
        }

        private void removeOldest() {
            bytes -= sizes[head];
            entries[head] = null;
            head = (head + 1) & (entries.length - 1);
            count--;
        }

        private void grow() {
            int capacity = entries.length;
            @Nullable Entry[] moreEntries = new Entry[2 * capacity];
            long[] moreSizes = new long[2 * capacity];
            for (int i = 0; i < count; i++) {
                moreEntries[i] = entries[(head + i) & (capacity - 1)];
                moreSizes[i] = sizes[(head + i) & (capacity - 1)];
            }
            entries = moreEntries;
            sizes = moreSizes;
            head = 0;
        }
    }
}

package dev.millrace.core.delivery;

import dev.millrace.core.journal.JournalReader.Entry;
import dev.millrace.spi.pipeline.SliceLimits;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Rows that wait in a lane, in the order of the journal: a ring of parallel arrays, without an object for each row.
 *
 * <p>It is full at a number of rows or bytes that holds a few requests; a single row always fits.
 */
final class RowQueue {
    private static final int REQUESTS_BY_ITEMS = 4;
    private static final int REQUESTS_BY_BYTES = 2;

    private final SliceLimits limits;
    private final Company company;
    private @Nullable Entry[] entries = new Entry[256];
    private int[] rows = new int[entries.length];
    private int[] sizes = new int[entries.length];
    private long[] readAt = new long[entries.length];
    private int head;
    private int count;
    private long bytes;
    private int kindChanges;

    RowQueue(SliceLimits limits, Company company) {
        this.limits = limits;
        this.company = company;
    }

    int count() {
        return count;
    }

    /** The estimated size of all rows. */
    long bytes() {
        return bytes;
    }

    /** The number of rows at which a queue is full. */
    static long capacity(SliceLimits limits) {
        return (long) REQUESTS_BY_ITEMS * limits.maxItems();
    }

    boolean full() {
        return count >= capacity(limits) || bytes >= (long) REQUESTS_BY_BYTES * limits.maxBytes();
    }

    void add(Entry entry, int row, int size, long now) {
        if (count == rows.length) {
            grow();
        }
        if (count > 0 && !sameKind(entry, entry(count - 1))) {
            kindChanges++;
        }
        int at = at(count++);
        entries[at] = entry;
        rows[at] = row;
        sizes[at] = size;
        readAt[at] = now;
        bytes += size;
    }

    /** The entry of the oldest row; there is one. */
    Entry firstEntry() {
        return entry(0);
    }

    /** The number of the oldest item; there is one. */
    long firstItem() {
        return item(0);
    }

    /** When the next request may be cut: at once where it is full, else when its first row is old enough. */
    long dueAt() {
        boolean cut = count >= limits.maxItems() || bytes >= limits.maxBytes() || kindChanges > 0;
        return cut ? Long.MIN_VALUE : readAt[head] + limits.maxAge().toNanos();
    }

    /** Takes the rows of the next request, at least one. */
    Request take(long slots) {
        int size = 1;
        long taken = sizes[head];
        company.begin(entry(0), rows[head]);
        while (size < count
                && size < limits.maxItems()
                && taken + sizes[at(size)] <= limits.maxBytes()
                && company.admits(entry(size), rows[at(size)])) {
            taken += sizes[at(size++)];
        }
        Entry[] takenEntries = new Entry[size];
        int[] takenRows = new int[size];
        for (int i = 0; i < size; i++) {
            takenEntries[i] = entry(i);
            takenRows[i] = rows[at(i)];
        }
        remove(size, taken);
        return new Request(slots, takenEntries, takenRows, company.end());
    }

    /** Condemns the oldest rows, as far as they are to be given up. */
    void condemn(Overflow overflow) {
        while (count > 0) {
            String reason = overflow.reason(entry(0), rows[head]);
            if (reason == null) {
                return;
            }
            overflow.condemn(entry(0), rows[head], reason);
            remove(1, sizes[head]);
        }
    }

    /** A queue without rows, with the same limits. */
    RowQueue none() {
        return new RowQueue(limits, company.another());
    }

    /** A queue of the rows of some slots in this and another, in the order of the journal. */
    RowQueue with(RowQueue other, long slots) {
        RowQueue merged = none();
        int mine = 0;
        int theirs = 0;
        while (mine < count || theirs < other.count) {
            if (theirs == other.count || mine < count && item(mine) < other.item(theirs)) {
                merged.addFrom(this, mine++, slots);
            } else {
                merged.addFrom(other, theirs++, slots);
            }
        }
        return merged;
    }

    private void addFrom(RowQueue other, int index, long slots) {
        Entry entry = other.entry(index);
        int at = other.at(index);
        if ((slots >>> entry.batch().slot(other.rows[at]) & 1) != 0) {
            add(entry, other.rows[at], other.sizes[at], other.readAt[at]);
        }
    }

    private long item(int index) {
        return entry(index).firstItem() + rows[at(index)];
    }

    private void remove(int size, long removedBytes) {
        if (size < count && !sameKind(entry(size), entry(size - 1))) {
            kindChanges--;
        }
        for (int i = 0; i < size; i++) {
            entries[at(i)] = null;
        }
        head = at(size);
        count -= size;
        bytes -= removedBytes;
    }

    private Entry entry(int index) {
        return Objects.requireNonNull(entries[at(index)]);
    }

    private int at(int index) {
        return (head + index) & (rows.length - 1);
    }

    private static boolean sameKind(Entry one, Entry other) {
        return one.batch().getClass() == other.batch().getClass();
    }

    private void grow() {
        int capacity = rows.length;
        entries = unrolled(entries);
        rows = unrolled(rows);
        sizes = unrolled(sizes);
        long[] times = Arrays.copyOf(Arrays.copyOfRange(readAt, head, capacity), 2 * capacity);
        System.arraycopy(readAt, 0, times, capacity - head, head);
        readAt = times;
        head = 0;
    }

    private @Nullable Entry[] unrolled(@Nullable Entry[] ring) {
        @Nullable Entry[] copy = Arrays.copyOf(Arrays.copyOfRange(ring, head, ring.length), 2 * ring.length);
        System.arraycopy(ring, 0, copy, ring.length - head, head);
        return copy;
    }

    private int[] unrolled(int[] ring) {
        int[] copy = Arrays.copyOf(Arrays.copyOfRange(ring, head, ring.length), 2 * ring.length);
        System.arraycopy(ring, 0, copy, ring.length - head, head);
        return copy;
    }
}

package dev.millrace.core.delivery;

import dev.millrace.core.journal.Journal;
import dev.millrace.core.journal.JournalReader;
import dev.millrace.core.journal.JournalReader.Entry;
import dev.millrace.spi.event.EventBatch;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads the journal from the cursor on, and hands each row to the lane of its slot. A full lane stops it, and so do rows
 * of a size, in all lanes together, that makes a dozen of the largest requests.
 */
final class Router {
    private static final int REQUESTS_BY_BYTES = 12;

    private final Journal journal;
    private final Positions positions;
    private final Lanes lanes;
    private final Ledger ledger;
    private final Overflow overflow;
    private final Unwanted unwanted;
    private final long mostBytes;
    private JournalReader reader;
    private @Nullable Entry entry;
    private int row;
    private long position;
    private long newest;
    private long written;
    private long room;
    private boolean full;
    private long laneWaits;

    Router(
            Journal journal,
            long start,
            Positions positions,
            Lanes lanes,
            Ledger ledger,
            Overflow overflow,
            Unwanted unwanted,
            int maxBytes) {
        this.journal = journal;
        this.reader = journal.reader(start);
        this.overflow = overflow;
        this.unwanted = unwanted;
        this.position = start;
        this.positions = positions;
        this.lanes = lanes;
        this.ledger = ledger;
        this.mostBytes = (long) REQUESTS_BY_BYTES * maxBytes;
    }

    /** The number of the next item. */
    long position() {
        return position;
    }

    /** The largest timestamp that was read, in milliseconds since the epoch. */
    long newest() {
        return newest;
    }

    /** How often reading stopped because lanes were full. */
    long laneWaits() {
        return laneWaits;
    }

    /** Reads about {@code most} rows, and returns whether there is more that lanes have room for. */
    boolean read(long now, int most) throws IOException {
        skipOverflow();
        int left = most;
        room = mostBytes - lanes.bytes();
        while (left > 0) {
            Entry current = entry == null ? nextEntry() : entry;
            if (current == null) {
                return false;
            }
            int size = current.batch().size();
            for (; row < size; row++, left--) {
                if (!route(current, now)) {
                    laneWaits += full ? 0 : 1;
                    full = true;
                    return false;
                }
                position = current.firstItem() + row + 1;
            }
            entry = null;
        }
        return true;
    }

    /* Without reading, where all of it is outstanding for sure and nothing is in front of it. */
    private void skipOverflow() throws IOException {
        if (ledger.outstanding(position) && lanes.outstanding() == 0) {
            long next = overflow.skip(position, ledger);
            if (next > position) {
                JournalReader passed = reader;
                reader = journal.reader(next);
                entry = null;
                position = next; // before anything can fail, because these items are counted
                passed.close();
            }
        }
    }

    private boolean route(Entry current, long now) {
        EventBatch batch = current.batch();
        long item = current.firstItem() + row;
        int slot = batch.slot(row);
        if (positions.done(slot, item) || overflow.holds(slot, item)) {
            return true;
        }
        if (!lanes.recovering(slot, item)) {
            if (unwanted.includes(batch, row)) {
                return passBy(slot, item);
            }
            String reason = overflow.reason(current, row);
            if (reason != null) {
                ledger.found(item);
                overflow.condemn(current, row, reason);
                return true;
            }
            RowQueue queue = lanes.of(slot).queue();
            if (room <= 0 || queue.full()) {
                return false;
            }
            int size = RowSize.of(batch, row);
            queue.add(current, row, size, now);
            full = false;
            room -= size;
            ledger.found(item);
        }
        newest = Math.max(newest, RowTime.of(batch, row));
        return true;
    }

    private boolean passBy(int slot, long item) {
        if (unwanted.full()) {
            return false;
        }
        unwanted.add(slot, item);
        return true;
    }

    private @Nullable Entry nextEntry() throws IOException {
        Entry next = reader.next();
        skipTo(next == null ? reader.position() : next.firstItem());
        if (next != null && next.written() < written) {
            next = new Entry(next.firstItem(), written, next.batch()); // the clock was set back
        }
        written = next == null ? written : next.written();
        entry = next;
        row = next == null
                ? 0
                : (int) Math.min(position - next.firstItem(), next.batch().size());
        return next;
    }

    private void skipTo(long item) {
        if (item > position) {
            ledger.gap(position, item);
            position = item;
        }
    }

    void close() throws IOException {
        reader.close();
    }
}

package dev.millrace.core.journal;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Counts what cannot be read, each item once however many readers miss it, and keeps the damaged bytes. Thread-safe.
 *
 * <p>A reader that begins in the middle of what is lost misses less of it: the others tell the rest.
 */
final class Damages {
    private final Object lock = new Object();
    private final JournalEvents events;
    private final DamagedBytes bytes;
    private final ItemRanges lost = new ItemRanges();
    private final Set<Place> ranges = ConcurrentHashMap.newKeySet();
    private final Set<Place> records = ConcurrentHashMap.newKeySet();
    private final LongAdder damaged = new LongAdder();
    private final LongAdder skipped = new LongAdder();

    /** Where bytes or a record begin; a gap may end where a record begins that lacks something as well. */
    private record Place(Segment segment, long offset) {}

    Damages(JournalEvents events, DamagedBytes bytes) {
        this.events = events;
        this.bytes = bytes;
    }

    /** Items from {@code from} to below {@code to}, which may be none, are lost with some bytes of a segment. */
    void lost(Segment segment, DamagedBytes.Range range, long from, long to, String message) {
        long items = newlyLost(from, to);
        if (ranges.add(new Place(segment, range.from())) || items > 0) {
            damaged.add(items);
            events.damage(segment.name(), items, message + bytes.keep(segment.name(), range));
        }
    }

    /** Items of the record at an offset of a segment are lost, because what they need is lost. */
    void lost(Segment segment, long offset, long items, String message) {
        if (records.add(new Place(segment, offset))) {
            damaged.add(items);
            events.damage(segment.name(), items, message);
        }
    }

    /** Items are in no file; {@code near} is a segment beside the gap, if there is one. */
    void missing(@Nullable Segment near, long from, long to) {
        long items = newlyLost(from, to);
        if (items > 0) {
            damaged.add(items);
            events.damage(
                    near == null ? "" : near.name(), items, "items " + from + " to " + (to - 1) + " are in no segment");
        }
    }

    private long newlyLost(long from, long to) {
        synchronized (lock) {
            return lost.add(from, to);
        }
    }

    /** A record of an unknown kind was skipped. */
    void skipped(Segment segment, long offset, int kind, long items) {
        if (records.add(new Place(segment, offset))) {
            skipped.add(items);
            events.skipped(segment.name(), kind, items);
        }
    }

    long damagedItems() {
        return damaged.sum();
    }

    long skippedItems() {
        return skipped.sum();
    }
}

package dev.millrace.core.journal;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Counts what cannot be read, each damage once however many readers meet it. Thread-safe. */
final class Damages {
    private final JournalEvents events;
    private final Set<Long> gaps = ConcurrentHashMap.newKeySet();
    private final LongAdder damaged = new LongAdder();
    private final LongAdder skipped = new LongAdder();

    Damages(JournalEvents events) {
        this.events = events;
    }

    /** Items are lost, found at an offset of a segment. */
    void lost(Segment segment, long offset, long items, String message) {
        if (segment.firstReport(offset)) {
            damaged.add(items);
            events.damage(segment.name(), items, message);
        }
    }

    /** Items are in no file; {@code near} is a segment beside the gap, if there is one. */
    void missing(@Nullable Segment near, long from, long to) {
        if (gaps.add(from)) {
            damaged.add(to - from);
            events.damage(
                    near == null ? "" : near.name(),
                    to - from,
                    "items " + from + " to " + (to - 1) + " are in no segment");
        }
    }

    /** A record of an unknown kind was skipped. */
    void skipped(Segment segment, long offset, int kind, long items) {
        if (segment.firstReport(offset)) {
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

package dev.millrace.core.journal;

import java.util.Map;
import java.util.TreeMap;

/** A set of item numbers, as ranges. Not thread-safe. */
final class ItemRanges {
    private final TreeMap<Long, Long> ends = new TreeMap<>();

    /** Adds the numbers from {@code from} to below {@code to}; returns how many of them are new. */
    long add(long from, long to) {
        if (to <= from) {
            return 0;
        }
        long added = to - from;
        long begin = from;
        long end = to;
        Map.Entry<Long, Long> before = ends.floorEntry(to);
        while (before != null && before.getValue() >= from) {
            added -= Math.max(0, Math.min(to, before.getValue()) - Math.max(from, before.getKey()));
            begin = Math.min(begin, before.getKey());
            end = Math.max(end, before.getValue());
            ends.remove(before.getKey());
            before = ends.floorEntry(to);
        }
        ends.put(begin, end);
        return added;
    }
}

package dev.millrace.plugin.input.prometheus;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The text of a series as it stood in a page, and what became of it. */
final class CachedText {
    final byte[] text;
    final long hash;

    /** The series, or null where relabelling drops it. */
    final @Nullable Series series;

    /** The text that came after it when it was last used: probably the one that comes next. */
    @Nullable
    CachedText next;

    private int used;
    private boolean evicted;

    CachedText(byte[] text, long hash, @Nullable Series series) {
        this.text = text;
        this.hash = hash;
        this.series = series;
    }

    boolean is(long otherHash, byte[] bytes, int from, int to) {
        return hash == otherHash && Arrays.equals(text, 0, text.length, bytes, from, to);
    }

    /** Notes that scrape {@code number} has the text, and says whether it is the first time. */
    boolean use(int number) {
        boolean first = used != number;
        used = number;
        return first;
    }

    boolean usedSince(int number) {
        return used >= number;
    }

    void evict() {
        evicted = true;
        next = null;
    }

    boolean isEvicted() {
        return evicted;
    }
}

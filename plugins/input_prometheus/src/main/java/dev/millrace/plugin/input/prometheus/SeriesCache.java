package dev.millrace.plugin.input.prometheus;

import dev.millrace.spi.event.Labels;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a target's pages hold: the series by their text, so that labels are made once, and which of them the journal holds
 * of the last good scrape, so that the end of a series is marked.
 *
 * <pre>
 * begin()  → find or add a text, see a series, …, forEachGone() →  kept(true)    the journal holds the page's samples
 *                                                                 kept(false)   it holds the marks of a failed scrape
 *                                                                 neither       it was refused: as if nothing happened
 * </pre>
 *
 * Texts are in an open-addressing table by hash and bytes. One that three scrapes do not have is forgotten. Not
 * thread-safe.
 */
final class SeriesCache {
    private static final int KEPT_SCRAPES = 3;
    private static final int SLACK = 64;
    private static final int NEVER = -1;

    private final Map<Labels, Series> series = new HashMap<>();
    private final CachedText start = new CachedText(new byte[0], 0, null);
    private @Nullable CachedText[] table = new CachedText[64];
    private int size;
    private int usedTexts;

    private int scrape;
    private int lastGood = NEVER;
    private boolean ended;
    private int tracked;
    private int trackedNow;
    private int trackedAgain;

    /** Begins a scrape. */
    void begin() {
        if (size > usedTexts + usedTexts / 8 + SLACK) {
            sweep();
        }
        scrape++;
        usedTexts = 0;
        trackedNow = 0;
        trackedAgain = 0;
    }

    /** The text of a series in a page, or null where it is new. */
    @Nullable
    CachedText find(long hash, byte[] bytes, int from, int to) {
        int mask = table.length - 1;
        for (int at = (int) hash & mask; ; at = at + 1 & mask) {
            CachedText text = table[at];
            if (text == null || text.is(hash, bytes, from, to)) {
                return text;
            }
        }
    }

    /** Remembers a text and the labels that were made of it, null where they are dropped. */
    CachedText add(long hash, byte[] bytes, int from, int to, @Nullable Labels labels) {
        if (size >= table.length / 2) {
            resize(table.length * 2);
        }
        Series one = labels == null ? null : series(labels);
        CachedText text = new CachedText(Arrays.copyOfRange(bytes, from, to), hash, one);
        put(text);
        size++;
        return text;
    }

    /** Keeps a series for samples that the input itself makes: those of a page are duplicates of them. */
    void reserve(Labels labels) {
        series.put(labels, new Series(labels, true));
    }

    /** Begins with series that a predecessor has left: as if the last good scrape had been one of these, and kept. */
    void inherit(List<Labels> live) {
        begin();
        for (Labels labels : live) {
            see(series(labels), 0, false);
        }
        kept(true);
    }

    /** What stands before the first text of a page. */
    CachedText start() {
        return start;
    }

    private Series series(Labels labels) {
        return series.computeIfAbsent(labels, key -> new Series(key, false));
    }

    /** Notes that the page has a text. */
    void use(CachedText text) {
        if (text.use(scrape)) {
            usedTexts++;
        }
    }

    /** What a sample of a series means. */
    enum Sight {
        /** The series was in the last good scrape as well. */
        KNOWN,
        /** It was not. */
        NEW,
        /** The page has such a sample already. */
        DUPLICATE
    }

    /** Notes a sample of a series; {@code explicit} says whether it has a timestamp of its own. */
    Sight see(Series one, long timestamp, boolean explicit) {
        if (one.reserved || one.repeats(scrape, timestamp, explicit)) {
            return Sight.DUPLICATE;
        }
        boolean known = one.in(lastGood);
        boolean again = isTracked(one);
        boolean before = one.trackedIn(scrape);
        one.see(scrape, lastGood, timestamp, explicit);
        if (!explicit && !before) {
            trackedNow++;
            trackedAgain += again ? 1 : 0;
        }
        return known ? Sight.KNOWN : Sight.NEW;
    }

    /** Calls {@code action} with each series whose end is to be marked, because this scrape does not have it. */
    void forEachGone(Consumer<Series> action) {
        if (trackedAgain == tracked) {
            return;
        }
        for (Series one : series.values()) {
            if (!one.trackedIn(scrape) && isTracked(one)) {
                action.accept(one);
            }
        }
    }

    /** Calls {@code action} with each series whose end is to be marked, because the scrape failed. */
    void forEachTracked(Consumer<Series> action) {
        if (tracked == 0) {
            return;
        }
        for (Series one : series.values()) {
            if (isTracked(one)) {
                action.accept(one);
            }
        }
    }

    /**
     * The series whose ends are not marked yet.
     *
     * @param unanswered whether the samples of this scrape may be held as well, because nothing is known of it yet
     */
    List<Labels> live(boolean unanswered) {
        return series.values().stream()
                .filter(one -> isTracked(one) || unanswered && one.trackedIn(scrape))
                .map(one -> one.labels)
                .toList();
    }

    /** Ends a scrape that the journal holds; where it was not good, it holds the marks of all ends. */
    void kept(boolean good) {
        ended = !good;
        tracked = good ? trackedNow : 0;
        lastGood = good ? scrape : lastGood;
    }

    /** The number of texts. */
    int size() {
        return size;
    }

    private boolean isTracked(Series one) {
        return !ended && one.trackedIn(lastGood);
    }

    private void sweep() {
        @Nullable CachedText[] old = table;
        table = new CachedText[old.length];
        size = 0;
        for (CachedText text : old) {
            if (text == null) {
                continue;
            }
            if (!text.usedSince(scrape - KEPT_SCRAPES + 1)) {
                text.evict();
                continue;
            }
            put(text);
            size++;
            if (text.series != null) {
                text.series.mark(scrape);
            }
        }
        series.values().removeIf(one -> !one.reserved && !one.markedIn(scrape) && !one.in(lastGood));
        if (table.length > 64 && size < table.length / 8) {
            resize(table.length / 2);
        }
    }

    private void resize(int capacity) {
        @Nullable CachedText[] old = table;
        table = new CachedText[capacity];
        for (CachedText text : old) {
            if (text != null) {
                put(text);
            }
        }
    }

    private void put(CachedText text) {
        int mask = table.length - 1;
        int at = (int) text.hash & mask;
        while (table[at] != null) {
            at = at + 1 & mask;
        }
        table[at] = text;
    }
}

package dev.millrace.distribution.comparison.load;

import java.nio.ByteBuffer;
import java.time.Duration;

/** A target: its page, and how it was scraped. Thread-safe. */
final class Target {
    private final Object lock = new Object();
    private final ChangingPage page;
    private final long interval;
    private long pages;
    private long missed;
    private long longest;
    private long last;

    Target(ChangingPage page, Duration interval) {
        this.page = page;
        this.interval = interval.toNanos();
    }

    /** The next page, as the bytes of an answer, which stay as they are until the one after it. */
    ByteBuffer next() {
        synchronized (lock) {
            page.change();
            return page.answer();
        }
    }

    /** A page was taken to the end at a time of {@link System#nanoTime}. */
    void served(long now) {
        synchronized (lock) {
            if (pages++ > 0) {
                missed += missing(now);
                longest = Math.max(longest, now - last);
            }
            last = now;
        }
    }

    /** How it was scraped until a time of {@link System#nanoTime}. */
    Scrapes scrapes(long now) {
        synchronized (lock) {
            long[] parts = new long[Scrapes.PARTS];
            if (pages > 0) {
                parts[(int) (Math.floorMod(last, interval) * Scrapes.PARTS / interval)]++;
            }
            long missing = pages == 0 ? 1 : missed + missing(now);
            return new Scrapes(pages, missing, longest / (double) interval, parts);
        }
    }

    private long missing(long now) {
        return Math.max(0, Math.round((now - last) / (double) interval) - 1);
    }
}

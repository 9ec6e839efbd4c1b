package dev.millrace.distribution.comparison.load;

import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.time.Duration;

/** A target: its page, and how often it was scraped. Thread-safe. */
final class Target {
    private final Object lock = new Object();
    private final ChangingPage page;
    private final long interval;
    private long pages;
    private long missed;
    private long last;

    Target(ChangingPage page, Duration interval) {
        this.page = page;
        this.interval = interval.toNanos();
    }

    /** Writes the next page. */
    void serve(WritableByteChannel channel) throws IOException {
        synchronized (lock) {
            page.change();
            page.writeTo(channel);
            served(System.nanoTime());
        }
    }

    /** A page was served at a time of {@link System#nanoTime}. */
    void served(long now) {
        synchronized (lock) {
            if (pages++ > 0) {
                missed += Math.max(0, Math.round((now - last) / (double) interval) - 1);
            }
            last = now;
        }
    }

    /** How many pages were taken to the end. */
    long pages() {
        synchronized (lock) {
            return pages;
        }
    }

    /** How many scrapes did not come between those that did. */
    long missed() {
        synchronized (lock) {
            return missed;
        }
    }
}

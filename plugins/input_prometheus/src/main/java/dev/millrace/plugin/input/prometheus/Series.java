package dev.millrace.plugin.input.prometheus;

import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.Metadata;
import org.jspecify.annotations.Nullable;

/**
 * One series of a target: in which scrapes it was seen, and what is known of its family.
 *
 * <p>Two scrapes are remembered: the last one, whatever became of it, and the last one of which the journal holds the
 * samples. So a scrape that is refused needs no undoing.
 */
final class Series {
    /** Its labels, after merging and relabelling. */
    final Labels labels;

    /** Whether the input itself makes its samples. */
    final boolean reserved;

    private int seen;
    private boolean tracked;
    private long timestamp;

    private int keptScrape;
    private boolean keptTracked;

    private @Nullable Family family;
    private int familyVersion;
    private boolean member;
    private int marked;

    Series(Labels labels, boolean reserved) {
        this.labels = labels;
        this.reserved = reserved;
    }

    /** Whether it was in scrape {@code number}, of which nothing is known that is older than the last one kept. */
    boolean in(int number) {
        return seen == number || keptScrape == number;
    }

    /** Whether it was in scrape {@code number} without a timestamp of its own, so that its end is to be marked. */
    boolean trackedIn(int number) {
        return seen == number ? tracked : keptScrape == number && keptTracked;
    }

    /** Whether a sample of {@code time} comes a second time in scrape {@code number}. */
    boolean repeats(int number, long time, boolean explicit) {
        return seen == number && (time == timestamp || !explicit && tracked);
    }

    /** Notes a sample in scrape {@code number}; {@code kept} is the last one of which the journal holds the samples. */
    void see(int number, int kept, long time, boolean explicit) {
        if (seen != number) {
            if (seen == kept) {
                keptScrape = seen;
                keptTracked = tracked;
            }
            seen = number;
            tracked = false;
        }
        tracked |= !explicit;
        timestamp = time;
    }

    /** Marks it as held by a text in the cache, for the sweep of that number. */
    void mark(int sweep) {
        marked = sweep;
    }

    boolean markedIn(int sweep) {
        return marked == sweep;
    }

    /** What is known of it if it stands behind the lines of {@code current} in the page. */
    @Nullable
    Metadata metadata(@Nullable Family current) {
        if (current == null) {
            return null;
        }
        if (current != family || current.version() != familyVersion) {
            family = current;
            familyVersion = current.version();
            member = current.has(labels.get(Labels.METRIC_NAME));
        }
        return member ? current.metadata() : null;
    }
}

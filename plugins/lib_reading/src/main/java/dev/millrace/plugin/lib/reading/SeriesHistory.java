package dev.millrace.plugin.lib.reading;

import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.MetricBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which series the journal holds whose end is not marked: those of the last reading that it kept. A reading that is refused
 * changes nothing. Not thread-safe.
 */
final class SeriesHistory {
    private static final Series[] NONE = {};

    private Series[] kept = NONE;
    private Series[] unanswered = NONE;

    /** Begins with what a predecessor has left. */
    void inherit(Left left) {
        kept = left.series().toArray(NONE);
    }

    /**
     * What a component leaves to its successor.
     *
     * @param series those whose end is not marked
     */
    record Left(List<Series> series) {}

    /** The batch of a reading: its samples, and the ends of series that it does not have. */
    MetricBatch batch(Samples samples, long timestamp) {
        unanswered = samples.series(kept);
        return samples.batch(unanswered, gone(unanswered), timestamp);
    }

    private List<Series> gone(Series[] present) {
        if (Arrays.equals(present, kept)) {
            return List.of();
        }
        Set<Labels> labels = new HashSet<>();
        for (Series one : present) {
            labels.add(one.labels());
        }
        List<Series> gone = new ArrayList<>();
        for (Series one : kept) {
            if (!labels.contains(one.labels())) {
                gone.add(one);
            }
        }
        return gone;
    }

    /** The journal holds the last batch. */
    void kept() {
        kept = unanswered;
    }

    /** What may be in the journal without a mark of its end, where {@code pending} says that a batch was not answered yet. */
    Left left(boolean pending) {
        Set<Series> all = new HashSet<>(Arrays.asList(kept));
        if (pending) {
            all.addAll(Arrays.asList(unanswered));
        }
        return new Left(List.copyOf(all));
    }
}

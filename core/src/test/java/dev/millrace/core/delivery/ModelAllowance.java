package dev.millrace.core.delivery;

import dev.millrace.core.journal.CursorLimits;
import dev.millrace.core.journal.Journal;
import dev.millrace.core.journal.SimulatedDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * What a flusher may give up so far by its limits, found out from the files in the folder and the times of batches: all
 * acknowledged items below a number, and late samples.
 */
final class ModelAllowance {
    private final ModelSamples samples;
    private final List<Wish> wishes = new ArrayList<>();
    private boolean late;
    private boolean drops;
    private long end;
    private long seenBytes = -1;
    private long seenMaxBytes;
    private long seenEnd;

    ModelAllowance(ModelSamples samples) {
        this.samples = samples;
    }

    /** It drops late samples from now on. */
    void late() {
        late = true;
    }

    /** Whether it was ever told to drop late samples. */
    boolean mayBeLate() {
        return late;
    }

    /** It wants these series, by their numbers, from now on: also of what waits. */
    void wants(IntPredicate series) {
        if (!wishes.isEmpty()) {
            wishes.set(wishes.size() - 1, new Wish(wishes.get(wishes.size() - 1).series, samples.count()));
        }
        wishes.add(new Wish(series, Integer.MAX_VALUE));
    }

    /** Which series it wanted of the samples below a number. */
    private record Wish(IntPredicate series, int end) {}

    /** Whether it ever wanted not all. */
    boolean mayBeUnwanted() {
        return IntStream.range(0, ModelSamples.SERIES)
                .anyMatch(series -> wishes.stream().anyMatch(wish -> !wish.series.test(series)));
    }

    /** Whether it ever had limits at which it drops. */
    boolean mayDrop() {
        return drops;
    }

    /** Whether a sample may be given up. */
    boolean includes(int sample) {
        return drops && samples.isBelow(sample, end)
                || late && samples.isLate(sample)
                || wishes.stream().anyMatch(wish -> sample < wish.end && !wish.series.test(samples.series(sample)));
    }

    /**
     * Looks at what is over the limits at this moment.
     *
     * @param flusher whose limits they are
     * @param scarce whether the disk had only so much room a short time ago
     * @param millis the time in milliseconds since the epoch
     */
    void look(
            String flusher,
            CursorLimits limits,
            SimulatedDisk disk,
            Path folder,
            Journal journal,
            boolean scarce,
            long millis)
            throws IOException {
        if (!limits.dropOldest() || disk.dead()) {
            return;
        }
        drops = true;
        if (!limits.maxAge().isZero()) {
            end = Math.max(end, samples.endBefore(millis - limits.maxAge().toMillis()));
        }
        if (scarce || seenBytes != disk.used() || seenMaxBytes != limits.maxBytes() || seenEnd != journal.end()) {
            seenBytes = disk.used();
            seenMaxBytes = limits.maxBytes();
            seenEnd = journal.end();
            NavigableMap<Long, Long> segments = segments(disk, folder);
            end = Math.max(end, notFitting(segments, limits.maxBytes(), journal.end()));
            if (scarce && !segments.isEmpty()) {
                end = Math.max(end, Math.min(segments.lastKey(), refusersAt(flusher, journal)));
            }
        }
    }

    /* The bytes of the files by the number of their first item. */
    private static NavigableMap<Long, Long> segments(SimulatedDisk disk, Path folder) throws IOException {
        NavigableMap<Long, Long> segments = new TreeMap<>();
        for (String name : disk.list(folder)) {
            if (name.endsWith(".seg")) {
                segments.merge(Long.parseLong(name.substring(0, 20)), disk.size(folder.resolve(name)), Long::sum);
            }
        }
        return segments;
    }

    /* The number below which items take more than so many bytes; inside of a file each has the same share. */
    private static long notFitting(NavigableMap<Long, Long> segments, long most, long journalEnd) {
        long left = most;
        long next = journalEnd;
        for (Map.Entry<Long, Long> segment : segments.descendingMap().entrySet()) {
            long first = segment.getKey();
            long bytes = first < next ? segment.getValue() : 0;
            if (bytes > left) {
                return next - Math.max(0, Math.min(next - first - 1, (long) ((double) left / bytes * (next - first))));
            }
            left -= bytes;
            next = first;
        }
        return 0;
    }

    /* Where the others wait that refuse: what they hold back makes no room when it is given up. */
    private static long refusersAt(String flusher, Journal journal) throws IOException {
        long lowest = Long.MAX_VALUE;
        for (String other : journal.cursors()) {
            if (!other.equals(flusher) && !journal.cursor(other).limits().dropOldest()) {
                lowest = Math.min(lowest, journal.cursor(other).state().lowest());
            }
        }
        return lowest;
    }
}

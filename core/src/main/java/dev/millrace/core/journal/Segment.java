package dev.millrace.core.journal;

import java.nio.file.Path;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A file of the log and what of it is committed. Thread-safe; one thread changes it.
 *
 * <p>Its name is the number of its first item in twenty digits and {@code .seg}; where one of that name was begun before,
 * it is {@code …-1.seg} and so on, and the later one counts.
 */
final class Segment {
    private static final Pattern NAME = Pattern.compile("([0-9]{20})(?:-([0-9]{1,9}))?\\.seg");

    private final Path file;
    private final long first;
    private final int attempt;
    private volatile Extent extent;
    private volatile boolean sealed;
    private volatile boolean tellsStates;
    private volatile long begun;

    private Segment(Path file, long first, int attempt) {
        this.file = file;
        this.first = first;
        this.attempt = attempt;
        this.extent = new Extent(0, first);
    }

    /** The segment of a first item at its {@code attempt}-th beginning, from 0. */
    static Segment of(Path folder, long first, int attempt) {
        String number = String.format("%020d", first);
        return new Segment(
                folder.resolve(attempt == 0 ? number + ".seg" : number + "-" + attempt + ".seg"), first, attempt);
    }

    /** The segment of a file, or null where the name is not that of one. */
    static @Nullable Segment named(Path folder, String name) {
        Matcher matcher = NAME.matcher(name);
        if (!matcher.matches()) {
            return null;
        }
        try {
            String attempt = matcher.group(2);
            return new Segment(
                    folder.resolve(name),
                    Long.parseLong(matcher.group(1)),
                    attempt == null ? 0 : Integer.parseInt(attempt));
        } catch (NumberFormatException e) {
            return null; // twenty digits can be more than a long holds
        }
    }

    Path file() {
        return file;
    }

    String name() {
        return Objects.requireNonNull(file.getFileName()).toString();
    }

    long first() {
        return first;
    }

    int attempt() {
        return attempt;
    }

    Extent extent() {
        return extent;
    }

    /** The number behind its last item. */
    long end() {
        return extent.end;
    }

    void commit(long bytes, long end) {
        extent = new Extent(bytes, end);
    }

    boolean sealed() {
        return sealed;
    }

    void seal() {
        sealed = true;
    }

    /** Whether all states of components can be told without the segments before it. */
    boolean tellsStates() {
        return tellsStates;
    }

    void tellStates() {
        tellsStates = true;
    }

    /** When it was begun, in milliseconds since the epoch. */
    long begun() {
        return begun;
    }

    void begun(long milliseconds) {
        begun = milliseconds;
    }

    /** How many of its bytes hold items from {@code item} on: inside of it, the share of the items. */
    long bytesFrom(long item) {
        Extent now = extent;
        if (item <= first) {
            return now.end == first ? 0 : now.bytes;
        }
        return item >= now.end ? 0 : (long) ((double) (now.end - item) / (now.end - first) * now.bytes);
    }

    /** The lowest number from which on its items are held by no more than {@code most} of its bytes. */
    long fitting(long most) {
        Extent now = extent;
        long items = now.end - first;
        if (now.bytes <= most || items == 0) {
            return first;
        }
        return now.end - Math.min(items - 1, (long) ((double) most / now.bytes * items));
    }

    /**
     * What is committed.
     *
     * @param bytes the size of its records
     * @param end the number behind its last item
     */
    record Extent(long bytes, long end) {}
}

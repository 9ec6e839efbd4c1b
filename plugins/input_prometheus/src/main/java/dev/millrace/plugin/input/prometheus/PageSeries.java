package dev.millrace.plugin.input.prometheus;

import dev.millrace.spi.event.Labels;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The series of a page's samples, in their order. What it says does not change; not thread-safe.
 *
 * <p>A series may occur again, mostly by mistake. Then its first sample stands for all of them where sets of series are
 * compared.
 */
final class PageSeries {
    /** The kind of a sample: without a timestamp of its own. The end of its series is marked. */
    static final byte PLAIN = 0;
    /** The kind of a sample: with a timestamp of its own. */
    static final byte TIMED = 1;
    /** The kind of a sample: with a timestamp too far in the future. It is left out. */
    static final byte AHEAD = 2;
    /** The bits of the kind. */
    static final byte KIND = 3;

    /** A mark of a sample: the input itself makes samples of its series, so that it is left out. */
    static final byte RESERVED = 4;
    /** A mark of a sample: its series occurs more than once. */
    static final byte REPEATED = 8;
    /** A mark of a sample: its value is the start of other series. */
    static final byte CREATED = 64;
    /** A mark of a sample: it is a native histogram. */
    static final byte HISTOGRAM = (byte) 0x80;

    /* Marks of the first sample of a series: one is not left out, one is also plain. */
    private static final byte PRESENT = 16;
    private static final byte TRACKED = 32;

    /** No series. */
    static final PageSeries NONE = new PageSeries(new Labels[0], new byte[0]);

    private final @Nullable Labels[] labels;
    private final byte[] marks;
    private final int kept;
    private final boolean plain;
    private @Nullable Positions index;

    /**
     * The series of samples.
     *
     * @param labels those of each sample, null where relabelling drops it
     * @param marks the kind of each sample, with {@link #RESERVED}, {@link #CREATED} and {@link #HISTOGRAM} where they apply
     */
    PageSeries(@Nullable Labels[] labels, byte[] marks) {
        this.labels = labels;
        this.marks = marks;
        int found = 0;
        int others = 0;
        Positions positions = new Positions(labels.length);
        for (int i = 0; i < labels.length; i++) {
            Labels one = labels[i];
            if (one == null) {
                continue;
            }
            found++;
            others |= marks[i] & ~CREATED;
            int first = find(positions, one);
            if (first < 0) {
                first = i;
                positions.add(i, one.hashCode());
            } else {
                others |= REPEATED;
                marks[first] |= REPEATED;
                marks[i] |= REPEATED;
            }
            marks[first] |= sight(marks[i]);
        }
        kept = found;
        plain = found == labels.length && others == 0;
        index = positions;
    }

    /** Series that have a plain sample each. */
    static PageSeries of(List<TrackedSeries> series) {
        Labels[] labels = new Labels[series.size()];
        byte[] marks = new byte[series.size()];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = series.get(i).labels();
            marks[i] = series.get(i).histogram() ? HISTOGRAM : PLAIN;
        }
        return new PageSeries(labels, marks);
    }

    /** The number of samples that are not dropped. */
    int kept() {
        return kept;
    }

    /** Whether all samples are plain, of different series, and none is left out. */
    boolean isPlain() {
        return plain;
    }

    /** The labels of each sample of a page that {@link #isPlain}, which drops none; not to be changed. */
    @SuppressWarnings("NullAway") // none is null there
    Labels[] plainLabels() {
        return labels;
    }

    /** The labels of each sample, null where it is dropped; not to be changed. */
    @Nullable
    Labels[] labels() {
        return labels;
    }

    /** The kind of a sample. */
    byte kind(int at) {
        return (byte) (marks[at] & KIND);
    }

    /** The kind of a sample, and what was said of it when it was added. */
    byte marks(int at) {
        return (byte) (marks[at] & (KIND | RESERVED | CREATED | HISTOGRAM));
    }

    /** Whether the value of a sample is the start of other series. */
    boolean isCreated(int at) {
        return (marks[at] & CREATED) != 0;
    }

    /** The number of samples whose values are the starts of others, and which are nothing else. */
    int hidden() {
        int count = 0;
        for (int i = 0; i < labels.length; i++) {
            count += isCreated(i) && labels[i] == null ? 1 : 0;
        }
        return count;
    }

    boolean isReserved(int at) {
        return (marks[at] & RESERVED) != 0;
    }

    boolean isRepeated(int at) {
        return (marks[at] & REPEATED) != 0;
    }

    /** The number of series that others have not. */
    int countWithout(PageSeries others) {
        int count = 0;
        for (int i = 0; i < labels.length; i++) {
            count += is(i, PRESENT) && !others.has(labels[i], PRESENT) ? 1 : 0;
        }
        return count;
    }

    /** Calls {@code action} with each series of which an end is to be marked. */
    void forEachTracked(TrackedSeries.Action action) {
        for (int i = 0; i < labels.length; i++) {
            Labels one = labels[i];
            if (one != null && is(i, TRACKED)) {
                action.accept(one, is(i, HISTOGRAM));
            }
        }
    }

    /** Whether the end of a series is to be marked when it is gone. */
    boolean tracks(Labels series) {
        return has(series, TRACKED);
    }

    /** Forgets what was only made to compare this page with others. */
    void forgetIndex() {
        index = null;
    }

    private static byte sight(byte marks) {
        if ((marks & RESERVED) != 0 || (marks & KIND) == AHEAD) {
            return 0;
        }
        return (marks & KIND) == PLAIN ? PRESENT | TRACKED : PRESENT;
    }

    private boolean is(int at, byte mark) {
        return (marks[at] & mark) != 0;
    }

    private boolean has(@Nullable Labels series, byte mark) {
        if (series == null) {
            return false;
        }
        int at = find(index(), series);
        return at >= 0 && is(at, mark);
    }

    private int find(Positions positions, Labels series) {
        int at = positions.first(series.hashCode());
        while (at >= 0 && !series.equals(labels[at])) {
            at = positions.next(at);
        }
        return at;
    }

    private Positions index() {
        Positions made = index;
        if (made == null) {
            made = new Positions(labels.length);
            for (int i = 0; i < labels.length; i++) {
                Labels one = labels[i];
                if (one != null && ((marks[i] & REPEATED) == 0 || find(made, one) < 0)) {
                    made.add(i, one.hashCode());
                }
            }
            index = made;
        }
        return made;
    }
}

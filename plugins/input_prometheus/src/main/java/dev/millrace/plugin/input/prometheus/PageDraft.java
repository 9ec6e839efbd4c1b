package dev.millrace.plugin.input.prometheus;

import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.Metadata;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Columns of a {@link KnownPage} that grow by samples. Not thread-safe; used once. */
final class PageDraft {
    /** The room for what a page has more than the one before: the size of that by this. */
    private static final int SLACK = 8;

    private byte[] text;
    private int textLength;
    private int[] ends;
    private int[] seriesStarts;
    private FamilyState[] states;
    private @Nullable Metadata[] metadata;
    private @Nullable Labels[] labels;
    private byte[] marks;
    private int allMarks;
    private int size;
    private int kept;

    /** A draft that begins with the first samples of a page. */
    PageDraft(KnownPage page, int samples) {
        int capacity = Math.max(page.size() + page.size() / SLACK, 64);
        int expected = page.start(page.size());
        text = new byte[expected + expected / SLACK + 256];
        ends = new int[capacity];
        seriesStarts = new int[capacity];
        states = new FamilyState[capacity];
        metadata = new Metadata[capacity];
        labels = new Labels[capacity];
        marks = new byte[capacity];
        for (int i = 0; i < samples; i++) {
            repeat(page, i, page.series().kind(i));
        }
    }

    /** The number of samples so far that are not dropped. */
    int kept() {
        return kept;
    }

    /** What the lines say of families that stand above the last sample. */
    FamilyState lastState() {
        return size == 0 ? FamilyState.NONE : states[size - 1];
    }

    /** Adds a sample of a page, which may be of another kind now. */
    void repeat(KnownPage page, int at, byte kind) {
        add(page.text(), page.start(at), page.seriesStart(at), page.end(at));
        int rest = page.series().marks(at) & ~PageSeries.KIND;
        describe(page.state(at), page.metadata()[at], page.labels(at), (byte) (kind | rest));
    }

    /** Adds a text: from {@code start} to {@code end}, the series in it from {@code series} on. */
    void add(byte[] bytes, int start, int series, int end) {
        if (size == ends.length) {
            grow();
        }
        int length = end - start;
        if (length > text.length - textLength) {
            text = Arrays.copyOf(text, (int) Math.min(Integer.MAX_VALUE - 8L, 2L * (textLength + length)));
        }
        System.arraycopy(bytes, start, text, textLength, length);
        seriesStarts[size] = textLength + series - start;
        textLength += length;
        ends[size] = textLength;
        size++;
    }

    /**
     * Says what the last text means.
     *
     * @param one its labels, or null where it is dropped
     * @param mark its kind, with {@link PageSeries#RESERVED} and others where they apply
     */
    void describe(FamilyState state, @Nullable Metadata description, @Nullable Labels one, byte mark) {
        int at = size - 1;
        states[at] = state;
        metadata[at] = description;
        labels[at] = one;
        marks[at] = mark;
        allMarks |= mark;
        kept += one == null ? 0 : 1;
    }

    KnownPage build() {
        // A large page that changes at each scrape is not to be copied once more each time.
        boolean tight = text.length - textLength <= textLength / SLACK + 256;
        int[] series = Arrays.copyOf(seriesStarts, size);
        FamilyState[] families = Arrays.copyOf(states, size);
        boolean created = (allMarks & PageSeries.CREATED) != 0;
        return new KnownPage(
                tight ? text : Arrays.copyOf(text, textLength),
                Arrays.copyOf(ends, size),
                series,
                families,
                Arrays.copyOf(metadata, size),
                created ? StartSamples.of(text, textLength, series, families, marks) : null,
                new PageSeries(Arrays.copyOf(labels, size), Arrays.copyOf(marks, size)));
    }

    private void grow() {
        int capacity = 2 * size;
        ends = Arrays.copyOf(ends, capacity);
        seriesStarts = Arrays.copyOf(seriesStarts, capacity);
        states = Arrays.copyOf(states, capacity);
        metadata = Arrays.copyOf(metadata, capacity);
        labels = Arrays.copyOf(labels, capacity);
        marks = Arrays.copyOf(marks, capacity);
    }
}

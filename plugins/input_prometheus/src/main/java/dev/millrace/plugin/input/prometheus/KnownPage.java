package dev.millrace.plugin.input.prometheus;

import dev.millrace.plugin.lib.prometheus.text.SeriesHash;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.Metadata;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * What a page said, sample by sample, without the values: the next page mostly says it again.
 *
 * <p>All texts stand in one array, so that a page is compared with it from the start to the end. The text of a sample is
 * what stands behind the line of the one before, up to the value:
 *
 * <pre>
 * # HELP a All.                 text 0 = "# HELP a All.\na{x="1"} "
 * a{x="1"} 5                    text 1 = "a{x="2"} "
 * a{x="2"} 6
 * </pre>
 *
 * <p>What it says does not change; not thread-safe.
 */
final class KnownPage {
    /** A page without samples. */
    static final KnownPage EMPTY = new KnownPage(
            new byte[0], new int[0], new int[0], new FamilyState[0], new Metadata[0], null, PageSeries.NONE);

    private final byte[] text;
    private final int[] ends;
    private final int[] seriesStarts;
    private final FamilyState[] states;
    private final @Nullable Metadata[] metadata;
    private final int @Nullable [] starts;
    private final PageSeries series;
    private @Nullable Positions index;

    KnownPage(
            byte[] text,
            int[] ends,
            int[] seriesStarts,
            FamilyState[] states,
            @Nullable Metadata[] metadata,
            int @Nullable [] starts,
            PageSeries series) {
        this.text = text;
        this.ends = ends;
        this.seriesStarts = seriesStarts;
        this.states = states;
        this.metadata = metadata;
        this.starts = starts;
        this.series = series;
    }

    /** The number of samples. */
    int size() {
        return ends.length;
    }

    /** All texts, and perhaps room behind them. */
    byte[] text() {
        return text;
    }

    /** Where the text of a sample begins; for {@link #size}, the offset behind all texts. */
    int start(int at) {
        return at == 0 ? 0 : ends[at - 1];
    }

    /** The offset behind the text of a sample. */
    int end(int at) {
        return ends[at];
    }

    /** Where the name and the labels of a sample begin, in its text. */
    int seriesStart(int at) {
        return seriesStarts[at];
    }

    /** What the lines above a sample say of families. */
    FamilyState state(int at) {
        return states[at];
    }

    /** What those before its text say. */
    FamilyState stateBefore(int at) {
        return at == 0 ? FamilyState.NONE : states[at - 1];
    }

    /** What is known of the metrics of the samples; not to be changed. */
    @Nullable
    Metadata[] metadata() {
        return metadata;
    }

    /** The labels of a sample, or null where relabelling drops it. */
    @Nullable
    Labels labels(int at) {
        return series.labels()[at];
    }

    PageSeries series() {
        return series;
    }

    /** Whether values of the page are starts of series. */
    boolean hasStarts() {
        return starts != null;
    }

    /** The sample whose value is the start of the series of a sample, or {@link StartSamples#NONE}. */
    int startOf(int at) {
        return starts == null ? StartSamples.NONE : starts[at];
    }

    /** Whether the text of a sample, if there is such a one, is the first bytes of an array. */
    boolean isAt(int at, byte[] bytes, int length) {
        return at < ends.length && Arrays.equals(text, start(at), ends[at], bytes, 0, length);
    }

    /** A sample whose series has a text; negative where there is none. */
    int find(long hash, byte[] bytes, int from, int to) {
        Positions positions = index();
        int at = positions.first((int) hash);
        while (at >= 0 && !Arrays.equals(text, seriesStarts[at], seriesEnd(at), bytes, from, to)) {
            at = positions.next(at);
        }
        return at;
    }

    /** A number that two pages have in common if they {@link #saysTheSameAs say the same}, and rarely otherwise. */
    long fingerprint() {
        CRC32C checksum = new CRC32C();
        checksum.update(text, 0, start(ends.length));
        return (long) ends.length << Integer.SIZE | checksum.getValue();
    }

    /** Whether another page says the same, of series with labels that may be others. */
    boolean saysTheSameAs(KnownPage other) {
        return Arrays.equals(ends, other.ends)
                && Arrays.equals(seriesStarts, other.seriesStarts)
                && Arrays.equals(text, 0, start(ends.length), other.text, 0, start(ends.length))
                && Arrays.equals(states, other.states)
                && Arrays.equals(metadata, other.metadata)
                && Arrays.equals(starts, other.starts);
    }

    /** A page that says the same of other series. */
    KnownPage withSeries(PageSeries others) {
        return new KnownPage(text, ends, seriesStarts, states, metadata, starts, others);
    }

    /** Forgets what was only made to find samples. */
    void forgetIndex() {
        index = null;
    }

    private int seriesEnd(int at) {
        int end = ends[at];
        while (text[end - 1] == ' ' || text[end - 1] == '\t') {
            end--;
        }
        return end;
    }

    private Positions index() {
        Positions made = index;
        if (made == null) {
            made = new Positions(ends.length);
            // The first of equal texts is found first.
            for (int i = ends.length - 1; i >= 0; i--) {
                made.add(i, (int) SeriesHash.of(text, seriesStarts[i], seriesEnd(i)));
            }
            index = made;
        }
        return made;
    }
}

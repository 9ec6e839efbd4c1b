package dev.millrace.plugin.input.prometheus;

import dev.millrace.plugin.lib.prometheus.text.CreatedSeries;
import dev.millrace.spi.event.MetricType;
import java.util.Arrays;

/** Finds, for each sample of a page, the one whose value is the start of its series. Used once. */
final class StartSamples {
    /** Stands for no sample. */
    static final int NONE = -1;

    private final int[] seriesStarts;
    private final FamilyState[] states;
    private final CreatedSeries series;
    private final Positions index;

    private StartSamples(byte[] text, int length, int[] seriesStarts, FamilyState[] states) {
        this.seriesStarts = seriesStarts;
        this.states = states;
        this.series = new CreatedSeries(text, length);
        this.index = new Positions(seriesStarts.length);
    }

    /**
     * The number of the sample that tells the start, for each sample, or {@link #NONE}.
     *
     * @param text the texts of all samples, {@code length} bytes
     * @param seriesStarts where the series of each begins
     * @param states what the lines above each say of families
     * @param marks which of them tell the start of others
     */
    static int[] of(byte[] text, int length, int[] seriesStarts, FamilyState[] states, byte[] marks) {
        StartSamples samples = new StartSamples(text, length, seriesStarts, states);
        for (int i = 0; i < seriesStarts.length; i++) {
            if ((marks[i] & PageSeries.CREATED) != 0) {
                samples.add(i);
            }
        }
        int[] starts = new int[seriesStarts.length];
        Arrays.setAll(starts, i -> (marks[i] & PageSeries.CREATED) != 0 ? NONE : samples.startOf(i));
        return starts;
    }

    /* The first of equal ones counts; others are not even kept, so that no search passes by thousands of them. */
    private void add(int sample) {
        if (CreatedSeries.isFor(states[sample].type())) {
            int hash = hash(sample);
            if (find(sample, hash) < 0) {
                index.add(sample, hash);
            }
        }
    }

    private int startOf(int sample) {
        return CreatedSeries.isFor(states[sample].type()) ? find(sample, hash(sample)) : NONE;
    }

    private int find(int sample, int hash) {
        MetricType type = states[sample].type();
        int at = index.first(hash);
        while (at >= 0
                && (states[at].type() != type || !series.isSameGroup(seriesStarts[sample], seriesStarts[at], type))) {
            at = index.next(at);
        }
        return at;
    }

    private int hash(int sample) {
        MetricType type = states[sample].type();
        // A group of one type is no other's, though its text may be the same.
        return (int) series.group(seriesStarts[sample], type) + type.name().hashCode();
    }
}

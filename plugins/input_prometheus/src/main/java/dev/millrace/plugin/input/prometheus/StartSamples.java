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
        // The first of equal ones is found first.
        for (int i = seriesStarts.length - 1; i >= 0; i--) {
            if ((marks[i] & PageSeries.CREATED) != 0) {
                samples.index.add(i, samples.hash(i));
            }
        }
        int[] starts = new int[seriesStarts.length];
        Arrays.setAll(starts, i -> (marks[i] & PageSeries.CREATED) != 0 ? NONE : samples.startOf(i));
        return starts;
    }

    private int startOf(int sample) {
        MetricType type = states[sample].type();
        if (!CreatedSeries.isFor(type)) {
            return NONE;
        }
        int at = index.first(hash(sample));
        while (at >= 0
                && (states[at].type() != type || !series.isSameGroup(seriesStarts[sample], seriesStarts[at], type))) {
            at = index.next(at);
        }
        return at;
    }

    private int hash(int sample) {
        return (int) series.group(seriesStarts[sample], states[sample].type());
    }
}

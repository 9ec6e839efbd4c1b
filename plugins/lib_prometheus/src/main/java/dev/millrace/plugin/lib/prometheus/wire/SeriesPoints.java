package dev.millrace.plugin.lib.prometheus.wire;

import dev.millrace.spi.event.Exemplar;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.Metadata;
import dev.millrace.spi.event.MetricBatchBuilder;
import dev.millrace.spi.event.NativeHistogram;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The samples, histograms and exemplars of a {@code TimeSeries}, until they become rows. Used again and again. */
final class SeriesPoints {
    /**
     * The most samples, histograms and exemplars of a message. Empty ones take two bytes in a body and many more in memory;
     * without a limit, a body of a few megabytes would fill the heap.
     */
    static final int MOST_POINTS = 1_000_000;

    private final Longs values = new Longs();
    private final Longs timestamps = new Longs();
    private final Longs startTimestamps = new Longs();
    private final List<NativeHistogram> histograms = new ArrayList<>();
    private final Longs histogramTimestamps = new Longs();
    private final Longs histogramStarts = new Longs();
    private final List<Exemplar> exemplars = new ArrayList<>();
    private int count;

    /** Forgets all points, but not how many there were. */
    void clear() {
        values.clear();
        timestamps.clear();
        startTimestamps.clear();
        histograms.clear();
        histogramTimestamps.clear();
        histogramStarts.clear();
        exemplars.clear();
    }

    private void count() {
        if (++count > MOST_POINTS) {
            throw new IllegalArgumentException(
                    "more than " + MOST_POINTS + " samples, histograms and exemplars in a request (expected: fewer)");
        }
    }

    void addSample(long valueBits, long timestamp, long startTimestamp) {
        count();
        values.add(Nan.ofValue(valueBits));
        timestamps.add(timestamp);
        startTimestamps.add(startTimestamp);
    }

    void addHistogram(NativeHistogram histogram, long timestamp, long startTimestamp) {
        count();
        histograms.add(histogram);
        histogramTimestamps.add(timestamp);
        histogramStarts.add(startTimestamp);
    }

    void addExemplar(Labels labels, long valueBits, long timestamp) {
        count();
        exemplars.add(new Exemplar(labels, Nan.ofOther(valueBits), timestamp));
    }

    /** Whether there are both samples and histograms. */
    boolean mixed() {
        return values.size() > 0 && !histograms.isEmpty();
    }

    /**
     * Adds a row for each sample and histogram. Exemplars of a series without any stray.
     *
     * @throws IllegalArgumentException if there are rows and no labels
     */
    void addTo(MetricBatchBuilder rows, Labels series, @Nullable Metadata metadata, StrayExemplars strays) {
        int points = values.size() + histograms.size();
        if (points == 0) {
            strays.add(series, exemplars);
            return;
        }
        if (series.size() == 0) {
            throw new IllegalArgumentException("labels: none (expected: at least __name__)");
        }
        int taken = 0;
        for (int i = 0; i < values.size(); i++) {
            rows.add(series, timestamps.get(i), values.get(i));
            describe(rows, startTimestamps.get(i), metadata);
            taken = addExemplars(rows, taken, timestamps.get(i), --points == 0);
        }
        for (int i = 0; i < histograms.size(); i++) {
            rows.add(series, histogramTimestamps.get(i), histograms.get(i));
            describe(rows, histogramStarts.get(i), metadata);
            taken = addExemplars(rows, taken, histogramTimestamps.get(i), --points == 0);
        }
    }

    private static void describe(MetricBatchBuilder rows, long startTimestamp, @Nullable Metadata metadata) {
        if (startTimestamp != 0) {
            rows.startTimestamp(startTimestamp);
        }
        if (metadata != null) {
            rows.metadata(metadata);
        }
    }

    /* The message has exemplars beside the samples: one belongs to the first that is not older, or to the last. */
    private int addExemplars(MetricBatchBuilder rows, int from, long until, boolean last) {
        int to = from;
        while (to < exemplars.size() && (last || exemplars.get(to).timestamp() <= until)) {
            to++;
        }
        if (to > from) {
            rows.exemplars(exemplars.subList(from, to));
        }
        return to;
    }
}

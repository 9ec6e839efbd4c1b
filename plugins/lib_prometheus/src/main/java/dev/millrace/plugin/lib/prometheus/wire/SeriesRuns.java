package dev.millrace.plugin.lib.prometheus.wire;

import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.Metadata;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.event.NativeHistogram;
import dev.millrace.spi.extension.Content;
import dev.millrace.spi.extension.Part;
import dev.millrace.spi.extension.Target;
import dev.millrace.spi.pipeline.Slice;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a slice into runs of rows that share a {@code TimeSeries}: consecutive rows of one series that are all samples or
 * all histograms and, where it is sent with the series, have the same metadata. Rows that the message cannot carry, or
 * the target does not want, are left out and counted. Used once.
 */
final class SeriesRuns {
    private final Slice slice;
    private final boolean customBuckets;
    private final boolean histograms;
    private final boolean metadata;
    private final Map<String, Integer> dropped = new TreeMap<>();
    private int sampleCount;
    private int histogramCount;

    /** Writes one {@code TimeSeries}. */
    interface Writer {
        /**
         * Writes the rows from {@code first} to before {@code end}.
         *
         * @return why nothing was written, as it is counted; null where it was
         */
        @Nullable
        String write(int first, int end, boolean areHistograms);
    }

    /**
     * The runs of a slice.
     *
     * @param customBuckets whether the message can carry histograms with custom buckets
     * @param metadata whether metadata is sent with each series
     */
    SeriesRuns(Slice slice, Target target, boolean customBuckets, boolean metadata) {
        this.slice = slice;
        this.customBuckets = customBuckets;
        this.histograms = !target.omitted().contains(Part.NATIVE_HISTOGRAMS);
        this.metadata = metadata;
    }

    /** Hands all runs to a writer, and returns how many series it wrote. */
    int write(Writer writer) {
        int series = 0;
        int end;
        for (int first = 0; first < slice.size(); first = end) {
            String refusal = refusal(first);
            if (refusal == null) {
                boolean areHistograms = batch(first).histogram(slice.row(first)) != null;
                end = endOfRun(first, areHistograms);
                refusal = writer.write(first, end, areHistograms);
                if (refusal == null) {
                    series++;
                    count(areHistograms, end - first);
                }
            } else {
                end = first + 1;
            }
            if (refusal != null) {
                dropped.merge(refusal, end - first, Integer::sum);
            }
        }
        return series;
    }

    /** What became of all rows; the writer knows of exemplars and metadata. */
    Written written(int exemplars, int descriptions) {
        return new Written(dropped, new Content(sampleCount, histogramCount, exemplars, descriptions));
    }

    private void count(boolean areHistograms, int rows) {
        if (areHistograms) {
            histogramCount += rows;
        } else {
            sampleCount += rows;
        }
    }

    private @Nullable String refusal(int index) {
        if (!(slice.batch(index) instanceof MetricBatch batch)) {
            return "not_a_metric";
        }
        return refusal(batch.histogram(slice.row(index)));
    }

    private @Nullable String refusal(@Nullable NativeHistogram histogram) {
        if (histogram == null) {
            return null;
        }
        if (!histograms) {
            return "native_histograms_off";
        }
        return customBuckets || histogram.schema() != NativeHistogram.CUSTOM_BUCKETS
                ? null
                : "nhcb_in_rw1_not_supported";
    }

    private int endOfRun(int first, boolean areHistograms) {
        MetricBatch batch = batch(first);
        Labels series = batch.labels(slice.row(first));
        Metadata description = metadata ? batch.metadata(slice.row(first)) : null;
        int end = first + 1;
        while (end < slice.size() && continues(end, series, areHistograms, description)) {
            end++;
        }
        return end;
    }

    private boolean continues(int index, Labels series, boolean areHistograms, @Nullable Metadata description) {
        if (!(slice.batch(index) instanceof MetricBatch batch)) {
            return false;
        }
        int row = slice.row(index);
        if (!batch.labels(row).equals(series)) {
            return false;
        }
        NativeHistogram other = batch.histogram(row);
        return areHistograms == (other != null)
                && refusal(other) == null
                && (!metadata || Objects.equals(description, batch.metadata(row)));
    }

    private MetricBatch batch(int index) {
        return (MetricBatch) slice.batch(index);
    }
}

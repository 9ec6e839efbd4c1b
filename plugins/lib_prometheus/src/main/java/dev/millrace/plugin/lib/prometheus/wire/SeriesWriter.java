package dev.millrace.plugin.lib.prometheus.wire;

import dev.millrace.spi.BodyBuffer;
import dev.millrace.spi.event.Exemplar;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.event.NativeHistogram;
import dev.millrace.spi.extension.Content;
import dev.millrace.spi.pipeline.Slice;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Writes the rows of a slice to the end of a body, as the {@code TimeSeries} of one message. Used once. */
final class SeriesWriter {
    /** How many bytes the length of a {@code TimeSeries} takes, nearly always. */
    private static final int LENGTH_BYTES = 2;

    private final Slice slice;
    private final SeriesLabels labels;
    private final BodyBuffer body;
    private final FieldWriter out;
    private final Map<String, Integer> dropped = new TreeMap<>();
    private int samples;
    private int histograms;
    private int exemplars;

    SeriesWriter(Slice slice, SeriesLabels labels, BodyBuffer body) {
        this.slice = slice;
        this.labels = labels;
        this.body = body;
        this.out = new FieldWriter(body);
    }

    /** What became of all rows. */
    Written written() {
        return new Written(dropped, new Content(samples, histograms, exemplars, 0));
    }

    /** Writes all rows, and returns how many series that were. */
    int write() {
        int series = 0;
        int end;
        for (int first = 0; first < slice.size(); first = end) {
            String refusal = refusal(first);
            end = refusal == null ? endOfSeries(first) : first + 1;
            if (refusal == null && writeSeries(first, end)) {
                series++;
            } else {
                dropped.merge(refusal == null ? "invalid_name" : refusal, end - first, Integer::sum);
            }
        }
        return series;
    }

    private @Nullable String refusal(int index) {
        if (!(slice.batch(index) instanceof MetricBatch batch)) {
            return "not_a_metric";
        }
        return hasCustomBuckets(batch.histogram(slice.row(index))) ? "nhcb_in_rw1_not_supported" : null;
    }

    private static boolean hasCustomBuckets(@Nullable NativeHistogram histogram) {
        return histogram != null && histogram.schema() == NativeHistogram.CUSTOM_BUCKETS;
    }

    private int endOfSeries(int first) {
        MetricBatch batch = batch(first);
        Labels series = batch.labels(slice.row(first));
        boolean histogram = batch.histogram(slice.row(first)) != null;
        int end = first + 1;
        while (end < slice.size() && continues(end, series, histogram)) {
            end++;
        }
        return end;
    }

    private boolean continues(int index, Labels series, boolean histogram) {
        if (!(slice.batch(index) instanceof MetricBatch batch)) {
            return false;
        }
        int row = slice.row(index);
        if (!batch.labels(row).equals(series)) {
            return false;
        }
        NativeHistogram other = batch.histogram(row);
        return histogram == (other != null) && !hasCustomBuckets(other);
    }

    /* By field number, as every encoder of protobuf does: labels, samples, exemplars, histograms. */
    private boolean writeSeries(int first, int end) {
        int before = body.length();
        int start = out.begin(WireTags.REQUEST_TIMESERIES, LENGTH_BYTES);
        MetricBatch batch = batch(first);
        if (!labels.write(batch.labels(slice.row(first)))) {
            body.truncate(before);
            return false;
        }
        boolean areHistograms = batch.histogram(slice.row(first)) != null;
        boolean haveExemplars = false;
        for (int i = first; i < end; i++) {
            batch = batch(i);
            haveExemplars |= batch.hasExemplars();
            if (!areHistograms) {
                PointFields.writeSample(batch.valueBits(slice.row(i)), batch.timestamp(slice.row(i)), out);
            }
        }
        if (haveExemplars) {
            writeExemplars(first, end);
        }
        if (areHistograms) {
            writeHistograms(first, end);
            histograms += end - first;
        } else {
            samples += end - first;
        }
        out.end(start, LENGTH_BYTES);
        return true;
    }

    private void writeExemplars(int first, int end) {
        for (int i = first; i < end; i++) {
            for (Exemplar exemplar : batch(i).exemplars(slice.row(i))) {
                PointFields.writeExemplar(exemplar, out);
                exemplars++;
            }
        }
    }

    private void writeHistograms(int first, int end) {
        for (int i = first; i < end; i++) {
            NativeHistogram histogram = batch(i).histogram(slice.row(i));
            if (histogram != null) {
                HistogramFields.write(histogram, batch(i).timestamp(slice.row(i)), out);
            }
        }
    }

    private MetricBatch batch(int index) {
        return (MetricBatch) slice.batch(index);
    }
}

package dev.millrace.plugin.lib.prometheus.wire;

import com.google.protobuf.CodedOutputStream;
import dev.millrace.spi.event.Exemplar;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.event.NativeHistogram;
import dev.millrace.spi.extension.EncodingException;
import dev.millrace.spi.pipeline.Slice;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/**
 * One message on its way: first measured, then written.
 *
 * <p>The measuring pass notes for each row the size of the {@code TimeSeries} that begins there, or what else becomes of
 * the row; the writing pass follows these notes.
 */
final class WriteRequestPlan {
    private static final int CONTINUES = 0;
    private static final int DROPPED = -1;

    private final Slice slice;
    private final LabelNames names;
    private final Labels externalLabels;
    private final int[] notes;
    private final Map<String, Integer> dropped = new TreeMap<>();
    private int bytes;

    WriteRequestPlan(Slice slice, Labels externalLabels, LabelNames names) {
        this.slice = slice;
        this.names = names;
        this.externalLabels = externalLabels;
        notes = new int[slice.size()];
    }

    /** The size of the message. */
    int bytes() {
        return bytes;
    }

    Map<String, Integer> dropped() {
        return dropped;
    }

    void measure(int maxSeries, int maxBytes) throws EncodingException {
        long total = 0;
        int series = 0;
        int first = 0;
        while (first < notes.length) {
            if (!accepts(first)) {
                notes[first++] = DROPPED;
                continue;
            }
            int end = endOfSeries(first);
            int size = seriesSize(first, end);
            notes[first] = size;
            total += 1L + CodedOutputStream.computeUInt32SizeNoTag(size) + size;
            series++;
            first = end;
        }
        if (series > maxSeries) {
            throw new EncodingException("request: " + series + " series (expected: at most " + maxSeries + ")");
        }
        if (total > maxBytes) {
            throw new EncodingException("request: " + total + " bytes (expected: at most " + maxBytes + ")");
        }
        bytes = (int) total;
    }

    void write(CodedOutputStream out) throws IOException {
        FieldStream text = new FieldStream(out);
        int first = 0;
        while (first < notes.length) {
            if (notes[first] == DROPPED) {
                first++;
                continue;
            }
            int end = first + 1;
            while (end < notes.length && notes[end] == CONTINUES) {
                end++;
            }
            out.writeUInt32NoTag(WireTags.REQUEST_TIMESERIES);
            out.writeUInt32NoTag(notes[first]);
            writeSeries(first, end, out, text);
            first = end;
        }
    }

    private boolean accepts(int index) {
        if (!(slice.batch(index) instanceof MetricBatch batch)) {
            return drop("not_a_metric");
        }
        int row = slice.row(index);
        NativeHistogram histogram = batch.histogram(row);
        if (histogram != null && histogram.schema() == NativeHistogram.CUSTOM_BUCKETS) {
            return drop("nhcb_in_rw1_not_supported");
        }
        return names.legal(batch.labels(row)) || drop("invalid_name");
    }

    private boolean drop(String reason) {
        dropped.merge(reason, 1, Integer::sum);
        return false;
    }

    /* The rows that share a TimeSeries with the first one; their notes are CONTINUES from the start. */
    private int endOfSeries(int first) {
        MetricBatch batch = batch(first);
        Labels series = batch.labels(slice.row(first));
        boolean histogram = batch.histogram(slice.row(first)) != null;
        int end = first + 1;
        while (end < notes.length && continues(end, series, histogram)) {
            end++;
        }
        return end;
    }

    private boolean continues(int index, Labels series, boolean histogram) {
        MetricBatch batch = batch(index);
        int row = slice.row(index);
        if (!batch.labels(row).equals(series)) {
            return false;
        }
        NativeHistogram other = batch.histogram(row);
        return histogram == (other != null) && (other == null || other.schema() != NativeHistogram.CUSTOM_BUCKETS);
    }

    private int seriesSize(int first, int end) {
        int size = LabelFields.size(batch(first).labels(slice.row(first)), externalLabels);
        for (int i = first; i < end; i++) {
            MetricBatch batch = batch(i);
            int row = slice.row(i);
            NativeHistogram histogram = batch.histogram(row);
            size += histogram == null
                    ? PointFields.sampleFieldSize(batch.valueBits(row), batch.timestamp(row))
                    : HistogramFields.fieldSize(histogram, batch.timestamp(row));
            if (batch.hasExemplars()) {
                for (Exemplar exemplar : batch.exemplars(row)) {
                    size += PointFields.exemplarFieldSize(exemplar);
                }
            }
        }
        return size;
    }

    /* By field number, as every encoder of protobuf does: labels, samples, exemplars, histograms. */
    private void writeSeries(int first, int end, CodedOutputStream out, FieldStream text) throws IOException {
        LabelFields.write(batch(first).labels(slice.row(first)), externalLabels, out, text);
        boolean exemplars = false;
        boolean histograms = false;
        for (int i = first; i < end; i++) {
            MetricBatch batch = batch(i);
            int row = slice.row(i);
            exemplars |= batch.hasExemplars();
            if (batch.histogram(row) == null) {
                PointFields.writeSampleField(batch.valueBits(row), batch.timestamp(row), out);
            } else {
                histograms = true;
            }
        }
        if (exemplars) {
            writeExemplars(first, end, out, text);
        }
        if (histograms) {
            writeHistograms(first, end, out);
        }
    }

    private void writeExemplars(int first, int end, CodedOutputStream out, FieldStream text) throws IOException {
        for (int i = first; i < end; i++) {
            for (Exemplar exemplar : batch(i).exemplars(slice.row(i))) {
                PointFields.writeExemplarField(exemplar, out, text);
            }
        }
    }

    private void writeHistograms(int first, int end, CodedOutputStream out) throws IOException {
        for (int i = first; i < end; i++) {
            NativeHistogram histogram = batch(i).histogram(slice.row(i));
            if (histogram != null) {
                HistogramFields.writeField(histogram, batch(i).timestamp(slice.row(i)), out);
            }
        }
    }

    private MetricBatch batch(int index) {
        return (MetricBatch) slice.batch(index);
    }
}

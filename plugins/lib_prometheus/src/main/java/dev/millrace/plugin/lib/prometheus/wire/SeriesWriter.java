package dev.millrace.plugin.lib.prometheus.wire;

import dev.millrace.plugin.lib.prometheus.names.InvalidNames;
import dev.millrace.spi.BodyBuffer;
import dev.millrace.spi.event.Exemplar;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.event.NativeHistogram;
import dev.millrace.spi.extension.Part;
import dev.millrace.spi.extension.Target;
import dev.millrace.spi.pipeline.Slice;
import org.jspecify.annotations.Nullable;

/** Writes rows of a slice to the end of a body, as the {@code TimeSeries} of one message of version 1.0. Used once. */
final class SeriesWriter implements SeriesRuns.Writer {
    /** How many bytes the length of a {@code TimeSeries} takes, nearly always. */
    private static final int LENGTH_BYTES = 2;

    private final Slice slice;
    private final InvalidNames policy;
    private final SeriesLabels labels;
    private final BodyBuffer body;
    private final FieldWriter out;
    private final boolean wantsExemplars;
    private int exemplars;

    SeriesWriter(Slice slice, Target target, InvalidNames policy, BodyBuffer body) {
        this.slice = slice;
        this.policy = policy;
        this.labels = new SeriesLabels(target.externalLabels(), policy, body);
        this.body = body;
        this.out = new FieldWriter(body);
        this.wantsExemplars = !target.omitted().contains(Part.EXEMPLARS);
    }

    /** The number of exemplars written. */
    int exemplars() {
        return exemplars;
    }

    /* By field number, as every encoder of protobuf does: labels, samples, exemplars, histograms. */
    @Override
    public @Nullable String write(int first, int end, boolean areHistograms) {
        int before = body.length();
        int start = out.begin(WireTags.REQUEST_TIMESERIES, LENGTH_BYTES);
        MetricBatch batch = batch(first);
        if (!labels.write(batch.labels(slice.row(first)))) {
            body.truncate(before);
            return policy == InvalidNames.ESCAPE ? "name_collision" : "invalid_name";
        }
        boolean haveExemplars = false;
        for (int i = first; i < end; i++) {
            batch = batch(i);
            haveExemplars |= batch.hasExemplars();
            if (!areHistograms) {
                PointFields.writeSample(batch.valueBits(slice.row(i)), batch.timestamp(slice.row(i)), out);
            }
        }
        if (haveExemplars && wantsExemplars) {
            writeExemplars(first, end);
        }
        if (areHistograms) {
            writeHistograms(first, end);
        }
        out.end(start, LENGTH_BYTES);
        return null;
    }

    private void writeExemplars(int first, int end) {
        for (int i = first; i < end; i++) {
            for (Exemplar exemplar : batch(i).exemplars(slice.row(i))) {
                writeExemplar(exemplar);
            }
        }
    }

    private void writeExemplar(Exemplar exemplar) {
        Labels legal = LegalLabels.of(exemplar.labels(), policy);
        if (legal != null) {
            PointFields.writeExemplar(legal, exemplar.valueBits(), exemplar.timestamp(), out);
            exemplars++;
        }
    }

    private void writeHistograms(int first, int end) {
        for (int i = first; i < end; i++) {
            NativeHistogram histogram = batch(i).histogram(slice.row(i));
            if (histogram != null) {
                HistogramFields.write(WireTags.SERIES_HISTOGRAMS, histogram, batch(i).timestamp(slice.row(i)), 0, out);
            }
        }
    }

    private MetricBatch batch(int index) {
        return (MetricBatch) slice.batch(index);
    }
}

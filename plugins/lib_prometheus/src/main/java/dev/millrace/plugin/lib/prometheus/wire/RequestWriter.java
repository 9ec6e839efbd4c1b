package dev.millrace.plugin.lib.prometheus.wire;

import dev.millrace.spi.event.Exemplar;
import dev.millrace.spi.event.Metadata;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.event.MetricType;
import dev.millrace.spi.event.NativeHistogram;
import dev.millrace.spi.extension.Part;
import dev.millrace.spi.extension.Target;
import dev.millrace.spi.pipeline.Slice;
import org.jspecify.annotations.Nullable;

/** Writes rows of a slice to the end of a body, as the {@code TimeSeries} of one message of version 2.0. Used once. */
final class RequestWriter implements SeriesRuns.Writer {
    /** How many bytes the length of a {@code TimeSeries} takes, mostly. */
    private static final int LENGTH_BYTES = 1;

    private final Slice slice;
    private final RequestTables tables;
    private final FieldWriter out;
    private final LabelRefs labels;
    private final boolean wantsExemplars;
    private final boolean wantsMetadata;
    private int exemplars;
    private int descriptions;

    /* Series of one metric mostly follow each other. */
    private @Nullable Metadata last;
    private int help;
    private int unit;

    RequestWriter(Slice slice, Target target, RequestTables tables, FieldWriter out) {
        this.slice = slice;
        this.tables = tables;
        this.out = out;
        this.labels = new LabelRefs(target.externalLabels(), tables.symbols(), out);
        this.wantsExemplars = !target.omitted().contains(Part.EXEMPLARS);
        this.wantsMetadata = !target.omitted().contains(Part.METADATA);
    }

    /** The number of exemplars written. */
    int exemplars() {
        return exemplars;
    }

    /** The number of series that were described. */
    int descriptions() {
        return descriptions;
    }

    /* By field number, as every encoder of protobuf does: labels, samples, histograms, exemplars, metadata. */
    @Override
    public @Nullable String write(int first, int end, boolean areHistograms) {
        int start = out.begin(RequestTags.REQUEST_TIMESERIES, LENGTH_BYTES);
        MetricBatch batch = batch(first);
        labels.writeSeries(batch.labels(slice.row(first)));
        boolean haveExemplars = false;
        for (int i = first; i < end; i++) {
            haveExemplars |= batch(i).hasExemplars();
            writePoint(batch(i), slice.row(i));
        }
        if (haveExemplars && wantsExemplars) {
            writeExemplars(first, end);
        }
        if (wantsMetadata) {
            writeMetadata(batch.metadata(slice.row(first)));
        }
        out.end(start, LENGTH_BYTES);
        return null;
    }

    private void writePoint(MetricBatch batch, int row) {
        NativeHistogram histogram = batch.histogram(row);
        long timestamp = batch.timestamp(row);
        long startTimestamp = batch.startTimestamp(row);
        if (histogram != null) {
            HistogramFields.write(RequestTags.SERIES_HISTOGRAMS, histogram, timestamp, startTimestamp, out);
            return;
        }
        out.sample(batch.valueBits(row), timestamp, startTimestamp);
    }

    private void writeExemplars(int first, int end) {
        for (int i = first; i < end; i++) {
            for (Exemplar exemplar : batch(i).exemplars(slice.row(i))) {
                int start = out.begin(RequestTags.SERIES_EXEMPLARS, 1);
                labels.writeExemplar(exemplar.labels());
                PointFields.write(
                        RequestTags.EXEMPLAR_VALUE,
                        exemplar.valueBits(),
                        RequestTags.EXEMPLAR_TIMESTAMP,
                        exemplar.timestamp(),
                        out);
                out.end(start, 1);
                exemplars++;
            }
        }
    }

    /* Of a metric of which nothing is known, an empty message says that: its type is UNSPECIFIED. Prometheus does so too. */
    private void writeMetadata(@Nullable Metadata metadata) {
        int start = out.begin(RequestTags.SERIES_METADATA, 1);
        if (metadata != null) {
            if (metadata.type() != MetricType.UNKNOWN) {
                out.varint(RequestTags.METADATA_TYPE, TypeNumbers.of(metadata.type()));
            }
            if (!metadata.equals(last)) {
                last = metadata;
                help = tables.help(metadata);
                unit = tables.unit(metadata);
            }
            writeRef(RequestTags.METADATA_HELP_REF, help);
            writeRef(RequestTags.METADATA_UNIT_REF, unit);
            descriptions++;
        }
        out.end(start, 1);
    }

    private void writeRef(int tag, int place) {
        if (place != 0) {
            out.varint(tag, place);
        }
    }

    private MetricBatch batch(int index) {
        return (MetricBatch) slice.batch(index);
    }
}

package dev.millrace.core.journal;

import dev.millrace.spi.event.Exemplar;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.LabelsBuilder;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.event.NativeHistogram;
import java.util.ArrayList;
import java.util.List;

/**
 * The payload of a batch of samples, column by column. The number of rows is the header's number of items.
 *
 * <pre>
 *   varint  flags: 1 start timestamps, 2 histograms, 4 exemplars, 8 metadata
 *   column  numbers of the series in the dictionary    {@link DeltaRuns}
 *   column  timestamps                                 {@link DeltaRuns}
 *   column  values                                     {@link RealColumn}
 *   column  start timestamps, where flagged            {@link DeltaRuns}
 *   column  metadata, where flagged: number in the dictionary + 1, or 0 for none    {@link DeltaRuns}
 *   side    histograms, where flagged                  {@link HistogramPayload}
 *   side    exemplars, where flagged: varint how many; for each:
 *             varint how many labels, with length and UTF-8 of name and value; value; signed varint time - the row's
 *
 *   A side column: varint how many rows have something; for each: varint rows left out before it, then its content.
 * </pre>
 */
final class MetricPayload {
    static final int START_TIMESTAMPS = 1;
    static final int HISTOGRAMS = 2;
    static final int EXEMPLARS = 4;
    static final int METADATA = 8;

    private MetricPayload() {}

    /** Writes a batch whose rows have the numbers of {@code series} and {@code metadata} in the dictionary. */
    static void write(PayloadOutput out, MetricBatch batch, int[] series, int[] metadata, DeltaRuns.Writer runs) {
        int rows = batch.size();
        out.writeVarint((batch.hasStartTimestamps() ? START_TIMESTAMPS : 0)
                | (batch.hasHistograms() ? HISTOGRAMS : 0)
                | (batch.hasExemplars() ? EXEMPLARS : 0)
                | (batch.hasMetadata() ? METADATA : 0));
        runs.reset();
        for (int row = 0; row < rows; row++) {
            runs.add(out, series[row]);
        }
        runs.end(out);
        for (int row = 0; row < rows; row++) {
            runs.add(out, batch.timestamp(row));
        }
        runs.end(out);
        for (int row = 0; row < rows; row++) {
            RealColumn.write(out, batch.valueBits(row));
        }
        if (batch.hasStartTimestamps()) {
            for (int row = 0; row < rows; row++) {
                runs.add(out, batch.startTimestamp(row));
            }
            runs.end(out);
        }
        if (batch.hasMetadata()) {
            for (int row = 0; row < rows; row++) {
                runs.add(out, metadata[row] + 1L);
            }
            runs.end(out);
        }
        if (batch.hasHistograms()) {
            writeHistograms(out, batch);
        }
        if (batch.hasExemplars()) {
            writeExemplars(out, batch);
        }
    }

    private static void writeHistograms(PayloadOutput out, MetricBatch batch) {
        int count = 0;
        for (int row = 0; row < batch.size(); row++) {
            count += batch.histogram(row) == null ? 0 : 1;
        }
        out.writeVarint(count);
        int next = 0;
        for (int row = 0; row < batch.size(); row++) {
            NativeHistogram histogram = batch.histogram(row);
            if (histogram != null) {
                out.writeVarint(row - next);
                next = row + 1;
                HistogramPayload.write(out, histogram);
            }
        }
    }

    private static void writeExemplars(PayloadOutput out, MetricBatch batch) {
        int count = 0;
        for (int row = 0; row < batch.size(); row++) {
            count += batch.exemplars(row).isEmpty() ? 0 : 1;
        }
        out.writeVarint(count);
        int next = 0;
        for (int row = 0; row < batch.size(); row++) {
            List<Exemplar> exemplars = batch.exemplars(row);
            if (exemplars.isEmpty()) {
                continue;
            }
            out.writeVarint(row - next);
            next = row + 1;
            out.writeVarint(exemplars.size());
            for (Exemplar exemplar : exemplars) {
                writeLabels(out, exemplar.labels());
                RealColumn.write(out, exemplar.valueBits());
                out.writeSigned(exemplar.timestamp() - batch.timestamp(row));
            }
        }
    }

    /** Reads exemplars of a row at {@code timestamp}. */
    static List<Exemplar> readExemplars(PayloadInput in, long timestamp) throws MalformedPayloadException {
        int count = in.readCount(3);
        List<Exemplar> exemplars = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            exemplars.add(new Exemplar(readLabels(in), RealColumn.read(in), timestamp + in.readSigned()));
        }
        return exemplars;
    }

    private static void writeLabels(PayloadOutput out, Labels labels) {
        out.writeVarint(labels.size());
        for (int i = 0; i < labels.size(); i++) {
            out.writeSymbol(labels.name(i));
            out.writeSymbol(labels.value(i));
        }
    }

    private static Labels readLabels(PayloadInput in) throws MalformedPayloadException {
        LabelsBuilder labels = Labels.builder();
        for (int left = in.readCount(2); left > 0; left--) {
            labels.add(in.readSymbol(), in.readSymbol());
        }
        return labels.build();
    }
}

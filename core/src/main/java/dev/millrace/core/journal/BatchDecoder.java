package dev.millrace.core.journal;

import dev.millrace.core.journal.JournalReader.Entry;
import dev.millrace.spi.event.Exemplar;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.LogBatch;
import dev.millrace.spi.event.Metadata;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.event.MetricBatchBuilder;
import dev.millrace.spi.event.NativeHistogram;
import dev.millrace.spi.event.SpanBatch;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** Turns records of one segment into batches again. Not thread-safe. */
final class BatchDecoder {
    private final Descriptions descriptions;
    private int[] series = new int[1024];
    private int[] metadataNumbers = new int[0];
    private long[] timestamps = new long[1024];
    private long[] values = new long[1024];
    private long[] starts = new long[0];

    BatchDecoder(Descriptions descriptions) {
        this.descriptions = descriptions;
    }

    /**
     * Decodes a batch.
     *
     * @param entries where it goes: whole, or each run of rows whose series is known
     * @return how many rows are lost, because their series is not known
     */
    int decode(RecordKind kind, RecordHeader header, PayloadInput in, Queue<Entry> entries)
            throws MalformedPayloadException {
        if (kind == RecordKind.METRICS) {
            return decodeMetrics(header, in, entries);
        }
        Labels resource = descriptions.series(in.readNumber());
        if (resource == null) {
            return header.items;
        }
        if (kind == RecordKind.LOGS) {
            LogBatch logs = LogPayload.read(in, resource, header.items);
            entries.add(new Entry(header.first, header.written, logs));
        } else {
            SpanBatch spans = SpanPayload.read(in, resource, header.items);
            entries.add(new Entry(header.first, header.written, spans));
        }
        return 0;
    }

    private int decodeMetrics(RecordHeader header, PayloadInput in, Queue<Entry> entries)
            throws MalformedPayloadException {
        int rows = header.items;
        in.require(rows);
        makeRoom(rows);
        int flags = in.readNumber();
        DeltaRuns.Reader column = new DeltaRuns.Reader(in);
        for (int row = 0; row < rows; row++) {
            series[row] = (int) column.next();
        }
        column = new DeltaRuns.Reader(in);
        for (int row = 0; row < rows; row++) {
            timestamps[row] = column.next();
        }
        for (int row = 0; row < rows; row++) {
            values[row] = RealColumn.read(in);
        }
        if ((flags & MetricPayload.START_TIMESTAMPS) != 0) {
            starts = starts.length < rows ? new long[timestamps.length] : starts;
            column = new DeltaRuns.Reader(in);
            for (int row = 0; row < rows; row++) {
                starts[row] = column.next();
            }
        }
        if ((flags & MetricPayload.METADATA) != 0) {
            metadataNumbers = metadataNumbers.length < rows ? new int[series.length] : metadataNumbers;
            column = new DeltaRuns.Reader(in);
            for (int row = 0; row < rows; row++) {
                metadataNumbers[row] = (int) column.next() - 1;
            }
        }
        @Nullable
        NativeHistogram @Nullable [] histograms =
                (flags & MetricPayload.HISTOGRAMS) == 0 ? null : readHistograms(in, rows);
        @Nullable
        List<Exemplar> @Nullable [] exemplars = (flags & MetricPayload.EXEMPLARS) == 0 ? null : readExemplars(in, rows);
        return emit(header, flags, histograms, exemplars, entries);
    }

    private int emit(
            RecordHeader header,
            int flags,
            @Nullable NativeHistogram @Nullable [] histograms,
            @Nullable List<Exemplar> @Nullable [] exemplars,
            Queue<Entry> entries) {
        int rows = header.items;
        int lost = 0;
        ArrayDeque<Entry> complete = new ArrayDeque<>(1);
        for (int row = 0; row < rows; ) {
            int begin = row;
            MetricBatchBuilder builder = MetricBatch.builder(lost == 0 && row == 0 ? rows : 8);
            for (Labels labels; row < rows && (labels = descriptions.series(series[row])) != null; row++) {
                NativeHistogram histogram = histograms == null ? null : histograms[row];
                if (histogram != null) {
                    builder.add(labels, timestamps[row], histogram);
                } else {
                    builder.add(labels, timestamps[row], values[row]);
                }
                if ((flags & MetricPayload.START_TIMESTAMPS) != 0) {
                    builder.startTimestamp(starts[row]);
                }
                if (exemplars != null) {
                    List<Exemplar> list = exemplars[row];
                    if (list != null || row == begin) {
                        builder.exemplars(list == null ? List.of() : list);
                    }
                }
                Metadata metadata =
                        (flags & MetricPayload.METADATA) == 0 ? null : descriptions.metadata(metadataNumbers[row]);
                if (metadata != null) {
                    builder.metadata(metadata);
                }
            }
            if (builder.size() > 0) {
                complete.add(new Entry(header.first + begin, header.written, builder.build()));
            }
            for (; row < rows && descriptions.series(series[row]) == null; row++) {
                lost++;
            }
        }
        entries.addAll(complete);
        return lost;
    }

    private @Nullable NativeHistogram[] readHistograms(PayloadInput in, int rows) throws MalformedPayloadException {
        @Nullable NativeHistogram[] histograms = new NativeHistogram[rows];
        int row = -1;
        for (int left = in.readCount(1); left > 0; left--) {
            row = nextRow(in, row, rows);
            histograms[row] = HistogramPayload.read(in, values[row]);
        }
        return histograms;
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // Java has no arrays of a generic type
    private @Nullable List<Exemplar>[] readExemplars(PayloadInput in, int rows) throws MalformedPayloadException {
        @Nullable List<Exemplar>[] exemplars = new List[rows];
        int row = -1;
        for (int left = in.readCount(1); left > 0; left--) {
            row = nextRow(in, row, rows);
            exemplars[row] = MetricPayload.readExemplars(in, timestamps[row]);
        }
        return exemplars;
    }

    private static int nextRow(PayloadInput in, int before, int rows) throws MalformedPayloadException {
        long row = before + 1L + in.readNumber();
        if (row >= rows) {
            throw new MalformedPayloadException("row " + row + " of " + rows);
        }
        return (int) row;
    }

    private void makeRoom(int rows) {
        if (series.length < rows) {
            int capacity = Math.max(rows, 2 * series.length);
            series = Arrays.copyOf(series, capacity);
            timestamps = Arrays.copyOf(timestamps, capacity);
            values = Arrays.copyOf(values, capacity);
        }
    }
}

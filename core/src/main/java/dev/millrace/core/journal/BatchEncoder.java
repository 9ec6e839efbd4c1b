package dev.millrace.core.journal;

import dev.millrace.spi.event.EventBatch;
import dev.millrace.spi.event.LogBatch;
import dev.millrace.spi.event.Metadata;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.event.SpanBatch;
import java.util.Arrays;

/** Turns batches into records of one segment, each behind the descriptions that it is the first to use. Not thread-safe. */
final class BatchEncoder {
    private final PayloadOutput out;
    private final RecordOutput records;
    private final SegmentDictionary dictionary = new SegmentDictionary();
    private final DeltaRuns.Writer runs = new DeltaRuns.Writer();
    private int[] series = new int[1024];
    private int[] metadata = new int[0];

    BatchEncoder(PayloadOutput out, int stamp) {
        this.out = out;
        this.records = new RecordOutput(out, stamp);
    }

    SegmentDictionary dictionary() {
        return dictionary;
    }

    RecordOutput records() {
        return records;
    }

    /** Adds the records of a batch to the output. After an exception the segment cannot be continued. */
    void encode(EventBatch batch, long first, long written) {
        if (batch instanceof MetricBatch metrics) {
            number(metrics);
            writeDescriptions(first, written);
            records.begin(RecordKind.METRICS, first, batch.size(), written);
            MetricPayload.write(out, metrics, series, metadata, runs);
        } else if (batch instanceof LogBatch logs) {
            int resource = dictionary.series(logs.resource(), 0);
            writeDescriptions(first, written);
            records.begin(RecordKind.LOGS, first, batch.size(), written);
            LogPayload.write(out, logs, resource);
        } else {
            SpanBatch spans = (SpanBatch) batch;
            int resource = dictionary.series(spans.resource(), 0);
            writeDescriptions(first, written);
            records.begin(RecordKind.SPANS, first, batch.size(), written);
            SpanPayload.write(out, spans, resource);
        }
        records.end();
    }

    private void writeDescriptions(long first, long written) {
        if (dictionary.hasNew()) {
            dictionary.writeNew(records.begin(RecordKind.DICTIONARY, first, 0, written));
            records.end();
        }
    }

    private void number(MetricBatch batch) {
        int rows = batch.size();
        if (series.length < rows) {
            series = new int[Math.max(rows, 2 * series.length)];
        }
        int expected = 0;
        for (int row = 0; row < rows; row++) {
            int number = dictionary.series(batch.labels(row), expected);
            series[row] = number;
            expected = number + 1;
        }
        if (batch.hasMetadata()) {
            numberMetadata(batch, rows);
        }
    }

    @SuppressWarnings("ReferenceEquality") // narrows the search: an equal one is found in the dictionary
    private void numberMetadata(MetricBatch batch, int rows) {
        if (metadata.length < rows) {
            metadata = Arrays.copyOf(metadata, Math.max(rows, 2 * metadata.length));
        }
        Metadata before = null;
        int number = -1;
        int expected = 0;
        for (int row = 0; row < rows; row++) {
            Metadata description = batch.metadata(row);
            if (description != before) {
                before = description;
                number = description == null ? -1 : dictionary.metadata(description, expected);
                expected = number + 1;
            }
            metadata[row] = number;
        }
    }
}

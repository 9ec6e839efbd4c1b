package dev.millrace.core.journal;

import dev.millrace.core.journal.JournalReader.Entry;
import dev.millrace.spi.event.EventBatch;
import dev.millrace.spi.event.LogBatch;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.event.SpanBatch;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Batches as things that can be compared: a list of what is in each row. */
final class Rows {
    private Rows() {}

    static List<Object> of(EventBatch batch) {
        if (batch instanceof LogBatch || batch instanceof SpanBatch) {
            return List.of(batch);
        }
        MetricBatch metrics = (MetricBatch) batch;
        List<Object> rows = new ArrayList<>();
        rows.add(metrics.hasStartTimestamps() + " " + metrics.hasHistograms() + " " + metrics.hasExemplars() + " "
                + metrics.hasMetadata());
        for (int row = 0; row < batch.size(); row++) {
            rows.add(row(metrics, row));
        }
        return rows;
    }

    static List<Object> row(MetricBatch metrics, int row) {
        return Arrays.asList(
                metrics.labels(row),
                metrics.timestamp(row),
                Long.toHexString(metrics.valueBits(row)),
                metrics.startTimestamp(row),
                metrics.histogram(row),
                metrics.exemplars(row),
                metrics.metadata(row));
    }

    /** What a reader gives, by the number of the first item. */
    static NavigableMap<Long, List<Object>> read(JournalReader reader) throws IOException {
        NavigableMap<Long, List<Object>> found = new TreeMap<>();
        for (Entry entry = reader.next(); entry != null; entry = reader.next()) {
            found.put(entry.firstItem(), of(entry.batch()));
        }
        return found;
    }
}

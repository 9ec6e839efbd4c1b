package dev.millrace.plugin.aggregator.metadata.group;

import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.event.MetricBatchBuilder;
import java.util.ArrayList;
import java.util.List;

/** The samples of a group, cut into batches of a largest number of rows. */
final class MetricGroup {
    private final int maxRows;
    private final List<MetricBatch> complete = new ArrayList<>();
    private MetricBatchBuilder rows = MetricBatch.builder(0);

    MetricGroup(int maxRows) {
        this.maxRows = maxRows;
    }

    void add(MetricBatch batch, int row) {
        rows.add(batch, row);
        if (rows.size() == maxRows) {
            complete.add(rows.build());
            rows = MetricBatch.builder(0);
        }
    }

    /** Whether a batch is complete. */
    boolean full() {
        return !complete.isEmpty();
    }

    /** All samples; the group must not be used afterwards. */
    List<MetricBatch> batches() {
        if (rows.size() > 0) {
            complete.add(rows.build());
        }
        return complete;
    }
}

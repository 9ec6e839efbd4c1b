package dev.millrace.plugin.aggregator.metadata.group;

import java.util.ArrayList;
import java.util.List;

/** The rows of one resource, cut into parts of a largest number and size; a row that is larger is a part of its own. */
final class RowGroup<R> {
    private final int maxRows;
    private final long maxBytes;
    private final List<List<R>> complete = new ArrayList<>();
    private List<R> rows = new ArrayList<>();
    private long bytes;

    RowGroup(int maxRows, long maxBytes) {
        this.maxRows = maxRows;
        this.maxBytes = maxBytes;
    }

    void add(R row, long size) {
        if (!rows.isEmpty() && bytes + size > maxBytes) {
            cut();
        }
        rows.add(row);
        bytes += size;
        if (rows.size() == maxRows || bytes >= maxBytes) {
            cut();
        }
    }

    /** Whether a part is complete. */
    boolean full() {
        return !complete.isEmpty();
    }

    /** All rows; the group must not be used afterwards. */
    List<List<R>> parts() {
        if (!rows.isEmpty()) {
            cut();
        }
        return complete;
    }

    private void cut() {
        complete.add(rows);
        rows = new ArrayList<>();
        bytes = 0;
    }
}

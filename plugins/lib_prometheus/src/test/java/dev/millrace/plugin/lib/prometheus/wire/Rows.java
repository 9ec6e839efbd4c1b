package dev.millrace.plugin.lib.prometheus.wire;

import dev.millrace.spi.event.EventBatch;
import dev.millrace.spi.pipeline.Slice;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;

/** A slice of all rows of some batches. */
record Rows(List<Row> rows) implements Slice {
    record Row(EventBatch batch, int row) {}

    static Rows of(EventBatch... batches) {
        return new Rows(List.of(batches).stream()
                .flatMap(batch -> IntStream.range(0, batch.size()).mapToObj(row -> new Row(batch, row)))
                .toList());
    }

    @Override
    public int size() {
        return rows.size();
    }

    @Override
    public EventBatch batch(int index) {
        return rows.get(index).batch();
    }

    @Override
    public int row(int index) {
        return rows.get(index).row();
    }

    @Override
    public int attempt() {
        return 0;
    }

    @Override
    public boolean repeated() {
        return false;
    }

    @Override
    public CompletionStage<Void> record(String protocol, int bodyChecksum) {
        return CompletableFuture.completedFuture(null);
    }
}

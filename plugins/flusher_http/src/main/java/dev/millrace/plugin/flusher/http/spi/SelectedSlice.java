package dev.millrace.plugin.flusher.http.spi;

import dev.millrace.spi.event.EventBatch;
import dev.millrace.spi.pipeline.Slice;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.IntPredicate;

/**
 * A view on some rows of a slice, in their order. What is recorded of it is recorded of the whole slice, because after a
 * crash the whole slice comes again and the same rows are selected from it.
 */
public final class SelectedSlice implements Slice {
    private final Slice whole;
    private final int[] indexes;

    private SelectedSlice(Slice whole, int[] indexes) {
        this.whole = whole;
        this.indexes = indexes;
    }

    /**
     * The rows whose index in {@code slice} passes a test: {@code slice} itself where all do, empty where none does. The
     * test is called once for each index, in order.
     */
    public static Optional<Slice> of(Slice slice, IntPredicate test) {
        int[] passed = new int[slice.size()];
        int count = 0;
        for (int i = 0; i < passed.length; i++) {
            if (test.test(i)) {
                passed[count++] = i;
            }
        }
        if (count == 0) {
            return Optional.empty();
        }
        return Optional.of(count == passed.length ? slice : new SelectedSlice(slice, Arrays.copyOf(passed, count)));
    }

    @Override
    public int size() {
        return indexes.length;
    }

    @Override
    public EventBatch batch(int index) {
        return whole.batch(indexes[index]);
    }

    @Override
    public int row(int index) {
        return whole.row(indexes[index]);
    }

    @Override
    public int attempt() {
        return whole.attempt();
    }

    @Override
    public boolean repeated() {
        return whole.repeated();
    }

    @Override
    public CompletionStage<Void> record(String protocol, int bodyChecksum) {
        return whole.record(protocol, bodyChecksum);
    }
}

package dev.millrace.core.delivery;

import dev.millrace.spi.event.EventBatch;
import dev.millrace.spi.pipeline.Outcome;
import dev.millrace.spi.pipeline.Slice;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** A flusher that records every request before it leaves, and whose answers the test gives. */
final class FakeFlusher implements GroupedFlusher {
    /** All calls, and those of them that left and have no answer. */
    final List<Call> calls = new ArrayList<>();

    private final Groups groups;
    private Consumer<Call> onLeave = call -> {};

    /** What a row has in common with others. */
    interface Groups {
        Object of(EventBatch batch, int row);
    }

    /** A flusher that tells groups apart. */
    FakeFlusher(Groups groups) {
        this.groups = groups;
    }

    @Override
    public Object group(EventBatch batch, int row) {
        return groups.of(batch, row);
    }

    /** Has each request answered when it leaves. */
    void answer(Consumer<Call> newAnswer) {
        onLeave = newAnswer;
    }

    @Override
    public CompletionStage<Outcome> send(Slice slice) {
        Call call = new Call(slice);
        calls.add(call);
        return slice.record("fake/1", call.rows.hashCode()).thenCompose(written -> {
            call.left = true;
            onLeave.accept(call);
            return call.answer;
        });
    }

    Call last() {
        return calls.get(calls.size() - 1);
    }

    List<Call> open() {
        return calls.stream().filter(call -> call.left && !call.answer.isDone()).toList();
    }
}

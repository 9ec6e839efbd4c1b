package dev.millrace.plugin.flusher.http.spi;

import dev.millrace.spi.event.EventBatch;
import dev.millrace.spi.extension.Target;
import dev.millrace.spi.http.HttpHeaders;
import dev.millrace.spi.pipeline.Flusher;
import dev.millrace.spi.pipeline.Outcome;
import dev.millrace.spi.pipeline.Slice;
import dev.millrace.spi.pipeline.SliceLimits;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A flusher that sends all slices with the same target and header fields. */
record SendingFlusher(HttpSender sender, Target target, HttpHeaders fixed, SliceLimits limits) implements Flusher {
    @Override
    public CompletionStage<Outcome> send(Slice slice) {
        return sender.send(slice, target, fixed).thenApply(Exchange::outcome);
    }

    @Override
    public @Nullable Object group(EventBatch batch, int row) {
        return sender.group(batch, row);
    }
}

package dev.millrace.plugin.service.otlp;

import dev.millrace.plugin.lib.otlp.metrics.ItemCount;
import dev.millrace.spi.BodyBuffer;
import dev.millrace.spi.extension.DecodingException;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Takes requests of a signal that is not supported yet: says honestly that nothing of them is kept. Thread-safe. */
final class UnsupportedExporter implements Exporter {
    private static final String REASON = "unsupported";

    private final Signal signal;
    private final RejectedItems rejected;

    UnsupportedExporter(Signal signal, RejectedItems rejected) {
        this.signal = signal;
        this.rejected = rejected;
    }

    @Override
    public CompletionStage<Export> export(BodyBuffer request) throws DecodingException {
        long items = ItemCount.of(request);
        if (items == 0) {
            return CompletableFuture.completedFuture(new Export.Kept(0, ""));
        }
        rejected.add(signal, REASON, items);
        String name = signal.name().toLowerCase(Locale.ROOT);
        return CompletableFuture.completedFuture(
                new Export.Kept(items, "nothing is kept: this pipeline takes metrics, no " + name));
    }
}

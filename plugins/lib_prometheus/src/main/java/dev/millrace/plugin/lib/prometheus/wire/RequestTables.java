package dev.millrace.plugin.lib.prometheus.wire;

import dev.millrace.spi.event.Metadata;
import java.lang.ref.SoftReference;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * What the encoding of a request needs beside its body. The tables are as large as all series of the process make them, so
 * they are used again and again, and given up where memory is short.
 */
final class RequestTables {
    private final RequestSymbols symbols = new RequestSymbols();
    private final MetadataSymbols texts = new MetadataSymbols();

    RequestSymbols symbols() {
        return symbols;
    }

    /** The place of a description in the request. */
    int help(Metadata metadata) {
        return symbols.place(texts.help(metadata));
    }

    /** The place of a unit in the request. */
    int unit(Metadata metadata) {
        return symbols.place(texts.unit(metadata));
    }

    /** Tables that nobody uses at the moment, at most one for each processor. Thread-safe. */
    static final class Pool {
        private final BlockingQueue<SoftReference<RequestTables>> idle =
                new ArrayBlockingQueue<>(Runtime.getRuntime().availableProcessors());

        /** Tables for a request, which has begun. */
        RequestTables take() {
            SoftReference<RequestTables> reference = idle.poll();
            RequestTables kept = reference == null ? null : reference.get();
            RequestTables tables = kept == null ? new RequestTables() : kept;
            tables.symbols.begin();
            return tables;
        }

        /** Gives tables back, whose request has ended. */
        void giveBack(RequestTables tables) {
            tables.symbols.end();
            idle.offer(new SoftReference<>(tables));
        }
    }
}

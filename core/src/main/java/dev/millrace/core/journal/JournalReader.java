package dev.millrace.core.journal;

import dev.millrace.spi.event.EventBatch;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A reader of committed batches, in order. Not thread-safe, and to be used by threads that nobody interrupts.
 *
 * <p>Damage never fails it: what cannot be read is left out, and shows as a gap between item numbers.
 */
public interface JournalReader extends AutoCloseable {
    /**
     * The next batch, or null where nothing more is committed at this moment.
     *
     * <p>The first one is whole even where the reader began inside of it. Of a batch that is damaged in part, each run of
     * rows that can be read is an entry of its own.
     *
     * @throws IOException if the file system fails; the call may be repeated
     */
    @Nullable
    Entry next() throws IOException;

    /** The number behind the last item that was read or found to be lost. */
    long position();

    @Override
    void close() throws IOException;

    /**
     * A batch and its place.
     *
     * @param firstItem the number of the item in its first row; the others follow without gaps
     * @param written when it was committed, in milliseconds since the epoch
     * @param batch the batch
     */
    record Entry(long firstItem, long written, EventBatch batch) {
        /** The number behind the item in its last row. */
        public long end() {
            return firstItem + batch.size();
        }
    }
}

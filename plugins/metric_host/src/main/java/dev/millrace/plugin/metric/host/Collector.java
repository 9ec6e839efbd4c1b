package dev.millrace.plugin.metric.host;

import dev.millrace.plugin.lib.reading.Samples;
import java.io.IOException;

/** Reads one kind of metrics of the host. Used by one reading at a time, but for {@link #stop}. */
interface Collector {
    /** Begins what takes a while, without waiting for it; called some time before each {@link #collect}. */
    default void prepare() throws IOException {}

    /**
     * Adds the samples of this moment.
     *
     * @throws IOException if something cannot be read; the message names it, and what was added is forgotten
     */
    void collect(Samples samples) throws IOException;

    /** Ends what {@link #prepare} began; called on any thread. */
    default void stop() {}
}

package dev.millrace.spi.pipeline;

import dev.millrace.spi.Component;
import dev.millrace.spi.event.MetricBatch;

/**
 * A processor that gathers samples and hands on what it makes of them from time to time. It stands among the processors;
 * batches of other kinds go past it.
 *
 * <p>The host calls it from one thread at a time, and calls {@link #flush()} at least every three seconds, whether there was
 * a batch or not, but never before it is known what became of the last result. The inputs of all batches that were added since the last flush are acknowledged when its result is
 * committed, together with the changes of the {@link dev.millrace.spi.State}. So what was added is to be in the result, or in
 * the state: nothing else outlives the flush. Where the result is refused, the state is what it was before, and what was
 * added counts for nothing; so does all that was added since the last flush where a call fails.
 */
public interface GatheringProcessor extends Component {
    /** Takes a batch in, which has rows. */
    void add(MetricBatch batch) throws Exception;

    /** What goes on of what was gathered, mostly nothing. */
    MetricBatch flush() throws Exception;
}

package dev.millrace.spi.pipeline;

import dev.millrace.spi.Component;
import dev.millrace.spi.event.EventBatch;

/** Changes or filters batches before they are journaled. Thread-safe: inputs call it on their own threads, unless it keeps a {@link dev.millrace.spi.State}. */
public interface Processor extends Component {
    /**
     * The batch that goes on in place of {@code batch}; one without rows ends here. A kind of batch that the processor
     * does not handle is returned as it is.
     *
     * @throws Exception if the batch cannot be processed; the input is told that it was refused
     */
    EventBatch process(EventBatch batch) throws Exception;
}

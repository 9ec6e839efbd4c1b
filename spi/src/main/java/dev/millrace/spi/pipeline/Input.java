package dev.millrace.spi.pipeline;

import dev.millrace.spi.Component;

/** A source of batches, pulled by itself or pushed to it. */
public interface Input extends Component {
    /**
     * Begins to hand batches to {@code sink}. Returns soon: work that goes on uses the context's scheduler.
     *
     * @throws Exception if it cannot begin; the pipeline is retried with backoff
     */
    void start(BatchSink sink) throws Exception;
}

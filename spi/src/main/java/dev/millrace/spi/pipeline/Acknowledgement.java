package dev.millrace.spi.pipeline;

/** What an input wants to know of a batch: that it is kept, or that it is not. Exactly one method is called, once. */
public interface Acknowledgement {
    /** The journal holds the whole batch, at the pipeline's durability. */
    void committed();

    /** Nothing of the batch was kept. */
    void refused(Refusal refusal);

    /** Whether a client waits for the answer, so that the batch is committed at once and not with others a little later. */
    default boolean waiting() {
        return true;
    }
}

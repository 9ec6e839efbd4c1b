package dev.millrace.core.pipeline;

import dev.millrace.spi.pipeline.Acknowledgement;
import dev.millrace.spi.pipeline.Refusal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One answer for several inputs' batches, which became several others. Thread-safe. */
final class SharedAcknowledgement implements Acknowledgement {
    private final List<Acknowledgement> inputs;
    private final Object lock = new Object();
    private int outstanding;
    private @Nullable Refusal refusal;

    SharedAcknowledgement(List<Acknowledgement> inputs, int parts) {
        this.inputs = inputs;
        this.outstanding = parts;
    }

    @Override
    public void committed() {
        partDone(null);
    }

    @Override
    public void refused(Refusal why) {
        partDone(why);
    }

    @Override
    public boolean waiting() {
        return inputs.stream().anyMatch(Acknowledgement::waiting);
    }

    private void partDone(@Nullable Refusal why) {
        synchronized (lock) {
            refusal = refusal == null ? why : refusal;
            outstanding--;
            if (outstanding > 0) {
                return;
            }
        }
        complete();
    }

    /** Tells the inputs. */
    void complete() {
        Refusal why;
        synchronized (lock) {
            why = refusal;
        }
        for (Acknowledgement input : inputs) {
            if (why == null) {
                input.committed();
            } else {
                input.refused(why);
            }
        }
    }
}

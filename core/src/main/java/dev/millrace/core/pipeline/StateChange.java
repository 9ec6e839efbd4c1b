package dev.millrace.core.pipeline;

import dev.millrace.spi.pipeline.Acknowledgement;
import dev.millrace.spi.pipeline.Refusal;

/** A new state of a component on its way to the journal, which is told what became of the output that it belongs to. */
final class StateChange implements Acknowledgement {
    private final KeptState owner;
    private final String component;
    private final byte[] state;
    private final long order;

    StateChange(KeptState owner, String component, byte[] state, long order) {
        this.owner = owner;
        this.component = component;
        this.state = state;
        this.order = order;
    }

    /** Whose state it is. */
    String component() {
        return component;
    }

    /** The new state, not to be changed. */
    byte[] state() {
        return state;
    }

    /** Which one of the component's changes it is. */
    long order() {
        return order;
    }

    /** Whether it is to be appended now, and not behind a newer one. */
    boolean append() {
        return owner.append(this);
    }

    @Override
    public void committed() {
        owner.settled(this, true);
    }

    @Override
    public void refused(Refusal refusal) {
        owner.settled(this, false);
    }

    @Override
    public boolean waiting() {
        return false;
    }
}

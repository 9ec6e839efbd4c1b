package dev.millrace.core.pipeline;

import dev.millrace.spi.pipeline.Acknowledgement;
import dev.millrace.spi.pipeline.Refusal;

/** A new state of a component on its way to the journal, which is told what became of the output that it belongs to. */
final class StateChange implements Acknowledgement {
    private final KeptState owner;
    private final String component;
    private final byte[] state;

    StateChange(KeptState owner, String component, byte[] state) {
        this.owner = owner;
        this.component = component;
        this.state = state;
    }

    /** Whose state it is. */
    String component() {
        return component;
    }

    /** The new state, not to be changed. */
    byte[] state() {
        return state;
    }

    @Override
    public void committed() {
        owner.settled(this);
    }

    @Override
    public void refused(Refusal refusal) {
        owner.settled(this);
    }

    @Override
    public boolean waiting() {
        return false;
    }
}

package dev.millrace.core.status;

import java.util.Locale;

/** The state of a component, as its metric names it. */
public enum ComponentState {
    /** Created, but not asked to work yet. */
    STARTING,
    /** At work, and nothing is wrong with it. */
    OK,
    /** At work, but something is wrong that may pass by itself. */
    DEGRADED,
    /** At work, but nothing can be delivered until a person changes something. */
    HELD,
    /** Not at work, because of a fault. */
    FAILED,
    /** Asked to end. */
    STOPPING;

    /** The value of the label. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}

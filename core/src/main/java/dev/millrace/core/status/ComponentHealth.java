package dev.millrace.core.status;

import java.util.Optional;

/**
 * In which state a component is, and since when.
 *
 * @param pipeline its pipeline
 * @param component its ID; {@code pipeline} for the pipeline as a whole
 * @param kind what it is for; {@code pipeline} for the pipeline as a whole
 * @param state the state
 * @param reason why it is not ok, where that is known
 * @param since when the state was first seen, in milliseconds since the epoch
 * @param seconds for how long it has been in the state
 */
public record ComponentHealth(
        String pipeline,
        String component,
        String kind,
        ComponentState state,
        Optional<String> reason,
        long since,
        long seconds) {
    /** The component in one line, for a person. */
    String line() {
        return pipeline + "/" + component + ": " + state.label() + " for " + Figures.duration(seconds)
                + reason.map(why -> ": " + why).orElse("");
    }
}

package dev.millrace.core.status;

import dev.millrace.core.delivery.DeliveryStatus;
import dev.millrace.core.delivery.DeliveryStatus.Incident;
import dev.millrace.core.status.ComponentReading.Flusher;
import java.util.Optional;

/**
 * What a component's numbers say of its health at one moment. The first line that fits counts.
 *
 * <pre>
 * state                       of        when
 * starting, failed, stopping  all       the component is in that state itself
 * held                        flusher   nothing is sent until a person changes something
 * degraded                    flusher   at least 95 % of the bytes that may wait for it wait
 * degraded                    flusher   something has waited for over 10 s, since before its last error
 * degraded                    others    its last error lasts until it tells its end, or is at most 90 s old where it will
 *                                       not tell that
 * ok                          all       else
 * </pre>
 *
 * @param state the state
 * @param reason why the state is not ok, in one line, where it is known
 */
public record Diagnosis(ComponentState state, Optional<String> reason) {
    static final long WAIT_MILLIS = 10_000;
    static final long ERROR_MILLIS = 90_000;
    private static final long FULL_PERCENT = 95;

    /** A diagnosis at a time in milliseconds since the epoch. */
    public static Diagnosis of(ComponentReading component, long time) {
        return switch (component.state()) {
            case STARTING, STOPPING -> new Diagnosis(component.state(), Optional.empty());
            case FAILED, DEGRADED -> new Diagnosis(component.state(), failure(component));
            case HELD -> new Diagnosis(ComponentState.HELD, held(component));
            case OK -> new Diagnosis(ComponentState.OK, Optional.empty()).unless(trouble(component, time));
        };
    }

    private Diagnosis unless(Optional<String> trouble) {
        return trouble.isEmpty() ? this : new Diagnosis(ComponentState.DEGRADED, trouble);
    }

    private static Optional<String> failure(ComponentReading component) {
        return (component instanceof Flusher flusher ? flusher.delivery().failure() : Optional.<String>empty())
                .or(() -> component.lastError().map(Incident::message));
    }

    private static Optional<String> held(ComponentReading component) {
        return component instanceof Flusher flusher
                ? flusher.delivery().held().map(Incident::message)
                : Optional.empty();
    }

    private static Optional<String> trouble(ComponentReading component, long time) {
        return component instanceof Flusher flusher
                ? full(flusher).or(() -> retried(flusher, time))
                : component
                        .lastError()
                        .filter(error -> switch (error.course()) {
                            case LASTS -> true;
                            case OVER -> false;
                            case UNKNOWN -> time - error.time() <= ERROR_MILLIS;
                        })
                        .map(Incident::message);
    }

    private static Optional<String> full(Flusher flusher) {
        return flusher.maxBytes() > 0 && flusher.backlogBytes() >= flusher.maxBytes() / 100 * FULL_PERCENT
                ? Optional.of(Figures.bytes(flusher.backlogBytes()) + " of at most " + Figures.bytes(flusher.maxBytes())
                        + " wait for it; where no room is left, inputs are refused")
                : Optional.empty();
    }

    private static Optional<String> retried(Flusher flusher, long time) {
        DeliveryStatus delivery = flusher.delivery();
        return delivery.lastError()
                .filter(error -> flusher.waitedMillis(time) > WAIT_MILLIS && error.time() >= delivery.oldestBacklog())
                .map(Incident::message);
    }
}

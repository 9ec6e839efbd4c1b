package dev.millrace.core.pipeline;

import dev.millrace.core.delivery.DeliveryStatus.Incident;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** What a component told last that went wrong. Times are milliseconds since the epoch. Thread-safe. */
final class LastError {
    private final AtomicReference<@Nullable Incident> last = new AtomicReference<>();

    /** Something went wrong, and nobody will tell whether it is still so. */
    void happened(long time, String message) {
        last.set(new Incident(time, message));
    }

    /** Something is wrong until {@link #ended}. */
    void began(long time, String message) {
        last.set(new Incident(time, message, Incident.Course.LASTS));
    }

    /** What began to be wrong is no longer so. */
    void ended() {
        last.updateAndGet(error -> error != null && error.course() == Incident.Course.LASTS ? error.over() : error);
    }

    Optional<Incident> get() {
        return Optional.ofNullable(last.get());
    }
}

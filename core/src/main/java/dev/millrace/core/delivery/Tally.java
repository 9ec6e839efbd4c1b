package dev.millrace.core.delivery;

import dev.millrace.core.delivery.DeliveryStatus.Incident;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is counted since the process started and not stored with the cursor. */
final class Tally {
    long attempted;
    long retriedItems;
    long retriedRequests;
    long abandonedCalls;
    long strayAnswers;
    long newestDone;

    @Nullable
    Incident lastError;

    void error(long wallClock, String message) {
        lastError = new Incident(wallClock, message);
    }

    Optional<Incident> lastError() {
        return Optional.ofNullable(lastError);
    }
}

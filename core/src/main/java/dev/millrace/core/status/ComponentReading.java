package dev.millrace.core.status;

import dev.millrace.core.delivery.DeliveryStatus;
import dev.millrace.core.delivery.DeliveryStatus.Incident;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** How a component was at one moment: its state and what it has counted. */
public sealed interface ComponentReading {
    /** The component's ID. */
    String id();

    /** What it is for. */
    Kind kind();

    /** How it was. */
    ComponentState state();

    /** What went wrong last. */
    Optional<Incident> lastError();

    /** What a component is for. */
    enum Kind {
        /** Hands batches over. */
        INPUT,
        /** Changes them. */
        PROCESSOR,
        /** Gathers them. */
        AGGREGATOR,
        /** Sends them to a destination. */
        FLUSHER,
        /** Is called by others. */
        EXTENSION;

        /** The name in lower case. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * An input.
     *
     * @param received items that it handed over
     * @param acknowledged items that it was told are kept
     * @param refused items that it was told are not kept, by reason
     * @param pending items of which it was told nothing yet
     * @param lastError what it told last that went wrong
     */
    record Input(
            String id,
            ComponentState state,
            long received,
            long acknowledged,
            Map<String, Long> refused,
            long pending,
            Optional<Incident> lastError)
            implements ComponentReading {
        @Override
        public Kind kind() {
            return Kind.INPUT;
        }
    }

    /**
     * A processor.
     *
     * @param dropped items that it took out
     */
    record Processor(String id, ComponentState state, long dropped, Optional<Incident> lastError)
            implements ComponentReading {
        @Override
        public Kind kind() {
            return Kind.PROCESSOR;
        }
    }

    /**
     * A flusher that delivers.
     *
     * @param delivery how its delivery was
     * @param backlogBytes bytes of the journal that wait for it
     * @param maxBytes how many may wait before inputs are refused
     */
    record Flusher(String id, ComponentState state, DeliveryStatus delivery, long backlogBytes, long maxBytes)
            implements ComponentReading {
        @Override
        public Kind kind() {
            return Kind.FLUSHER;
        }

        @Override
        public Optional<Incident> lastError() {
            return delivery.lastError();
        }

        /** How long the oldest batch has waited at a moment, in milliseconds; 0 where none waits. */
        long waitedMillis(long time) {
            return delivery.oldestBacklog() == 0 ? 0 : Math.max(0, time - delivery.oldestBacklog());
        }
    }

    /** A component that counts nothing. */
    record Plain(String id, Kind kind, ComponentState state, Optional<Incident> lastError)
            implements ComponentReading {}
}

package dev.millrace.core.status;

import dev.millrace.core.delivery.DeliveryStatus;
import dev.millrace.core.delivery.DeliveryStatus.Incident;
import dev.millrace.core.journal.DeadLetterFolder;
import dev.millrace.spi.pipeline.DeliveryStatistics;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/** Readings for tests, taken at a number of seconds after an arbitrary start. */
final class Readings {
    static final long MIB = 1 << 20;
    static final long START = 1_700_000_000_000L;

    private Readings() {}

    static Reading at(double seconds, PipelineReading... pipelines) {
        return Reading.of(
                (long) (seconds * TimeUnit.SECONDS.toNanos(1)) - 5,
                START + (long) (seconds * 1000),
                List.of(pipelines));
    }

    static PipelineReading running(String name, ComponentReading... components) {
        return new PipelineReading(
                name,
                "conf/pipelines/" + name + ".yaml",
                PipelineReading.State.RUNNING,
                true,
                List.of(),
                OptionalLong.empty(),
                Optional.of(new PipelineReading.Journal(12 * MIB, 10_240 * MIB, true)),
                List.of(components));
    }

    static ComponentReading input(long received) {
        return new ComponentReading.Input(
                "input_some", ComponentState.OK, received, received, Map.of("busy", 0L), 0, Optional.empty());
    }

    /** A flusher to which nothing has happened yet. */
    static FlusherReadings flusher(String id) {
        return new FlusherReadings(id);
    }

    /** Makes the reading of a flusher. */
    static final class FlusherReadings {
        private final String id;
        private ComponentState state = ComponentState.OK;
        private long delivered;
        private long backlogBytes;
        private long oldest;
        private long maxBytes = 10_240 * MIB;
        private Optional<Incident> held = Optional.empty();
        private Optional<Incident> lastError = Optional.empty();
        private Map<String, Long> rejected = Map.of();
        private Map<String, Long> dropped = Map.of();

        private FlusherReadings(String id) {
            this.id = id;
        }

        FlusherReadings delivered(long items) {
            delivered = items;
            return this;
        }

        /** Bytes that wait, the first of them since some seconds after the start. */
        FlusherReadings waiting(long bytes, double since) {
            backlogBytes = bytes;
            oldest = START + (long) (since * 1000);
            return this;
        }

        FlusherReadings atMost(long bytes) {
            maxBytes = bytes;
            return this;
        }

        FlusherReadings error(double at, String message) {
            lastError = Optional.of(new Incident(START + (long) (at * 1000), message));
            return this;
        }

        FlusherReadings held(double at, String message) {
            state = ComponentState.HELD;
            held = Optional.of(new Incident(START + (long) (at * 1000), message));
            return error(at, message);
        }

        FlusherReadings lost(Map<String, Long> byStatus, Map<String, Long> byReason) {
            rejected = byStatus;
            dropped = byReason;
            return this;
        }

        ComponentReading reading() {
            long backlog = backlogBytes / 100;
            DeliveryStatistics.Snapshot counts = new DeliveryStatistics.Snapshot(
                    delivered + backlog,
                    0,
                    0,
                    delivered,
                    StatusJson.sum(rejected),
                    dropped,
                    backlog,
                    0,
                    4,
                    4,
                    4,
                    4,
                    0,
                    0,
                    0,
                    0);
            return new ComponentReading.Flusher(
                    id,
                    state,
                    new DeliveryStatus(
                            counts,
                            rejected,
                            13,
                            0,
                            0,
                            oldest,
                            held,
                            DeadLetterFolder.Counts.NONE,
                            lastError,
                            Optional.empty()),
                    backlogBytes,
                    maxBytes);
        }
    }
}

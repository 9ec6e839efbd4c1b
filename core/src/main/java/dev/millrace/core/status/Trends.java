package dev.millrace.core.status;

import dev.millrace.core.status.ComponentReading.Flusher;
import dev.millrace.core.status.PipelineReading.Journal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/**
 * What changed in the minute before a reading.
 *
 * @param now the reading
 * @param before earlier readings, oldest first
 */
public record Trends(Reading now, List<Reading> before) {
    private static final double NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long LEAST_NANOS = TimeUnit.SECONDS.toNanos(1);

    /**
     * How fast a count of a component grew, by the second, since it was first read in that minute; empty where that is
     * less than a second ago. A count that is lower than before began anew.
     */
    <T extends ComponentReading> OptionalDouble perSecond(
            String pipeline, String id, Class<T> kind, ToLongFunction<T> count) {
        Optional<T> last = now.component(pipeline, id, kind);
        if (last.isEmpty()) {
            return OptionalDouble.empty();
        }
        long to = count.applyAsLong(last.get());
        return since(reading -> reading.component(pipeline, id, kind).isPresent(), first -> {
            long from =
                    first.component(pipeline, id, kind).map(count::applyAsLong).orElse(0L);
            return to < from ? to : to - from;
        });
    }

    /**
     * How long it takes, in seconds, until a flusher's backlog reaches its limit or the volume is full, if it goes on
     * like this; empty where the backlog does not grow, 0 where it has reached its limit.
     *
     * @param freeBytes the room on the volume
     */
    OptionalLong secondsUntilFull(String pipeline, String id, OptionalLong freeBytes) {
        Optional<Flusher> flusher = now.component(pipeline, id, Flusher.class);
        if (flusher.isEmpty()) {
            return OptionalLong.empty();
        }
        long room = flusher.get().maxBytes() - flusher.get().backlogBytes();
        if (room <= 0) {
            return OptionalLong.of(0);
        }
        double growth = growth(pipeline, id);
        if (growth <= 0) {
            return OptionalLong.empty();
        }
        double seconds = room / growth;
        boolean onDisk = Optional.ofNullable(now.pipelines().get(pipeline))
                .flatMap(PipelineReading::journal)
                .filter(Journal::onDisk)
                .isPresent();
        if (onDisk && freeBytes.isPresent()) {
            seconds = Math.min(seconds, freeBytes.getAsLong() / growthOnDisk());
        }
        return OptionalLong.of((long) seconds);
    }

    /** By how many bytes a second all journals on the volume grow. A journal grows as its slowest flusher lets it. */
    private double growthOnDisk() {
        return now.pipelines().values().stream()
                .filter(pipeline -> pipeline.journal().filter(Journal::onDisk).isPresent())
                .mapToDouble(pipeline -> pipeline.components().stream()
                        .mapToDouble(component -> growth(pipeline.name(), component.id()))
                        .max()
                        .orElse(0))
                .sum();
    }

    /**
     * By how many bytes a second a flusher's backlog grows, at least 0: since the oldest batch that waits was written, or
     * for a minute. A backlog that is younger than the reading before does not grow; it comes and goes.
     */
    private double growth(String pipeline, String id) {
        Optional<Flusher> last = now.component(pipeline, id, Flusher.class);
        if (last.isEmpty() || last.get().delivery().oldestBacklog() == 0) {
            return 0;
        }
        long written = last.get().delivery().oldestBacklog();
        return Math.max(
                0,
                since(
                                reading -> reading.time() >= written
                                        && reading.component(pipeline, id, Flusher.class)
                                                .isPresent(),
                                first -> last.get().backlogBytes()
                                        - first.component(pipeline, id, Flusher.class)
                                                .map(Flusher::backlogBytes)
                                                .orElse(0L))
                        .orElse(0));
    }

    /** A change by the second since the oldest reading of a minute that fits. */
    private OptionalDouble since(Predicate<Reading> fits, ToLongFunction<Reading> change) {
        return before.stream()
                .filter(reading -> now.nanos() - reading.nanos() <= History.WINDOW.toNanos())
                .filter(fits)
                .findFirst()
                .filter(reading -> now.nanos() - reading.nanos() >= LEAST_NANOS)
                .map(first -> OptionalDouble.of(change.applyAsLong(first) * NANOS / (now.nanos() - first.nanos())))
                .orElse(OptionalDouble.empty());
    }
}

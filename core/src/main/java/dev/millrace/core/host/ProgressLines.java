package dev.millrace.core.host;

import dev.millrace.core.status.ComponentReading;
import dev.millrace.spi.pipeline.DeliveryStatistics;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Says from time to time what a pipeline did since the last time, in a line for people.
 *
 * <p>The first line comes with the first delivery, and later ones once their interval has passed and nothing waits, so that
 * each of them accounts for whole scrapes; where something waits or nothing happens, after two intervals. Not thread-safe.
 */
final class ProgressLines {
    private Counts last;
    private long lastAt;
    private boolean first = true;

    /** What has been counted up to a moment. */
    private record Counts(long received, Map<String, Flusher> flushers) {
        static Counts of(List<ComponentReading> readings) {
            long received = 0;
            Map<String, Flusher> flushers = new LinkedHashMap<>();
            for (ComponentReading reading : readings) {
                if (reading instanceof ComponentReading.Input input) {
                    received += input.received();
                } else if (reading instanceof ComponentReading.Flusher flusher) {
                    DeliveryStatistics.Snapshot counts = flusher.delivery().counts();
                    flushers.put(flusher.id(), new Flusher(counts.attempted(), counts.delivered(), counts.backlog()));
                }
            }
            return new Counts(received, flushers);
        }

        long delivered() {
            return flushers.values().stream().mapToLong(Flusher::delivered).sum();
        }

        boolean waits() {
            return flushers.values().stream().anyMatch(flusher -> flusher.backlog() > 0);
        }
    }

    private record Flusher(long sent, long delivered, long backlog) {
        static final Flusher NONE = new Flusher(0, 0, 0);
    }

    /** Begins to count at a moment, in milliseconds since the epoch. */
    ProgressLines(List<ComponentReading> start, long now) {
        this.last = Counts.of(start);
        this.lastAt = now;
    }

    /** The line that is due, if one is. */
    Optional<String> line(List<ComponentReading> readings, long now, long intervalMillis) {
        Counts counts = Counts.of(readings);
        boolean settled = !counts.waits() && counts.delivered() > last.delivered();
        long passed = now - lastAt;
        if (passed < 2 * intervalMillis && !(settled && (first || passed >= intervalMillis))) {
            return Optional.empty();
        }
        String line = text(counts);
        last = counts;
        lastAt = now;
        first = false;
        return Optional.of(line);
    }

    private String text(Counts counts) {
        List<String> parts = new ArrayList<>();
        parts.add("received " + count(counts.received() - last.received()) + " items");
        counts.flushers().forEach((id, flusher) -> {
            Flusher before = last.flushers().getOrDefault(id, Flusher.NONE);
            String name = counts.flushers().size() == 1 ? "" : id + ": ";
            parts.add(name + "sent " + count(flusher.sent() - before.sent()));
            parts.add("acknowledged " + count(flusher.delivered() - before.delivered()));
            parts.add("backlog " + count(flusher.backlog()));
        });
        return String.join(" · ", parts);
    }

    /* What is counted anew after a reload is less than before. */
    private static String count(long items) {
        return String.format(Locale.ROOT, "%,d", Math.max(0, items));
    }
}

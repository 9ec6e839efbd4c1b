package dev.millrace.core.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.core.delivery.DeliveryStatus;
import dev.millrace.core.journal.DeadLetterFolder;
import dev.millrace.core.status.ComponentReading;
import dev.millrace.core.status.ComponentState;
import dev.millrace.spi.pipeline.DeliveryStatistics;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ProgressLinesTest {
    private static final long INTERVAL = 15_000;

    private final ProgressLines lines = new ProgressLines(progress(0, 0, 100, 0), 0);

    @Test
    void theFirstLineComesWithTheFirstDelivery() {
        assertThat(lines.line(progress(0, 0, 100, 0), 500, INTERVAL)).isEmpty();
        assertThat(lines.line(progress(214, 0, 100, 214), 1_000, INTERVAL)).isEmpty();
        assertThat(lines.line(progress(214, 214, 314, 0), 1_500, INTERVAL))
                .contains("received 214 items · sent 214 · acknowledged 214 · backlog 0");
    }

    @Test
    void laterLinesCountWhatCameSinceTheLast() {
        lines.line(progress(214, 214, 314, 0), 0, INTERVAL);
        assertThat(lines.line(progress(428, 428, 528, 0), INTERVAL - 1, INTERVAL))
                .isEmpty();
        assertThat(lines.line(progress(2_428, 2_428, 2_528, 0), INTERVAL, INTERVAL))
                .contains("received 2,214 items · sent 2,214 · acknowledged 2,214 · backlog 0");
    }

    @Test
    void whatWaitsIsSaidAfterTwoIntervals() {
        assertThat(lines.line(progress(214, 428, 100, 214), 2 * INTERVAL - 1, INTERVAL))
                .isEmpty();
        assertThat(lines.line(progress(214, 428, 100, 214), 2 * INTERVAL, INTERVAL))
                .contains("received 214 items · sent 428 · acknowledged 0 · backlog 214");
    }

    @Test
    void severalFlushersAreNamed() {
        List<ComponentReading> progress = List.of(input(214), flusher("a", 214, 214, 0), flusher("b", 107, 107, 0));
        assertThat(lines.line(progress, 1, INTERVAL))
                .contains("received 214 items · a: sent 214 · acknowledged 214 · backlog 0"
                        + " · b: sent 107 · acknowledged 107 · backlog 0");
    }

    @Test
    void whatIsCountedAnewAfterAReloadIsNotNegative() {
        lines.line(progress(214, 214, 314, 0), 0, INTERVAL);
        assertThat(lines.line(progress(10, 5, 324, 0), INTERVAL, INTERVAL))
                .contains("received 0 items · sent 0 · acknowledged 10 · backlog 0");
    }

    private static List<ComponentReading> progress(long received, long sent, long delivered, long backlog) {
        return List.of(input(received), flusher("f", sent, delivered, backlog));
    }

    private static ComponentReading input(long received) {
        return new ComponentReading.Input("i", ComponentState.OK, received, received, Map.of(), 0, Optional.empty());
    }

    private static ComponentReading flusher(String id, long sent, long delivered, long backlog) {
        DeliveryStatistics.Snapshot counts =
                new DeliveryStatistics.Snapshot(0, sent, 0, delivered, 0, Map.of(), backlog, 0, 1, 1, 1, 1, 0, 0, 0, 0);
        DeliveryStatus status = new DeliveryStatus(
                counts,
                Map.of(),
                0,
                0,
                0,
                0,
                Optional.empty(),
                DeadLetterFolder.Counts.NONE,
                Optional.empty(),
                Optional.empty());
        return new ComponentReading.Flusher(id, ComponentState.OK, status, 0, 0);
    }
}

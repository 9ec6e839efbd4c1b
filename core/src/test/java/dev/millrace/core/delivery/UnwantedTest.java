package dev.millrace.core.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.event.MetricBatchBuilder;
import dev.millrace.spi.pipeline.Outcome;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Items that are not for a flusher: never sent, always counted, and in nobody's way. */
final class UnwantedTest {
    private static final String OTHER = "other";

    private final World world = new World();

    UnwantedTest() {
        world.wanted = labels -> !labels.get("series").startsWith(OTHER);
    }

    @AfterEach
    void close() throws IOException {
        world.close();
    }

    @Test
    void sendsWhatIsWantedAndCountsTheRest() throws IOException {
        world.start();
        world.append(1000, "a", OTHER, "b", OTHER + 1, "c");
        world.passMillis(1000);
        Call call = world.flusher.calls.get(0);
        assertThat(call.rows).extracting(Call.Row::series).containsExactly("a", "b", "c");
        call.answer.complete(Outcome.Delivered.ALL);
        world.pass(Duration.ofSeconds(1));
        assertThat(world.delivered()).isEqualTo(3);
        assertThat(world.dropped()).isEqualTo(Map.of(Unwanted.FILTERED, 2L));
        assertThat(world.backlog()).isZero();
    }

    @Test
    void hasNothingToSendWhereNothingIsWanted() throws IOException {
        world.start();
        world.append(1000, OTHER, OTHER + 1);
        world.passMillis(1000);
        assertThat(world.flusher.calls).isEmpty();
        assertThat(world.backlog()).isZero();
        assertThat(world.dropped()).isEqualTo(Map.of(Unwanted.FILTERED, 2L));
    }

    @Test
    void countsThemOnceOverAKill() throws IOException {
        world.start();
        world.append(1000, "a", OTHER, "b");
        world.passMillis(1000);
        world.kill();
        world.start();
        world.passMillis(1000);
        Call call = world.flusher.calls.get(0);
        assertThat(call.rows).extracting(Call.Row::series).containsExactly("a", "b");
        assertThat(call.slice.repeated()).isTrue();
        call.answer.complete(Outcome.Delivered.ALL);
        world.pass(Duration.ofSeconds(1));
        world.stop();
        world.start();
        world.passMillis(1000);
        assertThat(world.flusher.calls).isEmpty();
        assertThat(world.delivered()).isEqualTo(2);
        assertThat(world.dropped()).isEqualTo(Map.of(Unwanted.FILTERED, 1L));
        assertThat(world.backlog()).isZero();
    }

    @Test
    void judgesAnInterruptedRequestByTheConditionsOfToday() throws IOException {
        world.start();
        world.append(1000, "a", OTHER, "b");
        world.passMillis(1000);
        world.kill();
        world.wanted = labels -> !labels.get("series").equals("a");
        world.start();
        world.passMillis(1000);
        Call call = world.flusher.calls.get(0);
        assertThat(call.rows).extracting(Call.Row::series).containsExactly(OTHER, "b");
        call.answer.complete(Outcome.Delivered.ALL);
        world.pass(Duration.ofSeconds(1));
        assertThat(world.delivered()).isEqualTo(2);
        assertThat(world.dropped()).isEqualTo(Map.of(Unwanted.FILTERED, 1L));
        assertThat(world.backlog()).isZero();
    }

    @Test
    void takesWhatIsBetweenTheHalvesOfARequestWithThem() throws IOException {
        world.start();
        world.append(1000, "a", OTHER, "b");
        world.append(2000, OTHER, "c");
        world.passMillis(1000);
        world.flusher.last().split();
        world.passMillis(10);
        world.kill();
        world.wanted = labels -> true;
        world.start();
        for (int calls = 0; calls < world.flusher.calls.size(); calls++) {
            world.flusher.calls.get(calls).answer.complete(Outcome.Delivered.ALL);
            world.pass(Duration.ofSeconds(1));
        }
        assertThat(world.flusher.calls)
                .extracting(call -> call.rows.stream().map(Call.Row::series).toList())
                .containsExactly(List.of("a", OTHER), List.of("b", OTHER, "c"));
        assertThat(world.delivered()).isEqualTo(5);
        assertThat(world.backlog()).isZero();
    }

    @Test
    void forgetsAnInterruptedRequestOfWhichNothingIsWantedAnyMore() throws IOException {
        world.start();
        world.append(1000, "a", "b");
        world.passMillis(1000);
        world.kill();
        world.wanted = labels -> false;
        world.start();
        world.passMillis(1000);
        assertThat(world.flusher.calls).isEmpty();
        assertThat(world.dropped()).isEqualTo(Map.of(Unwanted.FILTERED, 2L));
        assertThat(world.backlog()).isZero();
    }

    /** A destination that is down stops reading where as many unwanted items wait as are kept, and reading goes on then. */
    @Test
    void keepsABoundedNumberOfThem() throws IOException {
        long batches = 30;
        int rows = 10_000;
        world.start();
        world.append(1000, "a");
        world.passMillis(1000);
        String same = sameSlotAs("a");
        for (int i = 0; i < batches; i++) {
            world.append(others(same, rows));
            world.passMillis(10);
        }
        world.append(2000, "a");
        assertThat(world.flusher.calls).hasSize(1);
        assertThat(world.backlog()).isEqualTo(batches * rows + 2);
        world.flusher.calls.get(0).answer.complete(Outcome.Delivered.ALL);
        world.pass(Duration.ofSeconds(2));
        assertThat(world.flusher.calls).hasSize(2);
        world.flusher.calls.get(1).answer.complete(Outcome.Delivered.ALL);
        world.pass(Duration.ofSeconds(2));
        assertThat(world.delivered()).isEqualTo(2);
        assertThat(world.dropped()).isEqualTo(Map.of(Unwanted.FILTERED, batches * rows));
        assertThat(world.backlog()).isZero();
    }

    @Test
    void isAQueueOfNumbers() {
        ItemNumbers numbers = new ItemNumbers();
        long next = 0;
        long first = 0;
        for (int round : List.of(10, 3, 30, 7, 200)) {
            for (int i = 0; i < round; i++) {
                numbers.add(next++);
            }
            for (int i = 0; i < round / 2; i++) {
                assertThat(numbers.first()).isEqualTo(first++);
                numbers.removeFirst();
            }
        }
        while (!numbers.isEmpty()) {
            assertThat(numbers.first()).isEqualTo(first++);
            numbers.removeFirst();
        }
        assertThat(first).isEqualTo(next);
    }

    private static String sameSlotAs(String series) {
        int slot = Labels.of("series", series).slot();
        for (int i = 0; ; i++) {
            if (Labels.of("series", OTHER + i).slot() == slot) {
                return OTHER + i;
            }
        }
    }

    private static MetricBatch others(String series, int rows) {
        MetricBatchBuilder batch = MetricBatch.builder(rows);
        for (int row = 0; row < rows; row++) {
            batch.add(Labels.of("series", series), 1000 + row, row);
        }
        return batch.build();
    }
}

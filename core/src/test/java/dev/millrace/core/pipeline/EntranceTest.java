package dev.millrace.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.core.calls.ComponentException;
import dev.millrace.core.metrics.MetricRegistry;
import dev.millrace.spi.ComponentId;
import dev.millrace.spi.event.EventBatch;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.pipeline.Acknowledgement;
import dev.millrace.spi.pipeline.Refusal;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What comes after the inputs is exchanged while they run. */
final class EntranceTest {
    private final Turn turn = new Turn();
    private final List<String> ways = new CopyOnWriteArrayList<>();
    private final PipelineCounters counters = new PipelineCounters("web", new MetricRegistry());

    private Stage way(String name, Runnable meanwhile) {
        return new Stage() {
            @Override
            public void accept(EventBatch batch, Passage passage) {
                meanwhile.run();
                ways.add(name);
            }

            @Override
            public Optional<Refusal> refusal() {
                return Optional.empty();
            }
        };
    }

    private void pass(Entrance entrance) {
        EventBatch batch = MetricBatch.builder(1).build();
        entrance.accept(batch, counters.received(counters.input(ComponentId.parse("in")), 0, new Acknowledgement() {
            @Override
            public void committed() {}

            @Override
            public void refused(Refusal refusal) {}
        }));
    }

    @Test
    void aChangeWaitsForABatchOnItsWayAndTheNextOneForTheChange() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch leave = new CountDownLatch(1);
        Entrance entrance = new Entrance(
                way("old", () -> {
                    entered.countDown();
                    await(leave);
                }),
                turn);
        CompletableFuture<Void> first = CompletableFuture.runAsync(() -> pass(entrance), EntranceTest::run);
        await(entered);
        CompletableFuture<Void> change = CompletableFuture.runAsync(
                () -> change(entrance, way("new", () -> {}), () -> ways.add("between")), EntranceTest::run);
        assertThat(change).isNotDone();
        leave.countDown();
        change.get(10, TimeUnit.SECONDS);
        first.get(10, TimeUnit.SECONDS);
        pass(entrance);
        assertThat(ways).containsExactly("old", "between", "new");
    }

    @Test
    void aBatchThatComesOutOfThePipelineWithItsTurnDoesNotWaitForAChangeThatWaitsForTheTurn() throws Exception {
        Entrance entrance = new Entrance(way("old", () -> {}), turn);
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch changing = new CountDownLatch(1);
        CompletableFuture<Void> answer = CompletableFuture.runAsync(
                () -> {
                    turn.take();
                    held.countDown();
                    await(changing);
                    pass(entrance);
                    turn.end();
                },
                EntranceTest::run);
        await(held);
        CompletableFuture<Void> change = CompletableFuture.runAsync(
                () -> change(entrance, way("new", () -> {}), () -> {
                    changing.countDown();
                    turn.take();
                    ways.add("between");
                    turn.end();
                }),
                EntranceTest::run);
        answer.get(10, TimeUnit.SECONDS);
        change.get(10, TimeUnit.SECONDS);
        assertThat(ways).containsExactly("old", "between");
    }

    private static void change(Entrance entrance, Stage to, Runnable between) {
        try {
            entrance.change("web", to, between);
        } catch (ComponentException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void run(Runnable task) {
        Thread thread = new Thread(task, "entrance test");
        thread.setDaemon(true);
        thread.start();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}

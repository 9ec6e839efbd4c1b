package dev.millrace.core.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.core.journal.Account;
import dev.millrace.spi.ComponentId;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.event.MetricBatchBuilder;
import dev.millrace.spi.pipeline.Outcome;
import dev.millrace.spi.pipeline.SliceLimits;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Deliveries with their real threads. */
final class DeliveryTest {
    @AutoClose
    private final Log log = new Log();

    private final ExecutorService workers = Executors.newFixedThreadPool(2);

    @BeforeEach
    void open() throws IOException {
        log.open();
    }

    @AfterEach
    void endWorkers() {
        workers.shutdownNow();
    }

    @Test
    void aDeadFlusherDoesNotDelayAnother() throws Exception {
        CountDownLatch arrived = new CountDownLatch(20);
        Delivery dead = delivery("dead", slice -> new CompletableFuture<>());
        Delivery failing = delivery("failing", slice -> CompletableFuture.completedFuture(new Outcome.Held("no")));
        Delivery alive = delivery("alive", slice -> {
            arrived.countDown();
            return CompletableFuture.completedFuture(Outcome.Delivered.ALL);
        });
        List.of(dead, failing, alive).forEach(Delivery::start);
        append(200);
        assertThat(arrived.await(20, TimeUnit.SECONDS)).isTrue();
        List.of(dead, failing, alive)
                .forEach(delivery -> delivery.stop().toCompletableFuture().join());
        assertThat(alive.status().counts().delivered()).isEqualTo(200);
        assertThat(dead.status().counts().backlog()).isEqualTo(200);
        assertThat(failing.status().held().orElseThrow().message()).isEqualTo("no");
        assertThat(alive.statistics().snapshot()).isEqualTo(alive.status().counts());
    }

    @Test
    void callsTheFlusherOnWorkersOnly() throws Exception {
        List<String> threads = new CopyOnWriteArrayList<>();
        CountDownLatch done = new CountDownLatch(1);
        Delivery delivery = delivery("fake", slice -> {
            threads.add(Thread.currentThread().getName());
            return slice.record("x", 1).thenApply(written -> {
                threads.add(Thread.currentThread().getName());
                done.countDown();
                return Outcome.Delivered.ALL;
            });
        });
        delivery.start();
        append(10);
        assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
        delivery.stop().toCompletableFuture().join();
        assertThat(threads).hasSize(2).allMatch(name -> name.startsWith("pool-"));
        assertThat(delivery.status().counts().delivered()).isEqualTo(10);
    }

    @Test
    void hasAThreadWithItsNameWhichEndsWithIt() throws Exception {
        Delivery delivery = delivery("fake/one", slice -> new CompletableFuture<>());
        delivery.start();
        Thread thread = threads("delivery web fake/one").get(0);
        delivery.stop().toCompletableFuture().join();
        thread.join(20_000);
        assertThat(thread.isAlive()).isFalse();
    }

    @Test
    void stopsWhereItNeverStarted() {
        CompletableFuture<Void> stopped =
                delivery("fake", slice -> new CompletableFuture<>()).stop().toCompletableFuture();
        assertThat(stopped).isDone();
    }

    private Delivery delivery(String flusher, GroupedFlusher destination) {
        DeliverySettings settings = new DeliverySettings(
                "web",
                ComponentId.parse(flusher),
                new SliceLimits(10, 1 << 20, Duration.ofMillis(50)),
                DeliveryOptions.DEFAULT,
                labels -> true,
                Duration.ofMinutes(10),
                Duration.ofMillis(100));
        try {
            return new Delivery(
                    settings,
                    log.journal(),
                    log.cursor(flusher),
                    log.letters(),
                    destination,
                    workers,
                    Clock.systemUTC(),
                    () -> Account.NONE,
                    () -> 0);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void append(int rows) {
        MetricBatchBuilder batch = MetricBatch.builder(rows);
        for (int i = 0; i < rows; i++) {
            batch.add(Labels.of("series", "a"), 1000L * i, i);
        }
        log.append(batch.build());
    }

    private static List<Thread> threads(String name) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals(name))
                .toList();
    }
}

package dev.millrace.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.core.calls.Deadlines;
import dev.millrace.core.calls.PluginCalls;
import dev.millrace.core.calls.WorkerPool;
import dev.millrace.core.metrics.MetricRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A component whose tasks hang keeps its own workers, and those of nobody else. */
final class HangingTasksTest {
    private static final int WORKERS = 2;

    private final WorkerPool pool = new WorkerPool(WORKERS);
    private final PluginCalls calls = new PluginCalls(
            WORKERS,
            new Deadlines(
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(1),
                    Duration.ofMillis(50),
                    Duration.ofMinutes(10)));
    private final ComponentScheduler bad = scheduler("bad/input_x");
    private final ComponentScheduler good = scheduler("good/input_x");
    private final CountDownLatch released = new CountDownLatch(1);
    private final AtomicInteger begun = new AtomicInteger();

    private ComponentScheduler scheduler(String component) {
        return new ComponentScheduler(
                new TestComponent(component, calls), ClassLoader.getPlatformClassLoader(), pool, WORKERS);
    }

    @AfterEach
    void stop() {
        released.countDown();
        pool.shutdownNow();
        calls.close();
    }

    private void hang() {
        begun.incrementAndGet();
        try {
            released.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String page() throws IOException {
        MetricRegistry metrics = new MetricRegistry();
        metrics.register(calls.counts()::collect);
        ByteArrayOutputStream page = new ByteArrayOutputStream();
        metrics.write(page, "");
        return page.toString(StandardCharsets.UTF_8);
    }

    @Test
    void othersGetWorkersInTheirPlaceAndWhatHangsIsCountedUntilItReturns() throws Exception {
        for (int i = 0; i < 50; i++) {
            bad.execute(this::hang);
        }
        for (int i = 0; i < 20; i++) {
            assertThat(good.submit(() -> "done").get(20, TimeUnit.SECONDS)).isEqualTo("done");
        }
        assertThat(begun).hasValue(WORKERS);
        String hanging = "millrace_plugin_calls_hanging{component=\"input_x\",pipeline=\"bad\"} 2.0";
        await(() -> page().contains(hanging));
        assertThat(page())
                .contains("millrace_plugin_calls_abandoned_total{call=\"a task\",component=\"input_x\","
                        + "pipeline=\"bad\",plugin=\"\"} 2.0");
        released.countDown();
        await(() -> !page().contains("millrace_plugin_calls_hanging{"));
        await(() -> begun.get() == 50);
        assertThat(good.submit(() -> "done").get(20, TimeUnit.SECONDS)).isEqualTo("done");
    }

    private interface Condition {
        boolean holds() throws IOException;
    }

    private static void await(Condition condition) throws IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.holds()) {
            assertThat(System.nanoTime() - end).isNegative();
            Thread.onSpinWait();
        }
    }
}

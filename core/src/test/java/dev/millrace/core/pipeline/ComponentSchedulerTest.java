package dev.millrace.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ComponentSchedulerTest {
    private final ScheduledExecutorService workers = Executors.newScheduledThreadPool(2);
    private final ClassLoader loader = ClassLoader.getPlatformClassLoader();
    private final ComponentScheduler scheduler = scheduler("web/input_x");

    private ComponentScheduler scheduler(String component) {
        return new ComponentScheduler(new TestComponent(component), loader, workers, 2);
    }

    @AfterEach
    void stop() {
        workers.shutdownNow();
    }

    @Test
    void aRepeatedTaskThatThrowsGoesOn() throws Exception {
        CountDownLatch runs = new CountDownLatch(3);
        scheduler.scheduleAtFixedRate(
                () -> {
                    runs.countDown();
                    throw new IllegalStateException("again and again");
                },
                0,
                1,
                TimeUnit.MILLISECONDS);
        assertThat(runs.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void tasksRunWithThePluginsClassLoader() throws Exception {
        assertThat(scheduler
                        .submit(() -> Thread.currentThread().getContextClassLoader())
                        .get(10, TimeUnit.SECONDS))
                .isSameAs(loader);
    }

    @Test
    void shutdownCancelsWhatWaitsAndNothingOfItsNeighbour() throws Exception {
        ComponentScheduler neighbour = scheduler("web/input_y");
        ScheduledFuture<?> mine = scheduler.schedule(() -> {}, 1, TimeUnit.HOURS);
        ScheduledFuture<?> theirs = neighbour.schedule(() -> {}, 1, TimeUnit.HOURS);
        scheduler.shutdown();
        assertThat(mine.isCancelled()).isTrue();
        assertThat(theirs.isCancelled()).isFalse();
        assertThatThrownBy(() -> scheduler.execute(() -> {}))
                .isInstanceOf(RejectedExecutionException.class)
                .hasMessage("web/input_x has stopped");
    }

    @Test
    void aCallThatIsScheduledRunsWithThePluginsClassLoader() throws Exception {
        assertThat(scheduler
                        .schedule(() -> Thread.currentThread().getContextClassLoader(), 0, TimeUnit.MILLISECONDS)
                        .get(10, TimeUnit.SECONDS))
                .isSameAs(loader);
    }

    @Test
    void forgetsWhatThePluginCancelled() {
        for (int i = 0; i < 1_000; i++) {
            scheduler.schedule(() -> {}, 1, TimeUnit.HOURS).cancel(false);
        }
        assertThat(scheduler.remembered()).isLessThanOrEqualTo(64);
    }
}

package dev.millrace.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.core.metrics.MetricRegistry;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class PluginCallTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    private final ClassLoader loader = new URLClassLoader(new URL[0]);
    private final AbandonedCalls abandoned = new AbandonedCalls(new MetricRegistry());
    private final PluginCall call = new PluginCall("web/flusher_x", loader, abandoned);

    private <T> T run(String what, Callable<T> code) throws ComponentException {
        return call.run(what, LONG, code, late -> {});
    }

    @Test
    void runsWithThePluginsClassLoader() throws ComponentException {
        ClassLoader seen = run("create", () -> Thread.currentThread().getContextClassLoader());
        assertThat(seen).isSameAs(loader);
    }

    @Test
    void aMessageForTheUserIsPassedOnWithoutAStack() {
        assertThatThrownBy(() -> run("start", () -> {
                    throw new IOException("127.0.0.1:80: permission denied");
                }))
                .isInstanceOf(ComponentException.class)
                .hasMessage("web/flusher_x: 127.0.0.1:80: permission denied")
                .hasNoCause();
    }

    @Test
    void aFaultOfThePluginIsNamedWithItsStackAsText() {
        assertThatThrownBy(() -> run("start", () -> {
                    throw new StackOverflowError("deep");
                }))
                .hasMessageStartingWith("web/flusher_x: start failed: java.lang.StackOverflowError: deep")
                .hasMessageContaining("PluginCallTest")
                .hasNoCause();
    }

    @Test
    void aCallThatDoesNotReturnIsLeftBehindAndItsLateResultIsNotLost() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        CompletableFuture<String> late = new CompletableFuture<>();
        assertThatThrownBy(() -> call.run(
                        "create",
                        Duration.ofMillis(50),
                        () -> {
                            release.await();
                            return "a component";
                        },
                        late::complete))
                .hasMessage("web/flusher_x: create did not return within 0 s; its thread 'web/flusher_x create' is left"
                        + " behind");
        release.countDown();
        assertThat(late.get(20, TimeUnit.SECONDS)).isEqualTo("a component");
    }

    @Test
    void noMoreIsCalledWhenTooManyCallsHang() throws Exception {
        for (int i = 0; i < 32; i++) {
            abandoned.abandoned("web/flusher_y");
        }
        assertThatThrownBy(() -> run("start", () -> true))
                .hasMessage("web/flusher_x: start is not called, because 32 calls into plugins hang"
                        + " ({web/flusher_y=32}); restart the collector");
        abandoned.returned("web/flusher_y");
        assertThat(run("start", () -> true)).isTrue();
    }
}

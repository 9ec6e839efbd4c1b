package dev.millrace.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

final class PluginCallTest {
    private final ClassLoader loader = new URLClassLoader(new URL[0]);
    private final PluginCall call = new PluginCall("web/flusher_x", loader, Duration.ofMillis(200));

    @Test
    void runsWithThePluginsClassLoader() throws ComponentException {
        ClassLoader seen = call.run("create", () -> Thread.currentThread().getContextClassLoader());
        assertThat(seen).isSameAs(loader);
    }

    @Test
    void aMessageForTheUserIsPassedOnWithoutAStack() {
        assertThatThrownBy(() -> call.run("start", () -> {
                    throw new IOException("127.0.0.1:80: permission denied");
                }))
                .isInstanceOf(ComponentException.class)
                .hasMessage("web/flusher_x: 127.0.0.1:80: permission denied")
                .hasNoCause();
    }

    @Test
    void aFaultOfThePluginIsNamedWithItsStackAsText() {
        assertThatThrownBy(() -> call.run("start", () -> {
                    throw new StackOverflowError("deep");
                }))
                .hasMessageStartingWith("web/flusher_x: start failed: java.lang.StackOverflowError: deep")
                .hasMessageContaining("PluginCallTest")
                .hasNoCause();
    }

    @Test
    void aCallThatDoesNotReturnIsLeftBehind() {
        CountDownLatch never = new CountDownLatch(1);
        assertThatThrownBy(() -> call.run("stop", () -> {
                    never.await();
                    return true;
                }))
                .hasMessage("web/flusher_x: stop did not return within 0 s; its thread 'web/flusher_x stop' is left"
                        + " behind");
        never.countDown();
    }
}

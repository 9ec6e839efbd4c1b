package dev.millrace.core.calls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

final class PluginCallTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    private final ClassLoader loader = new URLClassLoader(new URL[0]);
    private final PluginCalls calls = new PluginCalls(1, Deadlines.DEFAULT);
    private final PluginCall call = new PluginCall("web/flusher_x", loader, calls);

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
        assertLateResultIsNotLost(call);
    }

    private static void assertLateResultIsNotLost(PluginCall of) throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        CompletableFuture<String> late = new CompletableFuture<>();
        assertThatThrownBy(() -> of.run(
                        "create",
                        Duration.ofMillis(50),
                        () -> {
                            release.await();
                            return "a component";
                        },
                        late::complete))
                .hasMessage(
                        "web/flusher_x: create did not return within 0.05 s; its thread 'web/flusher_x create' is left"
                                + " behind");
        release.countDown();
        assertThat(late.get(20, TimeUnit.SECONDS)).isEqualTo("a component");
    }

    @Test
    void aCallWithinAnotherIsNamedWhereItTookMostOfTheTime() {
        assertThatThrownBy(() -> call.run("stop", Duration.ofMillis(200), () -> {
                    RunningCall within = calls.begin("web/processor_y", "process", culprit -> {});
                    await(new CountDownLatch(1));
                    return within.end();
                }))
                .hasMessageStartingWith(
                        "web/flusher_x: stop did not return within 0.2 s, because web/processor_y: process"
                                + " does not");
    }

    @Test
    void aCallThatGoesOnIsNamedWhereThoseWithinItReturn() {
        CountDownLatch released = new CountDownLatch(1);
        assertThatThrownBy(() -> call.run("stop", Duration.ofMillis(200), () -> {
                    while (!released.await(1, TimeUnit.MILLISECONDS)) {
                        RunningCall within = calls.begin("web/processor_y", "process", culprit -> {});
                        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
                        within.end();
                    }
                    return true;
                }))
                .hasMessage("web/flusher_x: stop did not return within 0.2 s; its thread 'web/flusher_x stop' is left"
                        + " behind");
        released.countDown();
    }

    @Test
    void whatIsNotWatchedDoesNotKeepTheHostEither() throws Exception {
        PluginCalls unwatched = new PluginCalls(1, Deadlines.DEFAULT);
        unwatched.close();
        assertLateResultIsNotLost(new PluginCall("web/flusher_x", loader, unwatched));
    }

    @Test
    void whereTheSystemGivesNoThreadThatIsSaid() {
        PluginCall without = new PluginCall("web/flusher_x", loader, calls, task -> new Thread(task) {
            @Override
            public synchronized void start() {
                throw new OutOfMemoryError("unable to create native thread");
            }
        });
        assertThatThrownBy(() -> without.run("create", LONG, () -> true))
                .isInstanceOf(ComponentException.class)
                .hasMessage("web/flusher_x: create is not called, because the system gives no thread for it (unable to"
                        + " create native thread); see its limits for threads and memory");
    }

    @Test
    void aPluginThatHangsAgainAndAgainIsNotCalledUntilACallReturns() throws Exception {
        for (int i = 0; i < 6; i++) {
            calls.counts().abandoned("web/flusher_x", "send", "");
        }
        assertThatThrownBy(() -> run("start", () -> true))
                .hasMessage(
                        "web/flusher_x: start is not called, because 6 calls into it hang; it is when one returns, or"
                                + " after a restart of the collector");
        calls.counts().returned("web/flusher_x");
        assertThat(run("start", () -> true)).isTrue();
    }

    @Test
    void noMoreIsCalledWhenTooManyCallsHang() throws Exception {
        for (int i = 0; i < 36; i++) {
            calls.counts().abandoned("web/flusher_y", "send", "");
        }
        assertThatThrownBy(() -> run("start", () -> true))
                .hasMessage("web/flusher_x: start is not called, because 36 calls into plugins hang"
                        + " ({web/flusher_y=36}); restart the collector");
        calls.counts().returned("web/flusher_y");
        assertThat(run("start", () -> true)).isTrue();
    }

    @Test
    void whatWasThrownIsAskedOnTheThreadOfTheCall() {
        assertThatThrownBy(() -> call.run("start", Duration.ofMillis(50), () -> {
                    throw new IllegalStateException() {
                        private static final long serialVersionUID = 1;

                        @Override
                        public String getMessage() {
                            await(new CountDownLatch(1));
                            return "";
                        }
                    };
                }))
                .hasMessage(
                        "web/flusher_x: start did not return within 0.05 s; its thread 'web/flusher_x start' is left"
                                + " behind");
    }

    @Test
    void whatWasThrownMayBeAsBadAsItWants() {
        assertThatThrownBy(() -> run("start", () -> {
                    throw new Hostile();
                }))
                .hasMessageStartingWith("web/flusher_x: start failed: " + Hostile.class.getName() + "\n\t(no stack)\n"
                        + "Caused by: " + Hostile.class.getName())
                .satisfies(thrown -> assertThat(thrown.getMessage()).hasSizeLessThan(10_000));
    }

    /** Throws when it is asked, and never ends. */
    private static final class Hostile extends Error {
        private static final long serialVersionUID = 1;

        @Override
        public String getMessage() {
            throw new StackOverflowError();
        }

        @Override
        public String toString() {
            throw new OutOfMemoryError("no");
        }

        @Override
        public StackTraceElement[] getStackTrace() {
            throw new LinkageError();
        }

        @Override
        public synchronized Throwable getCause() {
            return new Hostile();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}

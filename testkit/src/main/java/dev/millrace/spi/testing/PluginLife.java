package dev.millrace.spi.testing;

import dev.millrace.spi.Component;
import dev.millrace.spi.PluginFactory;
import dev.millrace.spi.event.EventBatch;
import dev.millrace.spi.pipeline.Flusher;
import dev.millrace.spi.pipeline.Outcome;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One component in the hands of a test: created as the host creates it, stopped and closed with the test.
 *
 * <pre>{@code
 * try (PluginLife<Flusher> life = PluginLife.create(new MineFlusherFactory(), Map.of("Url", "http://host/"))) {
 *     life.context().http().answer(503);
 *     assertThat(life.send(SampleBatches.samples())).isInstanceOf(Outcome.Retry.class);
 * }
 * }</pre>
 *
 * @param <T> the kind of component
 */
public final class PluginLife<T extends Component> implements AutoCloseable {
    static final Duration STEP = Duration.ofSeconds(1);
    static final int STEPS = 3600;
    private static final Duration REAL_PATIENCE = Duration.ofSeconds(1);

    private final T component;
    private final TestContext context;
    private boolean stopped;

    private PluginLife(T component, TestContext context) {
        this.component = component;
        this.context = context;
    }

    /** Creates a component with options as a pipeline file would give them; see {@link Options}. */
    public static <C extends Record, T extends Component> PluginLife<T> create(
            PluginFactory<C, T> factory, Map<String, ?> options) throws Exception {
        return create(factory, options, new TestContext(factory.type()));
    }

    static <C extends Record, T extends Component> PluginLife<T> create(
            PluginFactory<C, T> factory, Map<String, ?> options, TestContext context) throws Exception {
        return new PluginLife<>(factory.create(Options.of(factory.options(), options), context), context);
    }

    /** The component. */
    public T component() {
        return component;
    }

    /** What it was given. */
    public TestContext context() {
        return context;
    }

    /** Sends all rows of a batch through a flusher, for the first time, and waits for the outcome. */
    public Outcome send(EventBatch batch) {
        return await(((Flusher) component).send(new TestSlice(batch, 0).written()));
    }

    /**
     * Lets time pass, up to an hour, until a stage is complete.
     *
     * @return what it is complete with; what it failed with is thrown in a {@link CompletionException}
     * @throws AssertionError if it is never complete
     */
    public <V> V await(CompletionStage<V> stage) {
        CompletableFuture<V> future = stage.toCompletableFuture();
        for (int i = 0; i < STEPS && !future.isDone(); i++) {
            context.advance(STEP);
        }
        if (!isDone(future)) {
            throw new AssertionError("a stage is not complete after an hour");
        }
        return future.join();
    }

    /** Whether a stage is complete; a thread that is not the test's has some real time for it. */
    static boolean isDone(CompletableFuture<?> future) {
        try {
            future.handle((value, failure) -> true).get(REAL_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while a plugin was called", e);
        }
    }

    /** Stops the component, once, and closes what it acquired. */
    public void stop() throws Exception {
        if (stopped) {
            return;
        }
        stopped = true;
        try {
            component.stop();
        } finally {
            context.close();
        }
    }

    @Override
    public void close() {
        try {
            stop();
        } catch (Exception e) {
            throw new AssertionError("stop failed", e);
        }
    }
}

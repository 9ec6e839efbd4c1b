package dev.millrace.spi.testing;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A thread of the host that outlives the plugin, as a real one does: what a plugin leaves in it can be seen. A call that
 * does not return in time is left behind, with the thread.
 */
final class Worker implements AutoCloseable {
    private final Duration deadline;
    private final ClassLoader loader;
    private final LinkedBlockingQueue<Runnable> calls = new LinkedBlockingQueue<>();
    private final Thread thread;
    private volatile @Nullable ClassLoader context;
    private volatile boolean stuck;
    private volatile boolean ended;

    /** A worker whose calls see the class loader as that of their context. */
    Worker(Duration deadline, @Nullable ClassLoader context) {
        this.deadline = deadline;
        this.loader = Worker.class.getClassLoader();
        this.context = context;
        this.thread = new Thread(this::work, "test worker");
        thread.setDaemon(true);
        thread.setContextClassLoader(loader);
        thread.start();
    }

    /** What became of a call. */
    record Result<V>(@Nullable V value, @Nullable Throwable thrown, boolean late) {}

    /** Runs a call and waits for it. */
    <V> Result<V> call(Callable<V> code) {
        if (stuck) {
            return new Result<>(null, null, true);
        }
        CompletableFuture<V> result = new CompletableFuture<>();
        calls.add(() -> {
            thread.setContextClassLoader(context);
            try {
                result.complete(code.call());
            } catch (Throwable e) { // a plugin may throw anything
                result.completeExceptionally(e);
            } finally {
                thread.setContextClassLoader(loader);
            }
        });
        try {
            return new Result<>(result.get(deadline.toMillis(), TimeUnit.MILLISECONDS), null, false);
        } catch (ExecutionException e) {
            return new Result<>(null, e.getCause(), false);
        } catch (TimeoutException e) {
            stuck = true;
            thread.interrupt();
            return new Result<>(null, null, true);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while a plugin was called", e);
        }
    }

    /** Whether a call was left behind. */
    boolean isStuck() {
        return stuck;
    }

    /** Forgets the plugin's class loader. */
    void forget() {
        context = null;
    }

    @Override
    public void close() {
        calls.add(() -> ended = true);
    }

    private void work() {
        try {
            while (!ended) {
                calls.take().run();
            }
        } catch (InterruptedException leftBehind) {
            return; // its caller was told already
        }
    }
}

package dev.millrace.core.transport;

import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.EventExecutor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads of the transport: event loops, and a few for calls that block, such as the look-up of host names.
 *
 * <p>A thread inherits a context from the thread that makes it, and with it the class loader of a plugin. So all event
 * loops start here, before any plugin runs, and the others are made by an event loop.
 */
final class EventLoops {
    private static final int MAX_LOOPS = 4;
    private static final int MAX_BLOCKING = 16;

    private final MultiThreadIoEventLoopGroup group;
    private final ExecutorService blocking;

    EventLoops() {
        int loops = Math.max(1, Math.min(MAX_LOOPS, Runtime.getRuntime().availableProcessors()));
        group = new MultiThreadIoEventLoopGroup(loops, threads("transport-"), NioIoHandler.newFactory());
        for (EventExecutor loop : group) {
            loop.submit(() -> {}).syncUninterruptibly();
        }
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                MAX_BLOCKING,
                MAX_BLOCKING,
                10,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                threads("transport-lookup-"));
        pool.allowCoreThreadTimeOut(true);
        blocking = pool;
    }

    private static ThreadFactory threads(String prefix) {
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(null, task, prefix + number.incrementAndGet(), 0, false);
            thread.setDaemon(true);
            thread.setContextClassLoader(EventLoops.class.getClassLoader());
            return thread;
        };
    }

    EventLoop next() {
        return group.next();
    }

    MultiThreadIoEventLoopGroup group() {
        return group;
    }

    /** Runs a task that may block. */
    void block(Runnable task) {
        group.next().execute(() -> blocking.execute(task));
    }

    void close() {
        group.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(5, TimeUnit.SECONDS);
        blocking.shutdownNow();
    }
}

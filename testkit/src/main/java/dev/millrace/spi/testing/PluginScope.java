package dev.millrace.spi.testing;

import dev.millrace.spi.PluginFactory;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ref.WeakReference;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A class loader for one plugin: the SPI, slf4j, protobuf and the JDK come from outside, all else of the class path is loaded
 * anew, so that it is seen whether its classes go when the plugin has ended.
 */
final class PluginScope {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final List<String> PROVIDED =
            List.of("dev.millrace.spi.", "org.slf4j.", "com.google.protobuf.", "org.jspecify.annotations.");

    private final String factory;
    private @Nullable URLClassLoader loader;

    PluginScope(String factory) {
        this.factory = factory;
        this.loader = new URLClassLoader("plugin under test", classPath(), new HostLoader());
    }

    ClassLoader loader() {
        if (loader == null) {
            throw new IllegalStateException("the plugin was left");
        }
        return loader;
    }

    /** Closes the loader, and reports what keeps its classes. */
    void leave(Worker worker, Findings findings) {
        URLClassLoader plugin = loader;
        if (plugin == null || worker.isStuck()) {
            return; // a call that was left behind keeps it, and was reported
        }
        worker.forget();
        List<String> holders = settled(plugin);
        for (String holder : holders) {
            boolean thread = holder.startsWith("the thread") || holder.startsWith("the timer");
            findings.add(thread ? Rule.NO_THREADS : Rule.LEAVES_NOTHING, "after stop " + holder);
        }
        WeakReference<ClassLoader> classes = new WeakReference<>(plugin);
        close(plugin);
        plugin = null;
        loader = null;
        findings.expect(
                !holders.isEmpty() || isCollected(classes),
                Rule.LEAVES_NOTHING,
                "after stop the classes of " + factory + " stay in memory, held by something that was not found"
                        + " (run the test with --add-opens java.base/java.lang=ALL-UNNAMED to have more looked at)");
    }

    /* A thread that was told to end needs a moment. */
    private static List<String> settled(ClassLoader loader) {
        long end = System.nanoTime() + Duration.ofSeconds(1).toNanos();
        List<String> holders = Leftovers.of(loader);
        while (!holders.isEmpty() && System.nanoTime() < end) {
            pause();
            holders = Leftovers.of(loader);
        }
        return holders;
    }

    private static boolean isCollected(WeakReference<ClassLoader> classes) {
        RecordCaches.renew();
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (classes.get() != null && System.nanoTime() < end) {
            System.gc();
            pause();
        }
        return classes.get() == null;
    }

    private static void pause() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void close(URLClassLoader loader) {
        try {
            loader.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static URL[] classPath() {
        List<URL> urls = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            try {
                urls.add(Path.of(entry).toUri().toURL());
            } catch (MalformedURLException e) {
                throw new IllegalStateException(entry + " (expected: a jar or a folder of the class path)", e);
            }
        }
        return urls.toArray(URL[]::new);
    }

    /** What a plugin sees of the host. */
    private static final class HostLoader extends ClassLoader {
        HostLoader() {
            super("host of a plugin under test", ClassLoader.getPlatformClassLoader());
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            if (PROVIDED.stream().anyMatch(name::startsWith)) {
                return PluginFactory.class.getClassLoader().loadClass(name);
            }
            throw new ClassNotFoundException(name);
        }
    }
}

package dev.millrace.core.host;

import dev.millrace.core.plugin.ClosedPlugin;
import dev.millrace.core.plugin.LoaderHolders;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches plugins that were closed until the garbage collector took them: one that stays is named in a warning, with what
 * holds it where that can be seen. One thread at a time changes it.
 *
 * <p>A full collection happens seldom by itself, so one is asked for: once some seconds after a plugin was closed, and once
 * more before the warning.
 */
final class UnloadWatch {
    private static final Logger LOG = LoggerFactory.getLogger("dev.millrace.host");
    static final Duration FIRST = Duration.ofSeconds(10);
    static final Duration LAST = Duration.ofSeconds(60);

    private final LongSupplier nanoTime;
    private final Runnable collection;
    private final List<Closed> waiting = new ArrayList<>();
    private volatile int unloading;
    private volatile int leaked;

    /** A plugin that may be in the memory still. */
    private static final class Closed {
        private final ClosedPlugin plugin;
        private final long at;
        private boolean asked;
        private boolean leaks;

        Closed(ClosedPlugin plugin, long at) {
            this.plugin = plugin;
            this.at = at;
        }
    }

    /**
     * A watch over nothing.
     *
     * @param nanoTime the time, as {@link System#nanoTime}
     * @param collection asks for a full collection, as {@link System#gc}
     */
    UnloadWatch(LongSupplier nanoTime, Runnable collection) {
        this.nanoTime = nanoTime;
        this.collection = collection;
    }

    void add(ClosedPlugin plugin) {
        waiting.add(new Closed(plugin, nanoTime.getAsLong()));
    }

    /** Looks what is gone, and what should be by now. */
    void look() {
        forgetCollected();
        long now = nanoTime.getAsLong();
        List<Closed> late = new ArrayList<>();
        boolean ask = false;
        for (Closed closed : waiting) {
            if (!closed.leaks && now - closed.at >= LAST.toNanos()) {
                closed.leaks = true;
                late.add(closed);
            }
            boolean first = !closed.asked && now - closed.at >= FIRST.toNanos();
            closed.asked |= first;
            ask |= first;
        }
        if (ask || !late.isEmpty()) {
            collection.run();
            forgetCollected();
        }
        late.stream().filter(waiting::contains).forEach(closed -> warn(closed.plugin));
        unloading = (int) waiting.stream().filter(closed -> !closed.leaks).count();
        leaked = waiting.size() - unloading;
    }

    /** How many plugins were closed a moment ago and are in the memory still. Any thread may ask. */
    int unloading() {
        return unloading;
    }

    /** How many plugins were closed and should be gone by now. Any thread may ask. */
    int leaked() {
        return leaked;
    }

    private void forgetCollected() {
        for (Iterator<Closed> closed = waiting.iterator(); closed.hasNext(); ) {
            if (closed.next().plugin.loader().refersTo(null)) {
                closed.remove();
            }
        }
    }

    private static void warn(ClosedPlugin plugin) {
        ClassLoader loader = plugin.loader().get();
        if (loader == null) {
            return;
        }
        List<String> holders = LoaderHolders.of(loader);
        LOG.warn(
                "plugin {} {} was replaced {} s ago and is still in the memory: {}",
                plugin.id(),
                plugin.version(),
                LAST.toSeconds(),
                holders.isEmpty()
                        ? "what holds it cannot be seen from here; a heap dump shows what refers to its class loader '"
                                + loader.getName() + "'"
                        : String.join("; ", holders) + "; its stop() has to end that");
    }
}

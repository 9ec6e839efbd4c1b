package dev.millrace.plugin.lib.otlp.metrics;

import dev.millrace.spi.Cache;
import dev.millrace.spi.PluginContext;
import org.jspecify.annotations.Nullable;

/**
 * What parts of requests have become: resources, scopes, metrics and series with their labels, so that those of the next
 * request are found by their bytes, and no text is made again.
 *
 * <p>Each is known inside of what stands around it. A cache of the host: bounded, and what is asked for least goes first.
 * Thread-safe.
 */
final class Known {
    private final Cache<Key, Part> cache;

    Known(PluginContext context) {
        cache = context.cache("labels", (key, part) -> key.weight() + part.weight());
    }

    /** What a part of a request has become. */
    interface Part {
        /** About how many bytes it takes. */
        int weight();
    }

    /** What is known by a key, of which there is one type only. */
    <T extends Part> @Nullable T find(Key key, Class<T> type) {
        return type.cast(cache.find(key));
    }

    <T extends Part> T keep(Key key, T part) {
        cache.keep(key.copy(), part);
        return part;
    }
}

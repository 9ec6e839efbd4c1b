package dev.millrace.core.transport;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The routes of one listener. A path can have several of the same owner, of which the newest serves: so a successor takes
 * over without a gap, and if it is withdrawn its predecessor, where it is still there, serves again.
 *
 * <p>Read by any thread; changed by one at a time.
 */
final class RouteTable {
    /** One registration; equal to itself only. */
    static final class Entry {
        private final Route route;
        private final String path;

        private Entry(Route route) {
            this.route = route;
            this.path = route.path().length() > 1 && route.path().endsWith("/")
                    ? route.path().substring(0, route.path().length() - 1)
                    : route.path();
        }

        private boolean matches(String asked) {
            return path.length() == 1
                    || asked.startsWith(path)
                            && (asked.length() == path.length() || asked.charAt(path.length()) == '/');
        }

        Route route() {
            return route;
        }
    }

    /** The longest paths first, of the same path the newest first. */
    private volatile List<Entry> entries = List.of();

    /**
     * Adds a route.
     *
     * @throws IOException if another owner has the path
     */
    Entry add(Route route) throws IOException {
        Entry added = new Entry(route);
        for (Entry entry : entries) {
            if (entry.path.equals(added.path) && !entry.route.owner().equals(route.owner())) {
                throw new IOException("path " + route.path() + " is served by " + entry.route.owner() + " already");
            }
        }
        List<Entry> more = new ArrayList<>();
        more.add(added);
        more.addAll(entries);
        more.sort(Comparator.comparingInt((Entry entry) -> entry.path.length()).reversed());
        entries = List.copyOf(more);
        return added;
    }

    void remove(Entry removed) {
        entries = entries.stream().filter(entry -> entry != removed).toList();
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    @Nullable
    Route find(String path) {
        for (Entry entry : entries) {
            if (entry.matches(path)) {
                return entry.route;
            }
        }
        return null;
    }

    /** The owners, for messages. */
    List<String> owners() {
        return entries.stream().map(entry -> entry.route.owner()).distinct().toList();
    }
}

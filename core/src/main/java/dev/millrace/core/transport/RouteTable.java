package dev.millrace.core.transport;

import dev.millrace.spi.http.ServerTlsSettings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The routes of one listener. A path can have several of the same owner, of which the newest serves: so a successor takes
 * over without a gap, and if it is withdrawn its predecessor, where it is still there, serves again. A path whose handler
 * went, and for which another may come at any moment, is vacant until {@link #settle}.
 *
 * <p>Read by any thread; changed by one at a time.
 */
final class RouteTable {
    /** One registration; equal to itself only. */
    static final class Entry {
        private static final int CLOSED = Integer.MIN_VALUE;

        private final Route route;
        private final String path;
        private final boolean vacant;
        private final long number;

        /** The requests whose handler is called; with {@link #CLOSED} added, no further one comes. */
        private final AtomicInteger requests = new AtomicInteger();

        private final CompletableFuture<Void> finished = new CompletableFuture<>();

        private Entry(Route route, boolean vacant, long number) {
            this.number = number;
            this.route = route;
            this.vacant = vacant;
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

        /** The handler is about to be called; false where it was taken away. */
        boolean enter() {
            return requests.getAndUpdate(count -> count < 0 ? count : count + 1) >= 0;
        }

        /** It has answered, or will not be called; once for each time that it could be entered. */
        void leave() {
            if (requests.decrementAndGet() == CLOSED) {
                finished.complete(null);
            }
        }

        /** The handler is called no more. Completes when it has answered all that it was called for. */
        CompletableFuture<Void> close() {
            if (requests.getAndUpdate(count -> count < 0 ? count : count + CLOSED) == 0) {
                finished.complete(null);
            }
            return finished;
        }

        /** Whether nobody serves the path at the moment. */
        boolean isVacant() {
            return vacant;
        }
    }

    /** The longest paths first, of the same path the newest first. */
    private volatile List<Entry> entries = List.of();

    private long additions;

    /**
     * Adds a route.
     *
     * @throws IOException if another owner has the path, or is served with other encryption
     */
    Entry add(Route route) throws IOException {
        Entry added = new Entry(route, false, additions++);
        for (Entry entry : entries) {
            if (entry.vacant || entry.route.owner().equals(route.owner())) {
                continue;
            }
            if (entry.path.equals(added.path)) {
                throw new IOException("path " + route.path() + " is served by " + entry.route.owner() + " already");
            }
            if (!entry.route.encryption().equals(route.encryption())) {
                throw new IOException("served for " + entry.route.owner()
                        + (entry.route.encryption().isPresent() ? " with other TLS settings" : " without TLS")
                        + " already (expected: the same settings, or another port)");
            }
        }
        entries = with(
                added,
                entries.stream()
                        .filter(entry -> !(entry.vacant && entry.path.equals(added.path)))
                        .toList());
        return added;
    }

    private static List<Entry> with(Entry added, List<Entry> others) {
        List<Entry> more = new ArrayList<>();
        more.add(added);
        more.addAll(others);
        more.sort(Comparator.comparingInt((Entry entry) -> entry.path.length()).reversed());
        return List.copyOf(more);
    }

    void remove(Entry removed) {
        entries = without(removed);
    }

    /** As {@link #remove}, but the path is vacant where nobody else serves it. */
    void vacate(Entry removed) {
        List<Entry> others = without(removed);
        boolean served = others.stream().anyMatch(entry -> entry.path.equals(removed.path));
        entries = served || others.size() == entries.size()
                ? others
                : with(new Entry(removed.route, true, removed.number), others);
    }

    private List<Entry> without(Entry removed) {
        return entries.stream().filter(entry -> entry != removed).toList();
    }

    /** Nobody will come for a path that is vacant. */
    void settle() {
        entries = entries.stream().filter(entry -> !entry.vacant).toList();
    }

    /** Whether nobody serves anything. */
    boolean isEmpty() {
        return entries.stream().allMatch(Entry::isVacant);
    }

    /** How the address is encrypted: as the newest route says, with which those of others agree. */
    Optional<ServerTlsSettings> encryption() {
        return entries.stream()
                .max(Comparator.comparingLong(entry -> entry.number))
                .flatMap(entry -> entry.route.encryption());
    }

    /** The smallest number of connections that a route allows. */
    OptionalInt maxConnections() {
        return entries.stream()
                .filter(entry -> !entry.vacant)
                .flatMapToInt(entry -> entry.route.maxConnections().stream())
                .min();
    }

    @Nullable
    Entry find(String path) {
        for (Entry entry : entries) {
            if (entry.matches(path)) {
                return entry;
            }
        }
        return null;
    }

    /** The owners, for messages. */
    List<String> owners() {
        return entries.stream()
                .filter(entry -> !entry.vacant)
                .map(entry -> entry.route.owner())
                .distinct()
                .toList();
    }
}

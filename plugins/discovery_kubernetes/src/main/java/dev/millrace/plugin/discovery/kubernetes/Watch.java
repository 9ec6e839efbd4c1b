package dev.millrace.plugin.discovery.kubernetes;

import dev.millrace.plugin.lib.discovery.JsonObject;
import dev.millrace.spi.BodyBuffer;
import dev.millrace.spi.PluginContext;
import dev.millrace.spi.http.HttpBody;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the objects of one kind as they are in the cluster: lists them page by page, then watches for changes from that
 * version on. A watch that ends or breaks off goes on from the version seen last; where that is too old for the server, all is
 * listed anew. While nothing can be had, what is known stays. Its steps come one after the other; it is read from any thread.
 */
final class Watch {
    private static final int PAGE = 500;
    private static final int LARGEST_PAGE = 256 << 20;
    private static final Duration LIST_TIMEOUT = Duration.ofSeconds(60);
    private static final int SHORTEST_WATCH_SECONDS = 180;
    private static final int LONGEST_WATCH_SECONDS = 300;
    private static final int GRACE_SECONDS = 30;
    private static final long STEADY_MILLIS = 30_000;
    private static final long FIRST_DELAY_MILLIS = 500;
    private static final long LONGEST_DELAY_MILLIS = 30_000;
    private static final int MOST_DOUBLINGS = 6;
    /** What no target needs, and is half of many an object. */
    private static final Set<String> SKIPPED = Set.of("managedFields", "volumes", "volumeMounts", "env", "images");

    private final Cluster cluster;
    private final Resource kind;
    private final String path;
    private final String selection;
    private final PluginContext context;
    private final Listener listener;
    private volatile Map<String, ClusterObject> objects = new ConcurrentHashMap<>();
    private volatile boolean listed;
    private volatile String problem = "";
    private String version = "";
    private boolean eventful;
    private int attempts;

    /** Is told of changes, by any thread. */
    interface Listener {
        /** Objects have changed, or are known for the first time. */
        void changed(Watch watch);

        /** What is wrong is not what was wrong before. */
        void problemChanged(Watch watch);

        /** A request failed. */
        void failed(Watch watch);

        /** The server told of an object. */
        void event(Resource kind, String event);
    }

    /**
     * A watch that has not begun.
     *
     * @param namespace the only one; empty for all
     * @param selector which objects
     */
    Watch(
            Cluster cluster,
            Resource kind,
            String namespace,
            Optional<Selector> selector,
            PluginContext context,
            Listener listener) {
        this.cluster = cluster;
        this.kind = kind;
        this.path = kind.path(namespace);
        this.selection = selector.map(wanted ->
                        parameter("labelSelector", wanted.label()) + parameter("fieldSelector", wanted.field()))
                .orElse("");
        this.context = context;
        this.listener = listener;
    }

    private static String parameter(String name, String value) {
        return value.isEmpty() ? "" : "&" + name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    Resource kind() {
        return kind;
    }

    /** Whether its objects are known. */
    boolean isListed() {
        return listed;
    }

    /** What is wrong now; empty if nothing. */
    String problem() {
        return problem;
    }

    Collection<ClusterObject> objects() {
        return objects.values();
    }

    @Nullable
    ClusterObject find(String key) {
        return objects.get(key);
    }

    void start() {
        list();
    }

    private void list() {
        page("", new HashMap<>()).thenAccept(this::replace).whenComplete((done, failure) -> {
            if (failure == null) {
                watch();
            } else {
                failed(failure, this::list);
            }
        });
    }

    private CompletionStage<Map<String, ClusterObject>> page(String token, Map<String, ClusterObject> read) {
        return cluster.get(path + "?limit=" + PAGE + selection + parameter("continue", token), LIST_TIMEOUT)
                .thenCompose(body -> body.collect(new BodyBuffer(64 << 10), LARGEST_PAGE))
                .thenCompose(body -> {
                    JsonObject metadata;
                    try {
                        metadata = JsonObject.read(body.array(), 0, body.length(), SKIPPED, "items", item -> {
                                    ClusterObject object = kind.read(item);
                                    read.put(object.metadata().key(), object);
                                })
                                .object("metadata");
                    } catch (IOException e) {
                        return CompletableFuture.failedFuture(e);
                    }
                    version = metadata.text("resourceVersion");
                    String next = metadata.text("continue");
                    return next.isEmpty() ? CompletableFuture.completedFuture(read) : page(next, read);
                });
    }

    /* An object that says what it said stays the same object. */
    private void replace(Map<String, ClusterObject> read) {
        Map<String, ClusterObject> before = objects;
        boolean changed = !listed || !before.keySet().equals(read.keySet());
        for (Map.Entry<String, ClusterObject> entry : read.entrySet()) {
            ClusterObject known = before.get(entry.getKey());
            if (entry.getValue().equals(known)) {
                entry.setValue(known);
            } else {
                changed = true;
            }
        }
        objects = new ConcurrentHashMap<>(read);
        listed = true;
        works();
        if (changed) {
            listener.changed(this);
        }
    }

    private void watch() {
        eventful = false;
        long began = context.clock().millis();
        int seconds = ThreadLocalRandom.current().nextInt(SHORTEST_WATCH_SECONDS, LONGEST_WATCH_SECONDS);
        cluster.get(
                        path + "?watch=true&allowWatchBookmarks=true&timeoutSeconds=" + seconds
                                + parameter("resourceVersion", version) + selection,
                        Duration.ofSeconds(seconds + GRACE_SECONDS))
                .thenCompose(this::events)
                .whenComplete((done, failure) -> {
                    boolean steady = eventful || context.clock().millis() - began >= STEADY_MILLIS;
                    attempts = steady ? 0 : attempts;
                    if (failure != null) {
                        failed(failure, isExpired(failure) ? this::list : this::watch);
                    } else if (steady) {
                        watch();
                    } else {
                        later(Duration.ZERO, this::watch);
                    }
                });
    }

    private CompletionStage<Void> events(HttpBody body) {
        works();
        WatchEvents events = new WatchEvents(SKIPPED, this::event);
        body.subscribe(events);
        return events.end();
    }

    private void event(JsonObject event) throws IOException {
        JsonObject object = event.object("object");
        String type = event.text("type");
        if (type.equals("ERROR")) {
            throw RefusedException.of(object);
        }
        eventful = true;
        version = object.object("metadata").optional("resourceVersion").orElse(version);
        switch (type) {
            case "ADDED", "MODIFIED" -> put(kind.read(object));
            case "DELETED" -> remove(Metadata.of(object).key());
            default -> {} // a bookmark says the version only
        }
    }

    private void put(ClusterObject object) {
        ClusterObject before = objects.get(object.metadata().key());
        listener.event(kind, before == null ? "add" : "update");
        if (!object.equals(before)) {
            objects.put(object.metadata().key(), object);
            listener.changed(this);
        }
    }

    private void remove(String key) {
        listener.event(kind, "delete");
        if (objects.remove(key) != null) {
            listener.changed(this);
        }
    }

    private static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    private static boolean isExpired(Throwable failure) {
        return cause(failure) instanceof RefusedException refused && refused.isExpired();
    }

    private void failed(Throwable failure, Runnable next) {
        listener.failed(this);
        Throwable cause = cause(failure);
        if (!isExpired(failure)) {
            String message = cause.getMessage() == null ? cause.toString() : cause.getMessage();
            say(cluster.at(path) + ": " + message);
        }
        later(cause instanceof RefusedException refused ? refused.delay() : Duration.ZERO, next);
    }

    private void works() {
        say("");
    }

    private void say(String now) {
        boolean news = !now.equals(problem);
        problem = now;
        if (news) {
            listener.problemChanged(this);
        }
    }

    /* Each time about twice as long as before, and never all at once. */
    private void later(Duration atLeast, Runnable next) {
        long most = Math.min(LONGEST_DELAY_MILLIS, FIRST_DELAY_MILLIS << Math.min(attempts, MOST_DOUBLINGS));
        attempts++;
        long delay = Math.max(atLeast.toMillis(), ThreadLocalRandom.current().nextLong(most / 2, most));
        try {
            var unused = context.scheduler().schedule(next, delay, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException ended) {
            attempts = 0; // the component has stopped: nothing comes next
        }
    }
}

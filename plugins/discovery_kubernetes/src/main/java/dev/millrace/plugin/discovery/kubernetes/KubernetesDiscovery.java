package dev.millrace.plugin.discovery.kubernetes;

import dev.millrace.plugin.lib.credentials.client.ConfiguredClient;
import dev.millrace.plugin.lib.discovery.FoundTargets;
import dev.millrace.plugin.lib.discovery.Troubles;
import dev.millrace.spi.PluginContext;
import dev.millrace.spi.extension.TargetDiscovery;
import dev.millrace.spi.extension.TargetGroup;
import dev.millrace.spi.http.HttpClientSettings;
import dev.millrace.spi.metrics.Counter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Knows the objects of a cluster that have targets, and makes the groups of targets anew whose objects have changed. Changes
 * are gathered for a moment. Before all objects are known that can be had, nothing is handed over.
 */
final class KubernetesDiscovery implements TargetDiscovery, Watch.Listener, Parts.Source {
    private static final long MOMENT_MILLIS = 250;
    /** One that watches, and one that lists meanwhile. */
    private static final int CONNECTIONS_FOR_EACH = 2;

    private final Role role;
    private final PluginContext context;
    private final Groups groups;
    private final FoundTargets found = new FoundTargets();
    private final Troubles troubles;
    private final Counter failures;
    private final Map<String, Counter> events = new ConcurrentHashMap<>();
    private final List<Watch> watches = new ArrayList<>();
    private final AtomicBoolean due = new AtomicBoolean();
    private final Object lock = new Object();
    private Map<ClusterObject, Made> made = Map.of();

    KubernetesDiscovery(KubernetesDiscoveryOptions options, PluginContext context) {
        Access access = Access.of(options);
        this.role = options.role();
        this.context = context;
        this.troubles = new Troubles(context);
        this.failures = context.metrics()
                .counter("prometheus_sd_kubernetes_failures_total", "Requests to the API of a cluster that failed.");
        this.groups = new Groups(
                context.cache("label_names", (name, label) -> 2 * (name.length() + 56)),
                options.attachMetadata(),
                options.cluster());
        List<Resource> attached = attached(options.attachMetadata());
        int most = CONNECTIONS_FOR_EACH
                * (access.namespaces().size() * role.resources().size() + attached.size());
        HttpClientSettings base = new HttpClientSettings(
                HttpClientSettings.DEFAULT.connectTimeout(), most, most, HttpClientSettings.DEFAULT.idleTimeout());
        Cluster cluster = new Cluster(access.base(), ConfiguredClient.of(access.client(), base, context));
        for (Resource kind : role.resources()) {
            List<String> namespaces = kind.namespaced() ? access.namespaces() : List.of("");
            namespaces.forEach(namespace -> watches.add(watch(cluster, kind, namespace, options)));
        }
        attached.forEach(kind -> watches.add(watch(cluster, kind, "", options)));
    }

    private List<Resource> attached(AttachedMetadata metadata) {
        List<Resource> kinds = new ArrayList<>();
        if (metadata.node() && role.runsOnNodes()) {
            kinds.add(Resource.NODE);
        }
        if (metadata.namespace() && role.resource().namespaced()) {
            kinds.add(Resource.NAMESPACE);
        }
        return kinds;
    }

    private Watch watch(Cluster cluster, Resource kind, String namespace, KubernetesDiscoveryOptions options) {
        Optional<Selector> selector = options.selectors().stream()
                .filter(each -> each.role().resource() == kind)
                .findFirst();
        return new Watch(cluster, kind, namespace, selector, context, this);
    }

    /** A group, and what it was made of. */
    private record Made(TargetGroup group, Parts parts) {}

    @Override
    public void start(Consumer<List<TargetGroup>> receiver) {
        if (found.to(receiver)) {
            context.scheduler().execute(() -> watches.forEach(Watch::start));
        }
    }

    @Override
    public @Nullable ClusterObject find(Resource kind, String key) {
        for (Watch watch : watches) {
            ClusterObject object = watch.kind() == kind ? watch.find(key) : null;
            if (object != null) {
                return object;
            }
        }
        return null;
    }

    @Override
    public void changed(Watch watch) {
        if (due.compareAndSet(false, true)) {
            try {
                var unused = context.scheduler().schedule(this::make, MOMENT_MILLIS, TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException ended) {
                due.set(false); // the component has stopped: nobody wants to know
            }
        }
    }

    @Override
    public void problemChanged(Watch watch) {
        synchronized (lock) {
            troubles.tell(watches.stream()
                    .map(Watch::problem)
                    .filter(problem -> !problem.isEmpty())
                    .distinct()
                    .toList());
        }
        changed(watch);
    }

    @Override
    public void failed(Watch watch) {
        failures.increment();
    }

    @Override
    public void event(Resource kind, String event) {
        events.computeIfAbsent(
                        kind + event,
                        first -> context.metrics()
                                .counter(
                                        "prometheus_sd_kubernetes_events_total",
                                        "Objects of which the API of a cluster told.",
                                        "role",
                                        kind.label(),
                                        "event",
                                        event))
                .increment();
    }

    /* One namespace that cannot be had does not hold up the others; where none can, nothing is known. */
    private boolean isKnown() {
        return watches.stream().anyMatch(Watch::isListed)
                && watches.stream()
                        .allMatch(watch -> watch.isListed() || !watch.problem().isEmpty());
    }

    private void make() {
        due.set(false);
        if (!isKnown()) {
            return;
        }
        synchronized (lock) {
            Map<ClusterObject, Made> now = new HashMap<>();
            List<TargetGroup> all = new ArrayList<>();
            for (Watch watch : watches) {
                if (watch.kind() == role.resource()) {
                    for (ClusterObject object : watch.objects()) {
                        Made one = made.get(object);
                        if (one == null || !one.parts().areUnchanged()) {
                            Parts parts = new Parts(this);
                            one = new Made(groups.of(object, parts), parts);
                        }
                        now.put(object, one);
                        all.add(one.group());
                    }
                }
            }
            made = now;
            all.sort(Comparator.comparing(TargetGroup::source));
            found.set(all);
        }
    }
}

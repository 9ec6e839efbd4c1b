package dev.millrace.plugin.discovery.kubernetes;

import dev.millrace.plugin.lib.credentials.client.HttpClientConfig;
import dev.millrace.spi.extension.TargetGroup;
import dev.millrace.spi.http.HttpClient;
import dev.millrace.spi.http.HttpClientSettings;
import dev.millrace.spi.metrics.Metrics;
import dev.millrace.spi.testing.BareContext;
import dev.millrace.spi.testing.CountedMetrics;
import dev.millrace.spi.testing.VirtualScheduler;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.Collectors;

/** A discovery with a {@link FakeApi}, and time that passes when a test says so. */
final class Trial {
    final FakeApi api = new FakeApi();
    final VirtualScheduler scheduler = new VirtualScheduler(1_700_000_000_000L);
    final CountedMetrics metrics = new CountedMetrics();
    final List<String> troubles = new ArrayList<>();
    final List<List<TargetGroup>> found = new ArrayList<>();

    static KubernetesDiscoveryOptions options(Role role, String... namespaces) {
        return options(role, new AttachedMetadata(false, false), Optional.empty(), List.of(), namespaces);
    }

    static KubernetesDiscoveryOptions options(
            Role role,
            AttachedMetadata attached,
            Optional<String> cluster,
            List<Selector> selectors,
            String... namespaces) {
        return new KubernetesDiscoveryOptions(
                role,
                Optional.of("https://cluster:6443/base/"),
                Optional.empty(),
                new Namespaces(false, List.of(namespaces)),
                selectors,
                attached,
                cluster,
                HttpClientConfig.DEFAULT);
    }

    /** Starts it, and lets a second pass. */
    KubernetesDiscovery start(KubernetesDiscoveryOptions options) {
        KubernetesDiscovery discovery = new KubernetesDiscovery(options, new BareContext("discovery_kubernetes") {
            @Override
            public ScheduledExecutorService scheduler() {
                return scheduler;
            }

            @Override
            public Clock clock() {
                return scheduler.clock();
            }

            @Override
            public Metrics metrics() {
                return metrics;
            }

            @Override
            public HttpClient httpClient(HttpClientSettings settings) {
                return api;
            }

            @Override
            public void reportTrouble(String message) {
                troubles.add(message);
            }

            @Override
            public void reportRecovery() {
                troubles.add("over");
            }
        });
        discovery.start(found::add);
        second();
        return discovery;
    }

    void second() {
        scheduler.advance(Duration.ofSeconds(1));
    }

    List<TargetGroup> last() {
        return found.get(found.size() - 1);
    }

    Set<String> sources() {
        return last().stream().map(TargetGroup::source).collect(Collectors.toSet());
    }

    /** The labels of each target of the only group, those of the group included. */
    List<Map<String, String>> targets() {
        TargetGroup only = last().get(0);
        return only.targets().stream()
                .map(target -> {
                    Map<String, String> all = new HashMap<>(only.labels());
                    all.putAll(target);
                    return all;
                })
                .collect(Collectors.toList());
    }
}

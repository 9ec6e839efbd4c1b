package dev.millrace.plugin.discovery.dns;

import dev.millrace.plugin.lib.discovery.Refresh;
import dev.millrace.plugin.lib.discovery.Refreshes;
import dev.millrace.spi.PluginContext;
import dev.millrace.spi.dns.DnsQuestion;
import dev.millrace.spi.dns.DnsRecord;
import dev.millrace.spi.dns.DnsType;
import dev.millrace.spi.extension.TargetDiscovery;
import dev.millrace.spi.extension.TargetGroup;
import dev.millrace.spi.metrics.Counter;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Looks its names up, all at once, as Prometheus does. A name that cannot be looked up keeps its targets, and those of others
 * are taken meanwhile.
 */
final class DnsDiscovery implements TargetDiscovery {
    private final DnsDiscoveryOptions options;
    private final DnsType type;
    private final List<InetSocketAddress> servers;
    private final PluginContext context;
    private final Counter lookups;
    private final Counter failures;
    private final Refreshes refreshes;
    /** The targets of each name that was ever looked up; one refresh at a time changes it. */
    private volatile Map<String, TargetGroup> known = Map.of();

    DnsDiscovery(DnsDiscoveryOptions options, PluginContext context) {
        this.options = options;
        this.type = options.recordType();
        this.servers = options.servers();
        this.context = context;
        this.lookups = context.metrics().counter("prometheus_sd_dns_lookups_total", "Names that were looked up.");
        this.failures = context.metrics()
                .counter("prometheus_sd_dns_lookup_failures_total", "Names that could not be looked up.");
        this.refreshes = Refreshes.ofParts(context, "dns", options.refreshInterval(), this::lookUpAll);
    }

    @Override
    public void start(Consumer<List<TargetGroup>> found) {
        refreshes.start(found);
    }

    /**
     * What a lookup gave.
     *
     * @param group the targets; null where it failed
     * @param problem what went wrong; empty where nothing did
     */
    private record Looked(String name, @Nullable TargetGroup group, String problem) {}

    private CompletionStage<Refresh> lookUpAll() {
        CompletionStage<List<Looked>> all = CompletableFuture.completedFuture(new ArrayList<>());
        for (String name : options.names()) {
            all = all.thenCombine(lookUp(name), (before, one) -> {
                before.add(one);
                return before;
            });
        }
        return all.thenCompose(this::taken);
    }

    private CompletionStage<Looked> lookUp(String name) {
        lookups.increment();
        return context.lookUp(new DnsQuestion(name, type, servers)).handle((records, failure) -> {
            if (failure == null) {
                return new Looked(name, group(name, records), "");
            }
            failures.increment();
            return new Looked(name, null, Refreshes.message(failure));
        });
    }

    private CompletionStage<Refresh> taken(List<Looked> all) {
        Map<String, TargetGroup> now = new LinkedHashMap<>();
        List<String> problems = new ArrayList<>();
        for (Looked looked : all) {
            Optional.ofNullable(looked.group())
                    .or(() -> Optional.ofNullable(known.get(looked.name())))
                    .ifPresent(group -> now.put(looked.name(), group));
            if (!looked.problem().isEmpty()) {
                problems.add(looked.problem());
            }
        }
        if (now.isEmpty()) {
            return CompletableFuture.failedFuture(new IOException(String.join("; ", problems)));
        }
        known = now;
        return CompletableFuture.completedFuture(new Refresh(List.copyOf(now.values()), problems));
    }

    private TargetGroup group(String name, List<DnsRecord> records) {
        return new TargetGroup(name, records.stream().map(this::target).toList(), Map.of("__meta_dns_name", name));
    }

    private Map<String, String> target(DnsRecord record) {
        String host = record.target().replaceFirst("\\.+$", "");
        int port = type == DnsType.SRV ? record.port() : options.port();
        String address = (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
        return switch (type) {
            case A, AAAA -> Map.of(TargetGroup.ADDRESS, address);
            case SRV ->
                Map.of(
                        TargetGroup.ADDRESS,
                        address,
                        "__meta_dns_srv_record_target",
                        record.target(),
                        "__meta_dns_srv_record_port",
                        Integer.toString(port));
            case MX -> Map.of(TargetGroup.ADDRESS, address, "__meta_dns_mx_record_target", record.target());
            case NS -> Map.of(TargetGroup.ADDRESS, address, "__meta_dns_ns_record_target", record.target());
        };
    }
}

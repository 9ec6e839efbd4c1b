package dev.millrace.plugin.discovery.dns;

import dev.millrace.spi.PluginContext;
import dev.millrace.spi.PluginFactory;
import dev.millrace.spi.extension.TargetDiscovery;

/** The plugin {@code discovery_dns}. */
public final class DnsDiscoveryFactory implements PluginFactory<DnsDiscoveryOptions, TargetDiscovery> {
    @Override
    public String type() {
        return "discovery_dns";
    }

    @Override
    public Class<DnsDiscoveryOptions> options() {
        return DnsDiscoveryOptions.class;
    }

    @Override
    public Class<TargetDiscovery> kind() {
        return TargetDiscovery.class;
    }

    @Override
    public TargetDiscovery create(DnsDiscoveryOptions options, PluginContext context) {
        return new DnsDiscovery(options, context);
    }
}

package dev.millrace.plugin.discovery.kubernetes;

import dev.millrace.spi.PluginContext;
import dev.millrace.spi.PluginFactory;
import dev.millrace.spi.extension.TargetDiscovery;

/** The plugin {@code discovery_kubernetes}. */
public final class KubernetesDiscoveryFactory implements PluginFactory<KubernetesDiscoveryOptions, TargetDiscovery> {
    @Override
    public String type() {
        return "discovery_kubernetes";
    }

    @Override
    public Class<KubernetesDiscoveryOptions> options() {
        return KubernetesDiscoveryOptions.class;
    }

    @Override
    public Class<TargetDiscovery> kind() {
        return TargetDiscovery.class;
    }

    @Override
    public TargetDiscovery create(KubernetesDiscoveryOptions options, PluginContext context) {
        return new KubernetesDiscovery(options, context);
    }
}

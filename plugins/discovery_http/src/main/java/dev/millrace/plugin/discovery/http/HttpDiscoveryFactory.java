package dev.millrace.plugin.discovery.http;

import dev.millrace.spi.PluginContext;
import dev.millrace.spi.PluginFactory;
import dev.millrace.spi.extension.TargetDiscovery;

/** The plugin {@code discovery_http}. */
public final class HttpDiscoveryFactory implements PluginFactory<HttpDiscoveryOptions, TargetDiscovery> {
    @Override
    public String type() {
        return "discovery_http";
    }

    @Override
    public Class<HttpDiscoveryOptions> options() {
        return HttpDiscoveryOptions.class;
    }

    @Override
    public Class<TargetDiscovery> kind() {
        return TargetDiscovery.class;
    }

    @Override
    public TargetDiscovery create(HttpDiscoveryOptions options, PluginContext context) {
        return new HttpDiscovery(options, context);
    }
}

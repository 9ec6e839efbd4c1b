package dev.millrace.plugin.discovery.file;

import dev.millrace.spi.PluginContext;
import dev.millrace.spi.PluginFactory;
import dev.millrace.spi.extension.TargetDiscovery;

/** The plugin {@code discovery_file}. */
public final class FileDiscoveryFactory implements PluginFactory<FileDiscoveryOptions, TargetDiscovery> {
    @Override
    public String type() {
        return "discovery_file";
    }

    @Override
    public Class<FileDiscoveryOptions> options() {
        return FileDiscoveryOptions.class;
    }

    @Override
    public Class<TargetDiscovery> kind() {
        return TargetDiscovery.class;
    }

    @Override
    public TargetDiscovery create(FileDiscoveryOptions options, PluginContext context) {
        return new FileDiscovery(options, context);
    }
}

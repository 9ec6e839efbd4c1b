package dev.millrace.distribution.schema;

import dev.millrace.core.config.Factories;
import dev.millrace.core.config.HostSettings;
import dev.millrace.core.config.Problems;
import dev.millrace.core.host.Folders;
import dev.millrace.core.host.Plugins;
import dev.millrace.core.plugin.LoadedPlugin;
import dev.millrace.core.plugin.PluginCatalog;
import dev.millrace.distribution.run.Millrace;
import dev.millrace.spi.PluginFactory;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The plugins that ship, loaded in this process.
 *
 * @param catalog what was loaded
 */
record Installed(PluginCatalog catalog) implements Factories, AutoCloseable {
    static Installed load() throws IOException {
        Folders folders = new Folders(
                Millrace.HOME.resolve("conf"),
                Millrace.HOME.resolve("data"),
                List.of(Millrace.HOME.resolve("plugins")));
        HostSettings settings = HostSettings.read(folders.conf().resolve("millrace.yaml"), name -> null, new Problems())
                .orElseThrow();
        return new Installed(Plugins.loadTemporarily(folders, settings));
    }

    @Override
    public PluginFactory<?, ?> find(String typeOrAlias) {
        return catalog.ofType(typeOrAlias).flatMap(LoadedPlugin::factory).orElse(null);
    }

    @Override
    public Set<String> types() {
        Set<String> types = new TreeSet<>();
        catalog.plugins().stream()
                .filter(plugin -> plugin.factory().isPresent())
                .forEach(plugin -> types.add(plugin.id()));
        return types;
    }

    @Override
    public String whyMissing(String type) {
        return null;
    }

    @Override
    public void close() {
        catalog.close();
    }
}

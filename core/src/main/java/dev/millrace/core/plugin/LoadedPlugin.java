package dev.millrace.core.plugin;

import dev.millrace.spi.PluginFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A plugin in use.
 *
 * @param id the plugin ID, which is also its {@code Type} in a pipeline file unless it is a library
 * @param version its version
 * @param file the jar with its manifest, where the user put it
 * @param requires the plugins it requires
 * @param exports the packages it exports to plugins that require it
 * @param aliases other names for its {@code Type}
 * @param role what it is for
 * @param factory what makes its components; empty for a library
 */
public record LoadedPlugin(
        String id,
        Version version,
        Path file,
        List<Requirement> requires,
        List<String> exports,
        List<String> aliases,
        PluginRole role,
        Optional<PluginFactory<?, ?>> factory) {
    public LoadedPlugin {
        requires = List.copyOf(requires);
        exports = List.copyOf(exports);
        aliases = List.copyOf(aliases);
    }

    static LoadedPlugin library(PluginManifest manifest) {
        return of(manifest, List.of(), PluginRole.LIBRARY, Optional.empty());
    }

    static LoadedPlugin of(
            PluginManifest manifest, List<String> aliases, PluginRole role, Optional<PluginFactory<?, ?>> factory) {
        return new LoadedPlugin(
                manifest.id(),
                manifest.version(),
                manifest.file(),
                manifest.requires(),
                manifest.exports(),
                aliases,
                role,
                factory);
    }

    LoadedPlugin withAliases(List<String> remaining) {
        return new LoadedPlugin(id, version, file, requires, exports, remaining, role, factory);
    }

    @Override
    public String toString() {
        return id + " " + version + " (" + file + ")";
    }
}

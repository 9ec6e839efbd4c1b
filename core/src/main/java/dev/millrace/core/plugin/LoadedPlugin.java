package dev.millrace.core.plugin;

import dev.millrace.spi.PluginFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A plugin in use.
 *
 * @param id the plugin ID, which is also its {@code Type} in a pipeline file unless it is a library
 * @param version its version
 * @param spi the versions of the SPI that it was made for
 * @param file the jar with its manifest, where the user put it
 * @param place where it lies in its plugin folder: the jar, or the folder with this jar and others
 * @param jars its jars, where the user put them, by the names that pins give these
 * @param requires the plugins it requires
 * @param exports the packages it exports to plugins that require it
 * @param aliases other names for its {@code Type}
 * @param role what it is for
 * @param factory what makes its components; empty for a library
 */
public record LoadedPlugin(
        String id,
        Version version,
        VersionRange spi,
        Path file,
        Path place,
        Map<String, Path> jars,
        List<Requirement> requires,
        List<String> exports,
        List<String> aliases,
        PluginRole role,
        Optional<PluginFactory<?, ?>> factory) {
    public LoadedPlugin {
        jars = Map.copyOf(jars);
        requires = List.copyOf(requires);
        exports = List.copyOf(exports);
        aliases = List.copyOf(aliases);
    }

    static LoadedPlugin library(InstalledPlugin plugin) {
        return of(plugin, List.of(), PluginRole.LIBRARY, Optional.empty());
    }

    static LoadedPlugin of(
            InstalledPlugin plugin, List<String> aliases, PluginRole role, Optional<PluginFactory<?, ?>> factory) {
        PluginManifest manifest = plugin.manifest();
        return new LoadedPlugin(
                manifest.id(),
                manifest.version(),
                manifest.spi(),
                manifest.file(),
                plugin.location().path(),
                plugin.jars(),
                manifest.requires(),
                manifest.exports(),
                aliases,
                role,
                factory);
    }

    /**
     * The SHA-256 of each of its jars, by the name that pins give it.
     *
     * @throws IOException if one cannot be read
     */
    public SortedMap<String, String> hashes() throws IOException {
        SortedMap<String, String> hashes = new TreeMap<>();
        for (Map.Entry<String, Path> jar : jars.entrySet()) {
            hashes.put(jar.getKey(), JarHash.of(jar.getValue()));
        }
        return hashes;
    }

    LoadedPlugin withAliases(List<String> remaining) {
        return new LoadedPlugin(id, version, spi, file, place, jars, requires, exports, remaining, role, factory);
    }

    @Override
    public String toString() {
        return id + " " + version + " (" + file + ")";
    }
}

package dev.millrace.core.plugin;

import java.nio.file.Path;
import java.util.List;

/**
 * What a plugin says of itself in the manifest of its jar.
 *
 * <pre>
 * Plugin-Id        flusher_example                         lower-case letters, digits and '_'
 * Plugin-Version   0.1.0
 * Plugin-Spi       [0.1,0.2)                               the versions of the SPI that it works with
 * Plugin-Requires  ext_example;version="[0.1,0.2)"         other plugins, separated by commas; may be absent or empty
 * Plugin-Exports   org.example.flusher.spi                 packages, separated by commas; may be absent or empty
 * </pre>
 *
 * @param file the jar, where the user put it
 * @param id the plugin ID
 * @param version the plugin's version
 * @param spi the versions of the SPI that it works with
 * @param requires the plugins that it requires, in the order of the manifest
 * @param exports the packages that it exports
 */
record PluginManifest(
        Path file, String id, Version version, VersionRange spi, List<Requirement> requires, List<String> exports) {
    PluginManifest {
        requires = List.copyOf(requires);
        exports = List.copyOf(exports);
    }

    /** The plugin as messages name it: {@code plugin flusher_example 0.1.0 (plugins/flusher_example.jar)}. */
    @Override
    public String toString() {
        return "plugin " + id + " " + version + " (" + file + ")";
    }
}

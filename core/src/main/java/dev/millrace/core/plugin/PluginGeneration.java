package dev.millrace.core.plugin;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One plugin as it was loaded once: a class loader over copies of its jars, wired to the generations of the plugins that it
 * requires. A changed jar makes a new generation of its plugin and of all that require it.
 */
final class PluginGeneration implements AutoCloseable {
    private final InstalledPlugin plugin;
    private final List<PluginGeneration> required;
    private final PluginClassLoader loader;

    /**
     * Makes the class loader; no class is loaded yet.
     *
     * @param plugin the plugin, with copies that belong to this generation
     * @param required the generations of the plugins that it requires
     */
    PluginGeneration(InstalledPlugin plugin, List<PluginGeneration> required) {
        this.plugin = plugin;
        this.required = List.copyOf(required);
        Map<String, PluginClassLoader> imports = new HashMap<>();
        for (PluginGeneration exporter : required) {
            exporter.plugin.manifest().exports().forEach(name -> imports.put(name, exporter.loader));
        }
        URL[] jars = plugin.copies().jars().stream().map(PluginGeneration::url).toArray(URL[]::new);
        loader = new PluginClassLoader(plugin.id(), jars, imports);
    }

    InstalledPlugin plugin() {
        return plugin;
    }

    List<PluginGeneration> required() {
        return required;
    }

    PluginClassLoader loader() {
        return loader;
    }

    /** Whether this is what would come of loading a plugin over these generations. */
    boolean isOf(InstalledPlugin installed, List<PluginGeneration> others) {
        return plugin.hasSameJarsAs(installed) && required.equals(others);
    }

    /**
     * Closes the class loader and deletes the copies.
     *
     * @throws IOException if one of both fails; the other is done
     */
    @Override
    public void close() throws IOException {
        try {
            loader.close();
        } finally {
            plugin.copies().delete();
        }
    }

    private static URL url(Path jar) {
        try {
            return jar.toUri().toURL();
        } catch (MalformedURLException impossible) {
            throw new IllegalStateException(jar + " has no URL", impossible);
        }
    }
}

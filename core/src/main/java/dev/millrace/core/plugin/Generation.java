package dev.millrace.core.plugin;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The class loaders of plugins that were loaded together, and the folder with the copies of their jars. A plugin that
 * turns out to be unusable keeps its class loader until the generation is closed.
 */
final class Generation implements AutoCloseable {
    private final Path folder;
    private final Map<String, PluginClassLoader> loaders = new HashMap<>();
    private final Map<String, InstalledPlugin> plugins = new HashMap<>();

    /**
     * A generation without plugins.
     *
     * @param folder the folder for the copies; made here
     * @throws IOException if it cannot be made, or exists
     */
    Generation(Path folder) throws IOException {
        Path parent = folder.toAbsolutePath().getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        this.folder = Files.createDirectory(folder);
    }

    /** The folder for the copies of one location's jars. */
    Path folderOf(String name) {
        return folder.resolve(name);
    }

    /** Makes the class loader of a plugin; those that it requires have theirs. */
    PluginClassLoader add(InstalledPlugin plugin) {
        Map<String, PluginClassLoader> imports = new HashMap<>();
        for (Requirement requirement : plugin.manifest().requires()) {
            InstalledPlugin required = plugins.get(requirement.id());
            PluginClassLoader exporter = loaders.get(requirement.id());
            if (required == null || exporter == null) {
                throw new IllegalStateException(
                        requirement.id() + " is not loaded (expected: before " + plugin.id() + ")");
            }
            required.manifest().exports().forEach(name -> imports.put(name, exporter));
        }
        URL[] jars = plugin.copies().stream().map(Generation::url).toArray(URL[]::new);
        PluginClassLoader loader = new PluginClassLoader(plugin.id(), jars, imports);
        loaders.put(plugin.id(), loader);
        plugins.put(plugin.id(), plugin);
        return loader;
    }

    @Override
    public void close() throws IOException {
        IOException failure = null;
        for (PluginClassLoader loader : loaders.values()) {
            try {
                loader.close();
            } catch (IOException notClosed) {
                failure = first(failure, notClosed);
            }
        }
        try {
            deleteFolder();
        } catch (IOException notDeleted) {
            failure = first(failure, notDeleted);
        }
        if (failure != null) {
            throw failure;
        }
    }

    private void deleteFolder() throws IOException {
        if (!Files.exists(folder)) {
            return; // closed before
        }
        List<Path> deepestFirst;
        try (Stream<Path> paths = Files.walk(folder)) {
            deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : deepestFirst) {
            Files.delete(path);
        }
    }

    private static IOException first(@Nullable IOException earlier, IOException later) {
        if (earlier == null) {
            return later;
        }
        earlier.addSuppressed(later);
        return earlier;
    }

    private static URL url(Path jar) {
        try {
            return jar.toUri().toURL();
        } catch (MalformedURLException impossible) {
            throw new IllegalStateException(jar + " has no URL", impossible);
        }
    }
}

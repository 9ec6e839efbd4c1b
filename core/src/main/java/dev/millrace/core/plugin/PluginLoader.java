package dev.millrace.core.plugin;

import dev.millrace.core.plugin.PluginFolder.Location;
import dev.millrace.core.plugin.PluginGraph.Resolution;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Loads what lies in the plugin folders.
 *
 * <p>The jars are copied first and everything is read from the copies, so the files in the plugin folders may be
 * replaced at any time. The graph of plugins is resolved before any class is loaded. What
 * a plugin throws is kept as text only.
 */
public final class PluginLoader {
    /** The version of the SPI, and of the packages that the host provides with it. */
    public static final Version SPI_VERSION = new Version(0, 1, 0);

    private final Generation generation;
    private final List<PluginProblem> problems = new ArrayList<>();

    private PluginLoader(Generation generation) {
        this.generation = generation;
    }

    /**
     * Loads plugins. What is wrong with one of them is not an exception but a problem of the catalog.
     *
     * @param folders the plugin folders; one that is named twice is read once
     * @param copies the folder for the copies of the jars, which must not exist yet; the catalog deletes it when it is
     *     closed
     * @throws IOException if the folder for the copies cannot be made
     */
    public static PluginCatalog load(List<Path> folders, Path copies) throws IOException {
        PluginLoader loader = new PluginLoader(new Generation(copies));
        return loader.load(folders);
    }

    private PluginCatalog load(List<Path> folders) {
        Map<String, Path> broken = new TreeMap<>();
        Resolution resolution = PluginGraph.resolve(read(folders, broken), broken);
        problems.addAll(resolution.problems());
        List<LoadedPlugin> loaded = load(resolution);
        return new PluginCatalog(TypeIndex.withUniqueAliases(loaded, problems), problems, generation);
    }

    private List<InstalledPlugin> read(List<Path> folders, Map<String, Path> broken) {
        List<InstalledPlugin> installed = new ArrayList<>();
        int number = 0;
        for (Location location : locations(folders)) {
            Path copies = generation.folderOf(number++ + "-" + location.name());
            PluginReader reader = new PluginReader(location, copies, problems);
            InstalledPlugin plugin = reader.read();
            if (plugin == null) {
                broken.put(reader.supposedId(), location.path());
            } else {
                installed.add(plugin);
            }
        }
        return installed;
    }

    private List<Location> locations(List<Path> folders) {
        List<Location> locations = new ArrayList<>();
        Set<Path> scanned = new HashSet<>();
        for (Path folder : folders) {
            if (scanned.add(folder.toAbsolutePath().normalize())) {
                locations.addAll(PluginFolder.scan(folder, problems));
            }
        }
        return locations;
    }

    private List<LoadedPlugin> load(Resolution resolution) {
        List<LoadedPlugin> loaded = new ArrayList<>();
        Map<String, Path> unusable = new HashMap<>();
        for (InstalledPlugin plugin : resolution.order()) {
            try {
                requireNoneOf(unusable, plugin);
                loaded.add(FactoryLoader.load(plugin.manifest(), generation.add(plugin)));
            } catch (UnusablePluginException unusablePlugin) {
                unusable.put(plugin.id(), plugin.file());
                problems.add(plugin.problem(unusablePlugin.reason()));
            }
        }
        return loaded;
    }

    private static void requireNoneOf(Map<String, Path> unusable, InstalledPlugin plugin)
            throws UnusablePluginException {
        for (Requirement requirement : plugin.manifest().requires()) {
            Path file = unusable.get(requirement.id());
            if (file != null) {
                throw new UnusablePluginException(InstalledPlugin.notLoaded(requirement.id(), file));
            }
        }
    }
}

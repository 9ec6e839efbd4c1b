package dev.millrace.core.plugin;

import dev.millrace.core.plugin.PluginFolder.Location;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import org.jspecify.annotations.Nullable;

/** Copies the jars of one location and reads the copies: what is checked is what is loaded later. */
final class PluginReader {
    private final Location location;
    private final Path folder;
    private final Collection<PluginProblem> problems;

    /** The jars that have a plugin ID, with their manifests. */
    private final Map<Path, Attributes> plugins = new HashMap<>();

    private final List<Path> copies = new ArrayList<>();
    private final Map<String, Path> packages = new HashMap<>();
    private String supposedId;

    /**
     * A reader.
     *
     * @param folder where the copies go; created
     * @param problems where what is wrong is reported
     */
    PluginReader(Location location, Path folder, Collection<PluginProblem> problems) {
        this.location = location;
        this.folder = folder;
        this.problems = problems;
        supposedId = location.name();
    }

    /** Reads the plugin; null if something was reported. */
    @Nullable
    InstalledPlugin read() {
        boolean readable = true;
        for (Path jar : location.jars()) {
            readable &= readJar(jar);
        }
        if (!readable) {
            return null;
        }
        if (plugins.isEmpty()) {
            report(location.path() + ": " + noPlugin());
            return null;
        }
        if (plugins.size() > 1) {
            report(location.path() + ": " + plugins.size() + " of its jars have a " + ManifestReader.ID
                    + " in their manifests (" + fileNames() + "): give each plugin a folder of its own");
            return null;
        }
        Map.Entry<Path, Attributes> plugin = plugins.entrySet().iterator().next();
        supposedId = ManifestReader.value(plugin.getValue(), ManifestReader.ID);
        PluginManifest manifest = ManifestReader.read(plugin.getKey(), plugin.getValue(), this::report);
        return manifest == null ? null : new InstalledPlugin(manifest, copies, packages);
    }

    /** The plugin's ID if it is known after reading, else the name of its jar or folder. */
    String supposedId() {
        return supposedId;
    }

    private boolean readJar(Path jar) {
        Path copy = folder.resolve(jar.getFileName().toString());
        try {
            Files.createDirectories(folder);
            Files.copy(jar, copy);
        } catch (IOException failure) {
            report(jar + ": cannot be copied to " + folder + " (" + IoReason.of(failure)
                    + "): correct permissions or free space");
            return false;
        }
        try {
            JarContents contents = JarContents.read(copy);
            copies.add(copy);
            contents.packages().forEach(name -> packages.putIfAbsent(name, jar));
            if (!ManifestReader.value(contents.attributes(), ManifestReader.ID).isEmpty()) {
                plugins.put(jar, contents.attributes());
            }
            return true;
        } catch (IOException corrupt) {
            report(jar + ": not a readable jar (" + IoReason.of(corrupt) + "): replace it with a complete copy");
            return false;
        }
    }

    private String noPlugin() {
        if (location.jars().contains(location.path())) {
            return "the manifest has no " + ManifestReader.ID
                    + ", so it is no plugin: remove it, or move it into the folder of the plugin that needs it";
        }
        return "none of its jars has a " + ManifestReader.ID
                + " in its manifest: add the plugin's own jar, or remove the folder";
    }

    private String fileNames() {
        List<String> names = plugins.keySet().stream()
                .map(jar -> jar.getFileName().toString())
                .sorted()
                .toList();
        return String.join(", ", names);
    }

    private void report(String message) {
        problems.add(PluginProblem.of(supposedId, message));
    }
}

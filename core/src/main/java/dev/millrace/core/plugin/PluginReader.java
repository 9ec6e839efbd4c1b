package dev.millrace.core.plugin;

import dev.millrace.core.message.Wording;
import dev.millrace.core.plugin.PluginFolder.Location;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import org.jspecify.annotations.Nullable;

/** Copies the jars of one location and reads the copies: what is checked is what is loaded later. */
final class PluginReader {
    private final Location location;
    private final JarCopies copies;
    private final PluginPins pins;
    private final Collection<PluginProblem> problems;

    /** The jars that have a plugin ID, with their manifests. */
    private final Map<Path, Attributes> plugins = new HashMap<>();

    private final Map<String, Path> packages = new HashMap<>();
    private String supposedId;

    /**
     * A reader.
     *
     * @param copies where the copies go
     * @param pins which jars may be loaded
     * @param problems where what is wrong is reported
     */
    PluginReader(Location location, JarCopies copies, PluginPins pins, Collection<PluginProblem> problems) {
        this.location = location;
        this.copies = copies;
        this.pins = pins;
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
            boolean jar = location.jars().contains(location.path());
            report((jar ? PluginMessage.NO_PLUGIN : PluginMessage.NO_PLUGIN_IN_FOLDER).with(location.path()));
            return null;
        }
        if (plugins.size() > 1) {
            report(PluginMessage.PLUGINS_IN_ONE_FOLDER.with(location.path(), plugins.size(), fileNames()));
            return null;
        }
        Map.Entry<Path, Attributes> plugin = plugins.entrySet().iterator().next();
        supposedId = ManifestReader.value(plugin.getValue(), ManifestReader.ID);
        PluginManifest manifest = ManifestReader.read(plugin.getKey(), plugin.getValue(), this::report);
        if (manifest == null || !pins.allow(location, copies, this::report)) {
            return null;
        }
        return new InstalledPlugin(location, manifest, copies, packages);
    }

    /** The plugin's ID if it is known after reading, else the name of its jar or folder. */
    String supposedId() {
        return supposedId;
    }

    private boolean readJar(Path jar) {
        Path copy;
        try {
            copy = copies.add(jar);
        } catch (IOException failure) {
            report(PluginMessage.JAR_NOT_COPIED.with(jar + ":", copies.folder(), IoReason.of(failure)));
            return false;
        }
        try {
            JarContents contents = JarContents.read(copy);
            contents.packages().forEach(name -> packages.putIfAbsent(name, jar));
            if (!ManifestReader.value(contents.attributes(), ManifestReader.ID).isEmpty()) {
                plugins.put(jar, contents.attributes());
            }
            return true;
        } catch (IOException corrupt) {
            report(PluginMessage.JAR_UNREADABLE.with(jar, IoReason.of(corrupt)));
            return false;
        }
    }

    private String fileNames() {
        List<String> names = plugins.keySet().stream()
                .map(jar -> jar.getFileName().toString())
                .sorted()
                .toList();
        return String.join(", ", names);
    }

    private void report(Wording wording) {
        problems.add(PluginProblem.of(supposedId, wording));
    }
}

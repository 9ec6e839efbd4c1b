package dev.millrace.core.plugin;

import dev.millrace.core.plugin.PluginFolder.Location;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a jar, or a folder of jars, says it is, before it is put into a plugin folder.
 *
 * @param id the plugin's ID
 * @param version its version
 */
public record PluginName(String id, Version version) {
    /**
     * Reads it.
     *
     * @throws IOException if it is no plugin, in words for the user
     */
    public static PluginName of(Path jarOrFolder) throws IOException {
        List<PluginProblem> problems = new ArrayList<>();
        Path copies = Files.createTempDirectory("millrace-plugin");
        JarCopies copied = new JarCopies(copies);
        try {
            InstalledPlugin plugin = new PluginReader(location(jarOrFolder), copied, PluginPins.NONE, problems).read();
            if (plugin == null) {
                throw new IOException(
                        problems.isEmpty()
                                ? jarOrFolder + ": is no plugin"
                                : problems.get(0).message());
            }
            return new PluginName(plugin.id(), plugin.manifest().version());
        } finally {
            copied.delete();
        }
    }

    private static Location location(Path jarOrFolder) throws IOException {
        if (!Files.isDirectory(jarOrFolder)) {
            return new Location(jarOrFolder, List.of(jarOrFolder));
        }
        try (Stream<Path> files = Files.list(jarOrFolder)) {
            return new Location(
                    jarOrFolder,
                    files.filter(file -> file.toString().endsWith(".jar"))
                            .sorted()
                            .toList());
        }
    }

    @Override
    public String toString() {
        return id + " " + version;
    }
}

package dev.millrace.core.plugin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where plugins are, and which of them may be loaded.
 *
 * @param folders the plugin folders; one that is named twice is read once
 * @param pins what is known of their jars
 * @param without jars and folders of plugins that are not looked at
 */
public record PluginSources(List<Path> folders, PluginPins pins, Set<Path> without) {
    public PluginSources {
        folders = List.copyOf(folders);
        without =
                without.stream().map(path -> path.toAbsolutePath().normalize()).collect(Collectors.toUnmodifiableSet());
    }

    /** Folders with pins, all of whose plugins are looked at. */
    public PluginSources(List<Path> folders, PluginPins pins) {
        this(folders, pins, Set.of());
    }

    /** The same without one jar or folder of a plugin, as if it were not there. */
    public PluginSources without(Path location) {
        return new PluginSources(folders, pins, Set.of(location));
    }

    /** The same with one more folder. */
    public PluginSources with(Path folder) {
        return new PluginSources(
                Stream.concat(folders.stream(), Stream.of(folder)).toList(), pins, without);
    }

    /** For each jar in plugin folders what changes when the file is written or replaced, without reading it. */
    public static Map<Path, String> stamps(List<Path> folders) {
        Map<Path, String> stamps = new HashMap<>();
        for (Path folder : folders) {
            PluginFolder.scan(folder, (path, why) -> {})
                    .forEach(location -> location.jars().forEach(jar -> stamps.put(jar, stamp(jar))));
        }
        return stamps;
    }

    private static String stamp(Path jar) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(jar, BasicFileAttributes.class);
            return attributes.size() + " " + attributes.lastModifiedTime() + " " + attributes.fileKey();
        } catch (IOException gone) {
            return "";
        }
    }

    /** Folders with any jars. */
    public static PluginSources of(List<Path> folders) {
        return new PluginSources(folders, PluginPins.NONE);
    }
}

package dev.millrace.core.plugin;

import dev.millrace.core.message.Wording;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/**
 * A folder that holds plugins: each is a jar, or a folder with the plugin's jar and its private libraries.
 *
 * <p>Other files are not looked at, nor are names that begin with a dot.
 */
final class PluginFolder {
    /** The folder that Linux makes at the top of a volume. */
    private static final String LOST_AND_FOUND = "lost+found";

    private PluginFolder() {}

    /**
     * Lists what may be plugins, sorted by name.
     *
     * @param unseen told of folders that cannot be read, and why
     */
    static List<Location> scan(Path folder, BiConsumer<Path, Wording> unseen) {
        if (!Files.isDirectory(folder)) {
            PluginMessage what =
                    Files.exists(folder) ? PluginMessage.FOLDER_NOT_A_FOLDER : PluginMessage.FOLDER_MISSING;
            unseen.accept(folder, what.with(folder));
            return List.of();
        }
        List<Location> locations = new ArrayList<>();
        for (Path path : list(folder, unseen)) {
            if (isJar(path)) {
                locations.add(new Location(path, List.of(path)));
            } else if (Files.isDirectory(path) && !path.endsWith(LOST_AND_FOUND)) {
                List<Path> jars =
                        list(path, unseen).stream().filter(PluginFolder::isJar).toList();
                if (!jars.isEmpty()) {
                    locations.add(new Location(path, jars));
                }
            }
        }
        return locations;
    }

    private static List<Path> list(Path folder, BiConsumer<Path, Wording> unseen) {
        try (Stream<Path> paths = Files.list(folder)) {
            return paths.filter(path -> !path.getFileName().toString().startsWith("."))
                    .sorted(Comparator.comparing(path -> path.getFileName().toString()))
                    .toList();
        } catch (IOException unreadable) {
            unseen.accept(folder, PluginMessage.FOLDER_UNREADABLE.with(folder, IoReason.of(unreadable)));
            return List.of();
        }
    }

    private static boolean isJar(Path path) {
        return path.getFileName().toString().endsWith(".jar") && Files.isRegularFile(path);
    }

    /**
     * Where a plugin may be.
     *
     * @param path its jar or its folder
     * @param jars its jars, sorted by name
     */
    record Location(Path path, List<Path> jars) {
        /** The name without {@code .jar}, which is the plugin's ID by convention. */
        String name() {
            String name = path.getFileName().toString();
            return name.endsWith(".jar") ? name.substring(0, name.length() - ".jar".length()) : name;
        }

        /** Whether it is this folder or lies in it. */
        boolean isIn(Path folder) {
            return path.equals(folder) || folder.equals(path.getParent());
        }

        /** One of its jars by file name. */
        Path file(String jar) {
            return path.resolveSibling(pinName(jar));
        }

        /** How pins name one of its jars: by its path below the plugin folder. */
        String pinName(String jar) {
            String name = path.getFileName().toString();
            return jars.contains(path) ? name : name + "/" + jar;
        }
    }
}

package dev.millrace.core.plugin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The plugin folders that held plugins when they were looked at last. It tells a folder that somebody emptied from the place
 * where a volume was mounted. Not thread-safe.
 */
final class SeenFolders {
    private final Map<Path, Object> keys = new HashMap<>();

    /** A folder holds plugins. */
    void filled(Path folder) {
        Object key = key(folder);
        if (key == null) {
            keys.remove(folder);
        } else {
            keys.put(folder, key);
        }
    }

    /** Whether a folder is not the one that held plugins, although it has the same name. */
    boolean isAnother(Path folder) {
        Object before = keys.get(folder);
        Object now = key(folder);
        return before != null && now != null && !before.equals(now);
    }

    /* Device and inode; null where the file system has none, or there is no folder. */
    private static @Nullable Object key(Path folder) {
        try {
            return Files.readAttributes(folder, BasicFileAttributes.class).fileKey();
        } catch (IOException gone) {
            return null;
        }
    }
}

package dev.millrace.core.host;

import dev.millrace.core.plugin.PluginSources;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Notices jars that were added, replaced or removed in plugin folders. As with the configuration, a change counts when two
 * looks agree, so that a jar in the middle of a copy is left alone. Not thread-safe.
 */
final class JarWatch {
    private final Supplier<List<Path>> folders;
    private Map<Path, String> taken;
    private Map<Path, String> last;
    private boolean settled = true;

    /**
     * A watch that knows what is there now.
     *
     * @param folders the folders that are watched
     */
    JarWatch(Supplier<List<Path>> folders) {
        this.folders = folders;
        this.taken = PluginSources.stamps(folders.get());
        this.last = taken;
    }

    /** Looks, and says whether there is a settled change since the last one that was reported. */
    boolean changed() {
        Map<Path, String> now = PluginSources.stamps(folders.get());
        settled = now.equals(last);
        last = now;
        if (!settled || now.equals(taken)) {
            return false;
        }
        taken = now;
        return true;
    }

    /** Whether the last look saw something else than the one before it. */
    boolean unsettled() {
        return !settled;
    }

    /** The jars are about to be taken as they are: what is there from now on is no change. */
    void taken() {
        taken = PluginSources.stamps(folders.get());
        last = taken;
        settled = true;
    }
}

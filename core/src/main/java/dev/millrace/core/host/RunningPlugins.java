package dev.millrace.core.host;

import dev.millrace.core.calls.PluginCalls;
import dev.millrace.core.config.HostSettings;
import dev.millrace.core.files.FileTree;
import dev.millrace.core.plugin.ClosedPlugin;
import dev.millrace.core.plugin.PluginCatalog;
import dev.millrace.core.plugin.PluginLoader;
import dev.millrace.core.plugin.PluginProblem;
import dev.millrace.core.plugin.PluginSources;
import dev.millrace.spi.metrics.Metrics;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The plugins of the running host, taken anew at each reload. What a reload replaced is closed when no pipeline uses it any
 * more, and watched until it has left the memory. Used by the host's control thread only.
 */
final class RunningPlugins implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("dev.millrace.host");

    private final Folders folders;
    private final PluginLoader loader;
    private final UnloadWatch unloading;
    private List<PluginProblem> reported = List.of();
    private @Nullable Prepared prepared;
    private volatile int loaded;

    /** What was loaded before it was asked for. */
    private record Prepared(PluginSources sources, Map<Path, String> stamps, PluginCatalog catalog) {
        boolean isOf(PluginSources now) {
            return sources.equals(now) && stamps.equals(PluginSources.stamps(now.folders()));
        }
    }

    /** Loads nothing yet; what an earlier host left in the folder of the copies is deleted. */
    RunningPlugins(Folders folders, Path copies, UnloadWatch unloading, PluginCalls calls, Metrics metrics)
            throws IOException {
        this.folders = folders;
        this.unloading = unloading;
        FileTree.delete(copies);
        loader = new PluginLoader(copies, calls);
        String help = "Plugins in the memory: loaded ones, those that were replaced or removed a moment ago, and those"
                + " among these that should be gone by now.";
        metrics.gauge("millrace_plugins", help, () -> loaded, "state", "loaded");
        metrics.gauge("millrace_plugins", help, unloading::unloading, "state", "unloading");
        metrics.gauge("millrace_plugins", help, unloading::leaked, "state", "leaked");
    }

    /** Loads what is in the folders now, for the first {@link #take}. */
    void prepare(HostSettings settings) {
        PluginSources sources = Plugins.sources(folders, settings);
        prepared = new Prepared(sources, PluginSources.stamps(sources.folders()), loader.load(sources));
    }

    /** Takes what is in the folders now. */
    PluginCatalog take(HostSettings settings) {
        PluginSources sources = Plugins.sources(folders, settings);
        PluginCatalog catalog = prepared != null && prepared.isOf(sources) ? prepared.catalog() : loader.load(sources);
        prepared = null;
        if (!catalog.problems().equals(reported)) {
            reported = catalog.problems();
            reported.forEach(problem -> LOG.error("{}", problem.message()));
        }
        loaded = catalog.plugins().size();
        return catalog;
    }

    /** Looks at what {@link #take} would give. */
    <T> T preview(HostSettings settings, Function<PluginCatalog, T> look) {
        return loader.preview(Plugins.sources(folders, settings), look);
    }

    /**
     * Closes what was replaced and is not used, and looks after what was closed.
     *
     * @param used the class loaders of the plugins that pipelines use
     */
    void release(Set<ClassLoader> used) {
        for (ClosedPlugin closed : loader.release(used)) {
            LOG.info("plugin {} {} is no longer used, and was unloaded", closed.id(), closed.version());
            unloading.add(closed);
        }
        unloading.look();
    }

    @Override
    public void close() {
        loader.close();
    }
}

package dev.millrace.core.cli;

import dev.millrace.core.config.HostSettings;
import dev.millrace.core.config.Problems;
import dev.millrace.core.host.ExitCode;
import dev.millrace.core.host.Folders;
import dev.millrace.core.host.Plugins;
import dev.millrace.core.logging.Logging;
import dev.millrace.core.plugin.LoadedPlugin;
import dev.millrace.core.plugin.PluginCatalog;
import dev.millrace.core.plugin.PluginFolderLock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.event.Level;

/**
 * What is installed, as a command sees it.
 *
 * @param folders where it is
 * @param settings the settings of the host
 * @param catalog the plugins
 */
record InstalledPlugins(Folders folders, HostSettings settings, PluginCatalog catalog) implements AutoCloseable {
    /** What a command does with them; it returns an exit code. */
    @FunctionalInterface
    interface Use {
        int apply(InstalledPlugins plugins) throws Exception;
    }

    /** Looks at the folders, uses what is there, and returns the exit code; problems of the settings are told. */
    static int with(Folders folders, Use use) throws Exception {
        return with(folders, settings -> List.of(), use);
    }

    /** The same for a command that changes what is there: no other one does at the same time. */
    static int change(Folders folders, Use use) throws Exception {
        return with(folders, settings -> Plugins.all(folders, settings), use);
    }

    private static int with(Folders folders, Function<HostSettings, List<Path>> locked, Use use) throws Exception {
        Logging.start(Logging.Format.TEXT, Level.WARN);
        Problems problems = new Problems();
        Optional<HostSettings> read =
                HostSettings.read(folders.conf().resolve("millrace.yaml"), System::getenv, problems);
        if (read.isEmpty()) {
            System.err.print(problems);
            return ExitCode.CONFIGURATION.code();
        }
        HostSettings settings = read.get();
        PluginFolderLock lock = PluginFolderLock.take(locked.apply(settings));
        try (InstalledPlugins plugins =
                new InstalledPlugins(folders, settings, Plugins.loadTemporarily(folders, settings))) {
            return use.apply(plugins);
        } finally {
            lock.close();
        }
    }

    /** The plugin with an ID, also where its pin does not allow to use it. */
    Optional<LoadedPlugin> find(String id) throws IOException {
        try (PluginCatalog unpinned = Plugins.loadUnpinned(folders, settings)) {
            return unpinned.plugins().stream()
                    .filter(plugin -> plugin.id().equals(id))
                    .findFirst();
        }
    }

    @Override
    public void close() {
        catalog.close();
    }
}

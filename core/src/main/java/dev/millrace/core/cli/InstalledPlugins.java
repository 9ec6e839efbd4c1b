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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
        Logging.start(Logging.Format.TEXT, Level.WARN);
        Optional<InstalledPlugins> installed = of(folders);
        if (installed.isEmpty()) {
            return ExitCode.CONFIGURATION.code();
        }
        try (InstalledPlugins plugins = installed.get()) {
            return use.apply(plugins);
        }
    }

    /** The same for a command that changes what is there: no other one does at the same time. */
    static int change(Folders folders, Use use) throws Exception {
        PluginFolderLock lock = PluginFolderLock.take(allFolders(folders));
        try {
            return with(folders, use);
        } finally {
            lock.close();
        }
    }

    /** All plugin folders, with those that {@code millrace.yaml} names, unless it has problems. */
    static List<Path> allFolders(Folders folders) {
        List<Path> all = new ArrayList<>(folders.plugins());
        read(folders, new Problems())
                .ifPresent(settings -> settings.plugins()
                        .folders()
                        .forEach(more -> all.add(folders.conf().resolve(more))));
        return all;
    }

    private static Optional<HostSettings> read(Folders folders, Problems problems) {
        return HostSettings.read(folders.conf().resolve("millrace.yaml"), System::getenv, problems);
    }

    /**
     * Looks at the folders.
     *
     * @return empty where {@code millrace.yaml} has problems, which are told
     */
    static Optional<InstalledPlugins> of(Folders folders) throws IOException {
        Problems problems = new Problems();
        Optional<HostSettings> settings = read(folders, problems);
        if (settings.isEmpty()) {
            System.err.print(problems);
            return Optional.empty();
        }
        return Optional.of(
                new InstalledPlugins(folders, settings.get(), Plugins.loadTemporarily(folders, settings.get())));
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

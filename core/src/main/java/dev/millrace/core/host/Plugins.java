package dev.millrace.core.host;

import dev.millrace.core.calls.Deadlines;
import dev.millrace.core.calls.PluginCalls;
import dev.millrace.core.config.HostFile;
import dev.millrace.core.config.HostSettings;
import dev.millrace.core.plugin.PluginCatalog;
import dev.millrace.core.plugin.PluginLoader;
import dev.millrace.core.plugin.PluginPins;
import dev.millrace.core.plugin.PluginSources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Loads the plugins that a host's folders and settings name. */
public final class Plugins {
    /* Of commands: what hangs is over with the process. */
    static final PluginCalls CALLS = new PluginCalls(1, Deadlines.DEFAULT);

    private Plugins() {}

    /** Loads with copies in a temporary folder, for commands that take no lock; closing the catalog deletes them. */
    public static PluginCatalog loadTemporarily(Folders folders, HostSettings settings) throws IOException {
        return loadTemporarily(sources(folders, settings));
    }

    /** The same with all plugins that are there, whatever is pinned. */
    public static PluginCatalog loadUnpinned(Folders folders, HostSettings settings) throws IOException {
        return loadTemporarily(PluginSources.of(all(folders, settings)));
    }

    static PluginCatalog loadTemporarily(PluginSources sources) throws IOException {
        Path copies = Files.createTempDirectory("millrace-plugins");
        Files.delete(copies); // the loader makes it
        return PluginLoader.load(sources, copies, CALLS);
    }

    /** Where plugins are, and which of them may be loaded. */
    static PluginSources sources(Folders folders, HostSettings settings) {
        HostSettings.Plugins plugins = settings.plugins();
        boolean required = plugins.verify() == HostSettings.Verify.REQUIRED;
        return new PluginSources(all(folders, settings), new PluginPins(required, plugins.sha256()));
    }

    /** The same where there may be no settings, because they have problems. */
    static PluginSources sources(Folders folders, Optional<HostFile> host) {
        return host.map(file -> sources(folders, file.settings())).orElse(PluginSources.of(folders.plugins()));
    }

    /** All folders of plugins, with those that the settings name. */
    public static List<Path> all(Folders folders, HostSettings settings) {
        List<Path> all = new ArrayList<>(folders.plugins());
        for (String more : settings.plugins().folders()) {
            all.add(folders.conf().resolve(more));
        }
        return List.copyOf(all);
    }
}

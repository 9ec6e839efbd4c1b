package dev.millrace.core.cli;

import dev.millrace.core.host.ExitCode;
import dev.millrace.core.plugin.LoadedPlugin;
import dev.millrace.core.plugin.PluginCatalog;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists the plugins that can be used, and what is wrong with the others. */
@Command(
        name = "list",
        description = "List the plugins that can be used, and what is wrong with the others.",
        mixinStandardHelpOptions = true)
final class PluginsListCommand implements Callable<Integer> {
    @Mixin
    private FolderOptions options = new FolderOptions();

    @Override
    public Integer call() throws Exception {
        return InstalledPlugins.with(options.folders(), this::call);
    }

    private int call(InstalledPlugins plugins) throws Exception {
        PluginCatalog catalog = plugins.catalog();
        System.out.printf("%-24s %-10s %-14s %s%n", "ID", "VERSION", "KIND", "FILE");
        for (LoadedPlugin plugin : catalog.plugins()) {
            System.out.printf(
                    "%-24s %-10s %-14s %s%n",
                    plugin.id(), plugin.version(), plugin.role().name().toLowerCase(Locale.ROOT), plugin.file());
        }
        catalog.problems().forEach(problem -> System.err.println(problem.message()));
        return catalog.problems().isEmpty() ? ExitCode.OK.code() : ExitCode.CONFIGURATION.code();
    }
}

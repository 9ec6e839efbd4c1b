package dev.millrace.core.cli;

import dev.millrace.core.host.ExitCode;
import dev.millrace.core.plugin.LoadedPlugin;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Installs a plugin. */
@Command(
        name = "install",
        description = "Install a plugin. A collector that runs takes it at once.",
        mixinStandardHelpOptions = true)
final class PluginsInstallCommand implements Callable<Integer> {
    @Mixin
    private FolderOptions options = new FolderOptions();

    @Mixin
    private PluginSource source = new PluginSource();

    @Override
    public Integer call() throws Exception {
        return InstalledPlugins.change(options.folders(), this::call);
    }

    private int call(InstalledPlugins plugins) throws Exception {
        try (PluginSource.Staged staged =
                source.stage(plugins.settings().plugins().repository())) {
            Optional<LoadedPlugin> present = plugins.find(staged.name().id());
            if (present.isPresent()) {
                System.err.println(CommandMessage.PLUGIN_INSTALLED.line(present.get()));
                return ExitCode.CONFIGURATION.code();
            }
            return new PluginExchange(plugins.folders(), "installed " + staged.name()).make(null, staged.plugin());
        }
    }
}

package dev.millrace.core.cli;

import dev.millrace.core.host.ExitCode;
import dev.millrace.core.plugin.LoadedPlugin;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Replaces a plugin by another version of it. */
@Command(
        name = "upgrade",
        description =
                "Replace a plugin by another version of it, newer or older. Pipelines of a collector that runs go over"
                        + " to it and lose nothing; where that fails, the old one stays.",
        mixinStandardHelpOptions = true)
final class PluginsUpgradeCommand implements Callable<Integer> {
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
            if (present.isEmpty()) {
                System.err.println(
                        CommandMessage.PLUGIN_NOT_UPGRADABLE.line(staged.name().id()));
                return ExitCode.CONFIGURATION.code();
            }
            String done = "upgraded " + staged.name() + " from " + present.get().version();
            return new PluginExchange(plugins.folders(), done)
                    .make(present.get().place(), staged.plugin());
        }
    }
}

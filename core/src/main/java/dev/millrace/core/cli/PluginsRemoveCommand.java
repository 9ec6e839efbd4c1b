package dev.millrace.core.cli;

import dev.millrace.core.host.ExitCode;
import dev.millrace.core.message.Template;
import dev.millrace.core.plugin.LoadedPlugin;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Removes a plugin that nothing uses. */
@Command(
        name = "remove",
        description = "Remove a plugin that no pipeline and no other plugin uses.",
        mixinStandardHelpOptions = true)
final class PluginsRemoveCommand implements Callable<Integer> {
    @Mixin
    private FolderOptions options = new FolderOptions();

    @Parameters(paramLabel = "ID", description = "The plugin's ID, as 'millrace plugins list' shows it.")
    private String id = "";

    @Override
    public Integer call() throws Exception {
        return InstalledPlugins.change(options.folders(), this::call);
    }

    private int call(InstalledPlugins plugins) throws Exception {
        Optional<LoadedPlugin> present = plugins.find(id);
        if (present.isEmpty()) {
            String remedy = Template.remedy("'millrace plugins list' shows those that are");
            System.err.println(CommandMessage.PLUGIN_UNKNOWN.line(id, remedy));
            return ExitCode.CONFIGURATION.code();
        }
        String done = "removed " + id + " " + present.get().version();
        return new PluginExchange(plugins.folders(), done).make(present.get().place(), null);
    }
}

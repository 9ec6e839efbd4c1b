package dev.millrace.core.cli;

import dev.millrace.core.config.Suggestion;
import dev.millrace.core.description.Description;
import dev.millrace.core.description.ReferencePages;
import dev.millrace.core.host.Descriptions;
import dev.millrace.core.host.ExitCode;
import dev.millrace.core.plugin.LoadedPlugin;
import dev.millrace.core.plugin.PluginCatalog;
import dev.millrace.core.plugin.PluginProblem;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Describes a plugin: where it comes from, and what can be configured. */
@Command(
        name = "describe",
        description = "Describe a plugin: where it comes from, whether it can be used, and its keys in a pipeline.",
        mixinStandardHelpOptions = true)
final class PluginsDescribeCommand implements Callable<Integer> {
    @Mixin
    private FolderOptions options = new FolderOptions();

    @Option(names = "--markdown", description = "Print the plugin's page as in docs/reference.")
    private boolean markdown;

    @Parameters(paramLabel = "ID", description = "The plugin's ID, as 'millrace plugins list' shows it, or an alias.")
    private String id = "";

    @Override
    public Integer call() throws Exception {
        return InstalledPlugins.with(options.folders(), this::call);
    }

    private int call(InstalledPlugins plugins) throws Exception {
        PluginCatalog catalog = plugins.catalog();
        String known = catalog.ofType(id).map(LoadedPlugin::id).orElse(id);
        Optional<LoadedPlugin> loaded = catalog.plugins().stream()
                .filter(plugin -> plugin.id().equals(known))
                .findFirst();
        List<PluginProblem> problems = catalog.problemsOf(known);
        Optional<LoadedPlugin> present = loaded.isPresent() ? loaded : plugins.find(known);
        if (present.isPresent()) {
            Description description = Descriptions.of(catalog);
            boolean usable = loaded.isPresent() && description.problemOf(known).isEmpty();
            System.out.print(
                    markdown
                            ? ReferencePages.of(description, present.get())
                            : PluginText.of(present.get(), usable ? "usable" : "cannot be used", description));
            description.problemOf(known).ifPresent(System.err::println);
            problems.forEach(problem -> System.err.println(problem.message()));
            return usable && problems.isEmpty() ? ExitCode.OK.code() : ExitCode.CONFIGURATION.code();
        }
        if (problems.isEmpty()) {
            System.err.println(CommandMessage.PLUGIN_UNKNOWN.line(id, Suggestion.of(id, names(catalog))));
        }
        problems.forEach(problem -> System.err.println(problem.message()));
        return ExitCode.CONFIGURATION.code();
    }

    private static Set<String> names(PluginCatalog catalog) {
        Set<String> names = new TreeSet<>(catalog.types());
        catalog.plugins().forEach(plugin -> names.add(plugin.id()));
        return names;
    }
}

package dev.millrace.core.plugin;

import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The plugins that were loaded together, and the problems of those that were not. Immutable and thread-safe.
 *
 * <p>Once it is closed, no component of its plugins may run any more.
 */
public final class PluginCatalog implements AutoCloseable {
    private final List<LoadedPlugin> plugins;
    private final Map<String, LoadedPlugin> types;
    private final List<PluginProblem> problems;
    private final PluginLoader loader;

    PluginCatalog(List<LoadedPlugin> plugins, Collection<PluginProblem> problems, PluginLoader loader) {
        this.plugins =
                plugins.stream().sorted(Comparator.comparing(LoadedPlugin::id)).toList();
        this.types = Collections.unmodifiableMap(TypeIndex.of(plugins));
        this.problems = List.copyOf(problems);
        this.loader = loader;
    }

    /** All plugins, libraries included, sorted by ID. */
    public List<LoadedPlugin> plugins() {
        return plugins;
    }

    /** The plugin that makes components of a type; it has a factory. */
    public Optional<LoadedPlugin> ofType(String idOrAlias) {
        return Optional.ofNullable(types.get(idOrAlias));
    }

    /** Everything that may stand behind {@code Type}, sorted: IDs and aliases. */
    public Set<String> types() {
        return types.keySet();
    }

    /** What is wrong with what lies in the plugin folders. */
    public List<PluginProblem> problems() {
        return problems;
    }

    /** Why a plugin is not here, or not under all its names; empty if it is not installed or nothing is wrong. */
    public List<PluginProblem> problemsOf(String id) {
        return problems.stream()
                .filter(problem -> problem.plugins().contains(id))
                .toList();
    }

    /** All problems as one text, a line each; empty if there are none. */
    public String report() {
        if (problems.isEmpty()) {
            return "";
        }
        return problems.stream()
                .map(PluginProblem::message)
                .collect(Collectors.joining(
                        "\n  ",
                        problems.size() == 1 ? "1 plugin problem:\n  " : problems.size() + " plugin problems:\n  ",
                        ""));
    }

    /** Closes what loaded the plugins, with all that it has loaded. */
    @Override
    public void close() {
        loader.close();
    }
}

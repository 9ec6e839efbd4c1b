package dev.millrace.core.plugin;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Which plugin answers to a {@code Type}: the one with that ID, or the only one with that alias.
 *
 * <p>An alias that is another plugin's ID, or that two plugins claim, is reported and belongs to none of those that
 * claim it as an alias; the plugins themselves are not affected.
 */
final class TypeIndex {
    private TypeIndex() {}

    /**
     * Takes away the aliases that are not unique.
     *
     * @param problems where they are reported
     */
    static List<LoadedPlugin> withUniqueAliases(List<LoadedPlugin> plugins, Collection<PluginProblem> problems) {
        Map<String, List<LoadedPlugin>> claims = new TreeMap<>();
        for (LoadedPlugin plugin : plugins) {
            claims.computeIfAbsent(plugin.id(), any -> new ArrayList<>()).add(plugin);
        }
        for (LoadedPlugin plugin : plugins) {
            for (String alias : plugin.aliases()) {
                claims.computeIfAbsent(alias, any -> new ArrayList<>()).add(plugin);
            }
        }
        claims.values().removeIf(claimants -> claimants.size() == 1);
        claims.forEach((name, claimants) -> problems.add(problem(name, claimants)));
        return plugins.stream()
                .map(plugin -> plugin.withAliases(plugin.aliases().stream()
                        .filter(alias -> !claims.containsKey(alias))
                        .toList()))
                .toList();
    }

    private static PluginProblem problem(String name, List<LoadedPlugin> claimants) {
        String claims = claimants.stream()
                .map(plugin -> plugin.id() + " (" + plugin.file() + ")")
                .collect(Collectors.joining(" and "));
        String owner = claimants.get(0).id().equals(name) ? "only the plugin with this ID" : "neither";
        return new PluginProblem(
                claimants.stream().map(LoadedPlugin::id).toList(),
                PluginMessage.TYPE_CLAIMED.with(name, claims, owner));
    }

    /** The plugins that make components, by ID and alias. */
    static Map<String, LoadedPlugin> of(List<LoadedPlugin> plugins) {
        Map<String, LoadedPlugin> index = new TreeMap<>();
        for (LoadedPlugin plugin : plugins) {
            if (plugin.factory().isPresent()) {
                index.put(plugin.id(), plugin);
                plugin.aliases().forEach(alias -> index.put(alias, plugin));
            }
        }
        return index;
    }
}

package dev.millrace.core.plugin;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The installed plugins and what they require of each other, resolved from manifests alone.
 *
 * <p>Every problem is found in one pass. A plugin that has one, or requires a plugin that has one, is left out; the
 * others are not affected.
 */
final class PluginGraph {
    private final List<PluginProblem> problems = new ArrayList<>();

    /** The plugins that are installed once, sorted by ID. */
    private final Map<String, InstalledPlugin> plugins = new TreeMap<>();

    /** What is there and cannot be loaded, by ID: broken jars and duplicates. */
    private final Map<String, Path> unusable;

    /** The IDs of the plugins that have a problem of their own. */
    private final Set<String> faulty = new HashSet<>();

    private final List<InstalledPlugin> requiredFirst = new ArrayList<>();
    private final Set<String> visited = new HashSet<>();
    private final List<InstalledPlugin> path = new ArrayList<>();

    private PluginGraph(Map<String, Path> broken) {
        unusable = new TreeMap<>(broken);
    }

    /**
     * Resolves the requirements.
     *
     * @param installed the plugins that were read
     * @param broken the locations that hold a plugin which cannot be read, by its ID or supposed ID
     */
    static Resolution resolve(Collection<InstalledPlugin> installed, Map<String, Path> broken) {
        PluginGraph graph = new PluginGraph(broken);
        graph.addOnce(installed);
        graph.plugins.values().forEach(graph::check);
        graph.plugins.values().forEach(graph::visit);
        return graph.withoutFaulty();
    }

    private void addOnce(Collection<InstalledPlugin> installed) {
        Map<String, List<InstalledPlugin>> byId = installed.stream()
                .collect(Collectors.groupingBy(InstalledPlugin::id, TreeMap::new, Collectors.toList()));
        byId.forEach((id, candidates) -> {
            if (candidates.size() == 1) {
                plugins.put(id, candidates.get(0));
                return;
            }
            unusable.put(id, candidates.get(0).file());
            String files = candidates.stream()
                    .map(candidate -> candidate.manifest().version() + " (" + candidate.file() + ")")
                    .collect(Collectors.joining(", "));
            problems.add(PluginProblem.of(id, PluginMessage.INSTALLED_TWICE.with(id, files)));
        });
    }

    private void check(InstalledPlugin plugin) {
        int before = problems.size();
        checkSpi(plugin);
        for (Requirement requirement : plugin.manifest().requires()) {
            checkRequirement(plugin, requirement, plugins.get(requirement.id()));
        }
        PackageCheck.check(plugin, required(plugin), problems);
        if (problems.size() > before) {
            faulty.add(plugin.id());
        }
    }

    private void checkSpi(InstalledPlugin plugin) {
        VersionRange range = plugin.manifest().spi();
        Version host = PluginLoader.SPI_VERSION;
        if (range.contains(host)) {
            return;
        }
        PluginMessage message = range.isAbove(host) ? PluginMessage.SPI_TOO_NEW : PluginMessage.SPI_TOO_OLD;
        problems.add(plugin.problem(message, range, host, plugin.id()));
    }

    private void checkRequirement(InstalledPlugin plugin, Requirement requirement, @Nullable InstalledPlugin target) {
        String id = requirement.id();
        if (target != null) {
            Version version = target.manifest().version();
            if (!requirement.versions().contains(version)) {
                problems.add(plugin.problem(
                        PluginMessage.REQUIRED_VERSION, requirement, version, target.file(), plugin.id()));
            }
            return;
        }
        Path file = unusable.get(id);
        if (file != null) {
            problems.add(plugin.problem(PluginMessage.REQUIRED_NOT_LOADED, id, file));
            return;
        }
        problems.add(plugin.problem(PluginMessage.REQUIRED_MISSING, requirement, id));
    }

    private void visit(InstalledPlugin plugin) {
        int start = path.indexOf(plugin);
        if (start >= 0) {
            reportCycle(path.subList(start, path.size()));
            return;
        }
        if (!visited.add(plugin.id())) {
            return;
        }
        path.add(plugin);
        required(plugin).forEach(this::visit);
        path.remove(path.size() - 1);
        requiredFirst.add(plugin);
    }

    /** The plugins that a plugin requires, as far as they are installed. */
    private List<InstalledPlugin> required(InstalledPlugin plugin) {
        return plugin.manifest().requires().stream()
                .map(requirement -> plugins.get(requirement.id()))
                .filter(Objects::nonNull)
                .toList();
    }

    private void reportCycle(List<InstalledPlugin> members) {
        List<String> ids = members.stream().map(InstalledPlugin::id).toList();
        faulty.addAll(ids);
        String steps = members.stream()
                .map(member -> member.id() + " (" + member.file() + ") -> ")
                .collect(Collectors.joining("", "", ids.get(0)));
        problems.add(new PluginProblem(ids, PluginMessage.CIRCLE.with(steps)));
    }

    private Resolution withoutFaulty() {
        List<InstalledPlugin> order = new ArrayList<>();
        for (InstalledPlugin plugin : requiredFirst) {
            for (InstalledPlugin required : required(plugin)) {
                if (faulty.contains(required.id()) && faulty.add(plugin.id())) {
                    problems.add(plugin.problem(PluginMessage.REQUIRED_NOT_LOADED, required.id(), required.file()));
                }
            }
            if (!faulty.contains(plugin.id())) {
                order.add(plugin);
            }
        }
        return new Resolution(order, problems);
    }

    /**
     * What can be loaded, and what cannot.
     *
     * @param order the plugins to load; each comes after those that it requires
     * @param problems the reasons why the others are left out
     */
    record Resolution(List<InstalledPlugin> order, List<PluginProblem> problems) {
        Resolution {
            order = List.copyOf(order);
            problems = List.copyOf(problems);
        }
    }
}

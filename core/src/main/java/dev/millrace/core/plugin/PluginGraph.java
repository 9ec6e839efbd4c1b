package dev.millrace.core.plugin;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    private final List<String> path = new ArrayList<>();

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
        graph.plugins.keySet().forEach(graph::visit);
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
            problems.add(PluginProblem.of(
                    id, "plugin " + id + " is installed more than once: " + files + ": keep one of them"));
        });
    }

    private void check(InstalledPlugin plugin) {
        int before = problems.size();
        checkSpi(plugin);
        Map<String, InstalledPlugin> required = new LinkedHashMap<>();
        for (Requirement requirement : plugin.manifest().requires()) {
            InstalledPlugin target = plugins.get(requirement.id());
            if (target != null) {
                required.put(target.id(), target);
            }
            checkRequirement(plugin, requirement, target);
        }
        PackageCheck.check(plugin, required.values(), problems);
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
        String remedy = range.isAbove(host)
                ? "install a newer Millrace, or an older " + plugin.id()
                : "install a newer " + plugin.id() + ", built for this SPI";
        problems.add(plugin.problem("needs SPI " + range + ", but this Millrace has SPI " + host + ": " + remedy));
    }

    private void checkRequirement(InstalledPlugin plugin, Requirement requirement, @Nullable InstalledPlugin target) {
        String id = requirement.id();
        Path file = unusable.get(id);
        if (target == null && file == null) {
            problems.add(plugin.problem("requires " + requirement + ", which is not installed: put " + id
                    + ".jar into the plugins folder"));
        } else if (target == null) {
            problems.add(plugin.problem(InstalledPlugin.notLoaded(id, file)));
        } else if (!requirement.versions().contains(target.manifest().version())) {
            problems.add(plugin.problem(
                    "requires " + requirement + ", but " + target.manifest().version() + " ("
                            + target.file() + ") is installed: replace it with a version of that range, or "
                            + plugin.id() + " with one that works with it"));
        }
    }

    private void visit(String id) {
        int start = path.indexOf(id);
        if (start >= 0) {
            reportCycle(path.subList(start, path.size()));
            return;
        }
        InstalledPlugin plugin = plugins.get(id);
        if (plugin == null || !visited.add(id)) {
            return;
        }
        path.add(id);
        plugin.manifest().requires().forEach(requirement -> visit(requirement.id()));
        path.remove(path.size() - 1);
        requiredFirst.add(plugin);
    }

    private void reportCycle(List<String> members) {
        faulty.addAll(members);
        String steps = members.stream()
                .map(id -> id + " (" + plugins.get(id).file() + ") -> ")
                .collect(Collectors.joining("", "", members.get(0)));
        problems.add(new PluginProblem(
                members, "plugins require each other in a circle: " + steps + ": remove one of these requirements"));
    }

    private Resolution withoutFaulty() {
        List<InstalledPlugin> order = new ArrayList<>();
        for (InstalledPlugin plugin : requiredFirst) {
            String faultyOne = firstFaulty(plugin);
            if (faultyOne != null && faulty.add(plugin.id())) {
                problems.add(plugin.problem(InstalledPlugin.notLoaded(
                        faultyOne, plugins.get(faultyOne).file())));
            }
            if (!faulty.contains(plugin.id())) {
                order.add(plugin);
            }
        }
        return new Resolution(order, problems);
    }

    private @Nullable String firstFaulty(InstalledPlugin plugin) {
        return plugin.manifest().requires().stream()
                .map(Requirement::id)
                .filter(faulty::contains)
                .findFirst()
                .orElse(null);
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

package dev.millrace.core.plugin;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Whether each package that a plugin sees comes from one place only. */
final class PackageCheck {
    private final InstalledPlugin plugin;
    private final Collection<PluginProblem> problems;

    /** For each package that the plugin's jars must not hold, who else has it. */
    private final Map<String, String> owners = new TreeMap<>();

    private PackageCheck(InstalledPlugin plugin, Collection<PluginProblem> problems) {
        this.plugin = plugin;
        this.problems = problems;
    }

    /**
     * Checks a plugin.
     *
     * @param required the plugins that it requires, as far as they are there
     * @param problems where clashes are reported
     */
    static void check(
            InstalledPlugin plugin, Collection<InstalledPlugin> required, Collection<PluginProblem> problems) {
        PackageCheck check = new PackageCheck(plugin, problems);
        check.importEachPackageOnce(required);
        check.holdNoForeignPackage();
        check.holdEachExport();
    }

    private void importEachPackageOnce(Collection<InstalledPlugin> required) {
        HostPackages.PROVIDED.forEach(name -> owners.put(name, "the host provides"));
        Map<String, InstalledPlugin> exporters = new TreeMap<>();
        for (InstalledPlugin exporter : required) {
            for (String name : exporter.manifest().exports()) {
                InstalledPlugin other = exporters.putIfAbsent(name, exporter);
                owners.putIfAbsent(name, exporter.id() + " (" + exporter.file() + ") exports");
                if (other != null) {
                    problems.add(plugin.problem("requires " + other.id() + " (" + other.file() + ") and "
                            + exporter.id() + " (" + exporter.file() + "), which both export package " + name
                            + ": require only one of them"));
                }
            }
        }
    }

    private void holdNoForeignPackage() {
        Map<Path, Map<String, TreeSet<String>>> clashes = new TreeMap<>();
        plugin.packages().forEach((name, jar) -> {
            String owner = owners.get(name);
            if (owner != null) {
                clashes.computeIfAbsent(jar, any -> new TreeMap<>())
                        .computeIfAbsent(owner, any -> new TreeSet<>())
                        .add(name);
            }
        });
        clashes.forEach((jar, byOwner) -> byOwner.forEach((owner, names) -> problems.add(plugin.problem("has "
                + (names.size() == 1 ? "package " : "packages ")
                + String.join(", ", names)
                + " in "
                + jar
                + ", which "
                + owner
                + ": leave that out of the plugin's jars (Maven scope: provided)"))));
    }

    private void holdEachExport() {
        List<String> absent = plugin.manifest().exports().stream()
                .filter(name -> !plugin.packages().containsKey(name))
                .toList();
        if (!absent.isEmpty()) {
            problems.add(plugin.problem(
                    "exports " + absent.stream().collect(Collectors.joining(", ")) + ", of which its jars hold no class"
                            + ": correct Plugin-Exports in the manifest, and build the jar again"));
        }
    }
}

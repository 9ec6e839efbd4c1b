package dev.millrace.core.plugin;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

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
                owners.putIfAbsent(name, named(exporter) + " exports");
                if (other != null) {
                    problems.add(plugin.problem(PluginMessage.EXPORTED_TWICE, named(other), named(exporter), name));
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
        clashes.forEach((jar, byOwner) -> byOwner.forEach((owner, names) -> problems.add(plugin.problem(
                PluginMessage.FOREIGN_PACKAGE,
                (names.size() == 1 ? "package " : "packages ") + String.join(", ", names),
                jar,
                owner))));
    }

    private static String named(InstalledPlugin plugin) {
        return plugin.id() + " (" + plugin.file() + ")";
    }

    private void holdEachExport() {
        List<String> absent = plugin.manifest().exports().stream()
                .filter(name -> !plugin.packages().containsKey(name))
                .toList();
        if (!absent.isEmpty()) {
            problems.add(plugin.problem(PluginMessage.EXPORT_EMPTY, String.join(", ", absent)));
        }
    }
}

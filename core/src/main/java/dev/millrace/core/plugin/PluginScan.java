package dev.millrace.core.plugin;

import dev.millrace.core.message.Wording;
import dev.millrace.core.plugin.PluginFolder.Location;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One look at the plugin folders: what is installed, and what cannot be read. What was read before is not copied again. */
final class PluginScan {
    private final PluginSources sources;
    private final Collection<InstalledPlugin> known;
    private final SeenFolders seen;
    private final Function<String, JarCopies> copies;
    private final Collection<PluginProblem> problems;
    private final List<InstalledPlugin> installed = new ArrayList<>();
    private final Map<String, Path> broken = new TreeMap<>();

    /**
     * A look that is not taken yet.
     *
     * @param known the plugins that were read before
     * @param seen the folders in which they were
     * @param copies gives each location, by its name, a place for the copies of its jars
     * @param problems where what is wrong is reported
     */
    PluginScan(
            PluginSources sources,
            Collection<InstalledPlugin> known,
            SeenFolders seen,
            Function<String, JarCopies> copies,
            Collection<PluginProblem> problems) {
        this.sources = sources;
        this.known = known;
        this.seen = seen;
        this.copies = copies;
        this.problems = problems;
    }

    /** Takes the look. */
    void read() {
        Set<Path> scanned = new HashSet<>();
        for (Path folder : sources.folders()) {
            if (scanned.add(folder.toAbsolutePath().normalize())) {
                read(folder);
            }
        }
    }

    /* What was read before stays where a folder is out of sight, as a volume that is not mounted for a moment. */
    private void read(Path folder) {
        List<Location> found = PluginFolder.scan(folder, this::keep);
        if (!found.isEmpty()) {
            seen.filled(folder);
            found.forEach(this::read);
        } else if (seen.isAnother(folder)) {
            keep(folder, PluginMessage.FOLDER_MISSING.with(folder));
        }
    }

    private void keep(Path folder, Wording problem) {
        List<InstalledPlugin> there = known.stream()
                .filter(plugin -> plugin.location().isIn(folder))
                .filter(plugin -> plugin.isAllowed(sources.pins(), reason -> {}))
                .toList();
        installed.addAll(there);
        boolean gone = !there.isEmpty() && problem.message() == PluginMessage.FOLDER_MISSING;
        problems.add(new PluginProblem(
                there.stream().map(InstalledPlugin::id).toList(),
                gone ? PluginMessage.FOLDER_GONE.with(folder) : problem));
    }

    /** The plugins that were read. */
    List<InstalledPlugin> installed() {
        return installed;
    }

    /** The locations that hold a plugin which cannot be read or may not be loaded, by its ID or supposed ID. */
    Map<String, Path> broken() {
        return broken;
    }

    private void read(Location location) {
        if (sources.without().contains(location.path().toAbsolutePath().normalize())) {
            return;
        }
        InstalledPlugin same = unchanged(location);
        if (same == null) {
            readAnew(location);
        } else if (same.isAllowed(sources.pins(), reason -> problems.add(PluginProblem.of(same.id(), reason)))) {
            installed.add(same);
        } else {
            broken.put(same.id(), location.path());
        }
    }

    private @Nullable InstalledPlugin unchanged(Location location) {
        for (InstalledPlugin plugin : known) {
            if (plugin.location().equals(location)) {
                return plugin.copies().areOf(location.jars()) ? plugin : null;
            }
        }
        return null;
    }

    private void readAnew(Location location) {
        JarCopies own = copies.apply(location.name());
        PluginReader reader = new PluginReader(location, own, sources.pins(), problems);
        InstalledPlugin plugin = reader.read();
        if (plugin == null) {
            broken.put(reader.supposedId(), location.path());
            own.discard();
        } else {
            installed.add(plugin);
        }
    }
}

package dev.millrace.core.plugin;

import dev.millrace.core.message.Wording;
import dev.millrace.core.plugin.PluginFolder.Location;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A plugin that was found in a folder and read, before any of its classes is loaded.
 *
 * @param location where it was found
 * @param manifest what it says of itself
 * @param copies the host's copies of its jars
 * @param packages the packages of its classes, each with the jar that holds it, where the user put that
 */
record InstalledPlugin(Location location, PluginManifest manifest, JarCopies copies, Map<String, Path> packages) {
    InstalledPlugin {
        packages = Map.copyOf(packages);
    }

    /** The same plugin over copies of its own. */
    InstalledPlugin over(JarCopies others) {
        return new InstalledPlugin(location, manifest, others, packages);
    }

    /** Whether the other one was read from the same place with the same content. */
    boolean hasSameJarsAs(InstalledPlugin other) {
        return location.equals(other.location) && (copies == other.copies || copies.areOf(other.copies.jars()));
    }

    /** Whether its jars may be loaded; {@code problem} takes the reason why one may not. */
    boolean isAllowed(PluginPins pins, Consumer<Wording> problem) {
        return pins.allow(location, copies, problem);
    }

    /** Its jars where the user put them, by the names that pins give these. */
    Map<String, Path> jars() {
        return location.jars().stream()
                .collect(Collectors.toMap(
                        jar -> location.pinName(jar.getFileName().toString()), jar -> jar));
    }

    String id() {
        return manifest.id();
    }

    Path file() {
        return manifest.file();
    }

    /** A problem of this plugin, which is the first of the message's arguments. */
    PluginProblem problem(PluginMessage message, Object... arguments) {
        Object[] all = Stream.concat(Stream.of(manifest), Stream.of(arguments)).toArray();
        return PluginProblem.of(id(), message.with(all));
    }
}

package dev.millrace.core.plugin;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A plugin that was found in a folder and read, before any of its classes is loaded.
 *
 * @param manifest what it says of itself
 * @param copies the host's copies of its jars, in the order in which classes are looked up
 * @param packages the packages of its classes, each with the jar that holds it, where the user put that
 */
record InstalledPlugin(PluginManifest manifest, List<Path> copies, Map<String, Path> packages) {
    InstalledPlugin {
        copies = List.copyOf(copies);
        packages = Map.copyOf(packages);
    }

    String id() {
        return manifest.id();
    }

    Path file() {
        return manifest.file();
    }

    /** A problem of this plugin. */
    PluginProblem problem(String message) {
        return PluginProblem.of(id(), manifest + " " + message);
    }

    /** The part of a problem which says that a required plugin is not loaded, because of a problem of its own. */
    static String notLoaded(String requiredId, Path requiredFile) {
        return "requires " + requiredId + ", which is not loaded: solve the problem of " + requiredFile + " first";
    }
}

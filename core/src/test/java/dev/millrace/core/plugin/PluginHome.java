package dev.millrace.core.plugin;

import dev.millrace.core.calls.Deadlines;
import dev.millrace.core.calls.PluginCalls;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;

/** A temporary folder with a folder of plugins, which is loaded generation by generation. */
final class PluginHome {
    static final PluginCalls CALLS = new PluginCalls(1, Deadlines.DEFAULT);

    private final Path root;
    private int generation;

    PluginHome(Path root) {
        this.root = root;
    }

    /** A file in the plugins folder. */
    Path file(String name) {
        return root.resolve("plugins").resolve(name);
    }

    /** Writes {@code plugins/<id>.jar} of a plugin that works. */
    Path install(String id) throws IOException {
        return FixturePlugin.working(id).writeTo(file(id + ".jar"));
    }

    PluginCatalog load() throws IOException {
        return load(root.resolve("plugins"));
    }

    PluginCatalog load(Path... folders) throws IOException {
        return PluginLoader.load(PluginSources.of(List.of(folders)), copies(++generation), CALLS);
    }

    /** The folder for the copies of a generation, which count from 1. */
    Path copies(int number) {
        return root.resolve("copies").resolve("generation-" + number);
    }

    /** The catalog's problems, with paths relative to the temporary folder. */
    List<String> problems(PluginCatalog catalog) {
        return catalog.problems().stream()
                .map(problem -> problem.message().replace(root + "/", ""))
                .toList();
    }

    /** Calls the factory's {@code call()}. */
    static Object call(PluginCatalog catalog, String type) throws Exception {
        return ((Callable<?>) catalog.ofType(type).orElseThrow().factory().orElseThrow()).call();
    }
}

package dev.millrace.core.host;

import dev.millrace.core.calls.PluginCalls;
import dev.millrace.core.config.Factories;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The files that are compared with what runs.
 *
 * @param folder the configuration folder that is meant as a whole; empty if single files are
 * @param files these files; none with a folder
 */
record Compared(Optional<Path> folder, List<Path> files) {
    private static final String SETTINGS = "millrace.yaml";

    static Compared folder(Path folder) {
        return new Compared(Optional.of(folder), List.of());
    }

    /**
     * What a list in the data folder names, a path to a line. A command leaves such a list there, for nobody else can: who
     * merely reaches the admin address has no file read that they choose.
     *
     * @param name the name of the list
     */
    static Compared listed(Path temporary, String name) throws IOException {
        Path list = temporary.resolve(name).normalize();
        if (!temporary.equals(list.getParent())) {
            throw new IOException("files: '" + name + "' (expected: the name of a list in " + temporary + ")");
        }
        List<Path> paths = Files.readAllLines(list).stream().map(Path::of).toList();
        return paths.size() == 1 && Files.isDirectory(paths.get(0))
                ? folder(paths.get(0))
                : new Compared(Optional.empty(), paths);
    }

    /** The {@code millrace.yaml} that is meant, if one is. */
    Optional<Path> settings() {
        return folder.map(conf -> conf.resolve(SETTINGS))
                .or(() -> files.stream().filter(Compared::isSettings).findFirst());
    }

    /** Reads the pipelines. */
    Configuration read(Factories factories, PluginCalls calls) {
        return folder.map(conf -> Configuration.read(conf, factories, calls))
                .orElseGet(() -> Configuration.read(
                        files.stream().filter(file -> !isSettings(file)).toList(), factories, calls));
    }

    private static boolean isSettings(Path file) {
        return file.endsWith(SETTINGS);
    }
}

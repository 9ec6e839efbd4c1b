package dev.millrace.core.cli;

import dev.millrace.core.host.Folders;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say where configuration and data are. */
public final class FolderOptions {
    @Option(
            names = "--conf",
            paramLabel = "DIR",
            description = "Folder with millrace.yaml and pipelines/ (default: MILLRACE_CONF, else conf beside bin).")
    private @Nullable Path conf;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Folder for everything that is kept (default: MILLRACE_DATA, else data beside bin).")
    private @Nullable Path data;

    /** The folders that are meant. */
    public Folders folders() {
        List<Path> plugins = new ArrayList<>(List.of(home().resolve("plugins")));
        String more = System.getenv("MILLRACE_PLUGINS");
        if (more != null && !more.isBlank()) {
            plugins.add(Path.of(more));
        }
        return new Folders(choose(conf, "MILLRACE_CONF", "conf"), choose(data, "MILLRACE_DATA", "data"), plugins);
    }

    /** The options as they were given, each with a space before it. */
    public String given() {
        return (conf == null ? "" : " --conf " + conf) + (data == null ? "" : " --data " + data);
    }

    /** Each folder with where that is said, a line each. */
    List<String> origins() {
        Folders folders = folders();
        String plugins = folders.plugins().size() > 1 ? " (MILLRACE_PLUGINS)" : "";
        return List.of(
                "configuration folder: " + folders.conf() + origin(conf, "--conf", "MILLRACE_CONF"),
                "data folder: " + folders.data() + origin(data, "--data", "MILLRACE_DATA"),
                "plugin folders: "
                        + folders.plugins().stream().map(Path::toString).collect(Collectors.joining(", ")) + plugins);
    }

    private static String origin(@Nullable Path given, String option, String variable) {
        String environment = System.getenv(variable);
        String set = environment == null || environment.isBlank() ? "default" : variable;
        return " (" + (given == null ? set : option) + ")";
    }

    private static Path choose(@Nullable Path given, String variable, String beside) {
        if (given != null) {
            return given;
        }
        String environment = System.getenv(variable);
        return environment != null && !environment.isBlank() ? Path.of(environment) : home().resolve(beside);
    }

    /** The folder of the distribution, which the launcher names. */
    static Path home() {
        return Path.of(System.getProperty("millrace.home", "."));
    }
}

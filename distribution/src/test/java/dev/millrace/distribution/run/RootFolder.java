package dev.millrace.distribution.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A folder that stands for {@code /}: commands of a document that name {@code /etc}, {@code /opt}, {@code /usr/local} or
 * {@code /var/lib} run on folders below it, and those that change the system are written down instead of run.
 */
public final class RootFolder {
    private static final Pattern SYSTEM = Pattern.compile("(?<![\\w./])/(etc|opt|usr/local|var/lib)(?![\\w-])");
    private static final List<String> WRITTEN_DOWN = List.of("chown", "systemctl", "useradd");

    private final Path root;
    private final Path work;
    private final Path calls;

    private RootFolder(Path root, Path work, Path calls) {
        this.root = root;
        this.work = work;
        this.calls = calls;
    }

    /** Makes such a folder, and one beside it in which commands are run. */
    public static RootFolder in(Path folder) {
        try {
            Path root = folder.resolve("root");
            for (String system : List.of("etc/systemd/system", "opt", "usr/local/lib", "var/lib")) {
                Files.createDirectories(root.resolve(system));
            }
            Path calls = Files.createFile(folder.resolve("calls.txt"));
            Path stand = Files.createDirectories(folder.resolve("bin"));
            for (String command : WRITTEN_DOWN) {
                Path script = Files.writeString(
                        stand.resolve(command), "#!/bin/sh\necho \"" + command + " $*\" >> '" + calls + "'\n");
                Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
            return new RootFolder(root, Files.createDirectories(folder.resolve("work")), calls);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The folder in which commands are run. */
    public Path work() {
        return work;
    }

    /** A path of the system, as it is here. */
    public Path path(String system) {
        return Path.of(below(system));
    }

    /** A text with all paths of the system as they are here. */
    public String below(String text) {
        return SYSTEM.matcher(text).replaceAll(Matcher.quoteReplacement(root.toString()) + "/$1");
    }

    /** Runs commands of a document, up to the first that fails. */
    public Commands.Result run(String commands) {
        String path = calls.resolveSibling("bin") + ":" + System.getenv("PATH");
        return Commands.run(Map.of("PATH", path), List.of("sh", "-e", "-c", "cd '" + work + "'\n" + below(commands)));
    }

    /** The commands that were written down so far. */
    public List<String> calls() throws IOException {
        return Files.readAllLines(calls);
    }
}

package dev.millrace.plugin.discovery.file;

import dev.millrace.spi.config.InvalidOptionException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A path of which the last part may have one {@code *}.
 *
 * @param path the path
 */
record FilePattern(Path path) {
    private static final Set<String> ENDS = Set.of(".json", ".yaml", ".yml");

    FilePattern {
        String name = String.valueOf(path.getFileName());
        int dot = name.lastIndexOf('.');
        boolean known = dot >= 0 && ENDS.contains(name.substring(dot).toLowerCase(Locale.ROOT));
        if (!known
                || name.indexOf('*') != name.lastIndexOf('*')
                || path.getParent() != null && path.getParent().toString().indexOf('*') >= 0) {
            throw new InvalidOptionException(
                    "files",
                    "'" + path
                            + "' (expected: a path that ends in .json, .yaml or .yml, and has at most one '*', in its"
                            + " last part)");
        }
    }

    /** Whether a file is JSON. */
    static boolean isJson(Path file) {
        return file.toString().toLowerCase(Locale.ROOT).endsWith(".json");
    }

    /** Whether it stands for one file that has to be there. */
    boolean isExact() {
        return path.toString().indexOf('*') < 0;
    }

    /**
     * The files that are there, sorted.
     *
     * @throws IOException if the folder cannot be read
     */
    List<Path> files() throws IOException {
        Path folder = path.toAbsolutePath().getParent();
        if (isExact() || folder == null) {
            return Files.exists(path) ? List.of(path) : List.of();
        }
        String name = path.getFileName().toString();
        int star = name.indexOf('*');
        String begin = name.substring(0, star);
        String end = name.substring(star + 1);
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
            for (Path file : all) {
                String other = file.getFileName().toString();
                if (other.length() >= begin.length() + end.length() && other.startsWith(begin) && other.endsWith(end)) {
                    files.add(path.resolveSibling(other));
                }
            }
        } catch (NoSuchFileException e) {
            return List.of();
        }
        files.sort(null);
        return files;
    }
}

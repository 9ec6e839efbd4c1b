package dev.millrace.core.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** What is done with a file, or with a folder and all that is in it. */
public final class FileTree {
    private FileTree() {}

    /** Deletes it, where it is there; links are deleted, not what they lead to. */
    public static void delete(Path root) throws IOException {
        if (!Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (Stream<Path> all = Files.walk(root)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** Copies a file, or a folder with the files that are directly in it, to a path where nothing is. */
    public static void copy(Path from, Path to) throws IOException {
        Files.copy(from, to);
        if (!Files.isDirectory(from)) {
            return;
        }
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}

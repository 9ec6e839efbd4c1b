package dev.millrace.core.plugin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The host's copies of the jars of one plugin, in a folder of their own. Not thread-safe. */
final class JarCopies {
    private static final Logger LOG = LoggerFactory.getLogger("dev.millrace.plugin");

    private final Path folder;
    private final List<Path> jars = new ArrayList<>();
    private final Map<String, String> hashes = new HashMap<>();

    /**
     * No copy yet.
     *
     * @param folder the folder, which is made with the first
     */
    JarCopies(Path folder) {
        this.folder = folder;
    }

    /** Copies a jar, and returns the copy. */
    Path add(Path jar) throws IOException {
        Files.createDirectories(folder);
        Path copy = folder.resolve(jar.getFileName().toString());
        jars.add(copy);
        return Files.copy(jar, copy);
    }

    /** The copies, in the order in which classes are looked up. */
    List<Path> jars() {
        return List.copyOf(jars);
    }

    /** The same jars once more in another folder. */
    JarCopies again(Path other) throws IOException {
        JarCopies copies = new JarCopies(other);
        for (Path jar : jars) {
            copies.add(jar);
        }
        return copies;
    }

    /**
     * The SHA-256 of one of them, by file name, which is computed when it is asked for: it costs more than the copy.
     *
     * @throws IOException if the copy cannot be read
     */
    String hash(String jar) throws IOException {
        String known = hashes.get(jar);
        if (known == null) {
            known = JarHash.of(folder.resolve(jar));
            hashes.put(jar, known);
        }
        return known;
    }

    /** Whether these are copies of jars with the same names and bytes; not so where one of them cannot be read. */
    boolean areOf(List<Path> others) {
        if (jars.size() != others.size()) {
            return false;
        }
        try {
            for (Path other : others) {
                Path copy = folder.resolve(other.getFileName().toString());
                if (!jars.contains(copy) || Files.mismatch(copy, other) >= 0) {
                    return false;
                }
            }
            return true;
        } catch (IOException unreadable) {
            LOG.debug("{} is taken as changed: {}", others, unreadable.toString());
            return false;
        }
    }

    Path folder() {
        return folder;
    }

    /** Deletes them, where that can be done. */
    void discard() {
        try {
            delete();
        } catch (IOException e) {
            LOG.warn("the copies in {} were not deleted: {}", folder, e.toString());
        }
    }

    /** Deletes them. */
    void delete() throws IOException {
        for (Path jar : jars) {
            Files.deleteIfExists(jar);
        }
        Files.deleteIfExists(folder);
    }
}

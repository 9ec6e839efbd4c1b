package dev.millrace.core.plugin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The host's copies of the jars of one plugin, in a folder of their own. */
final class JarCopies {
    private static final Logger LOG = LoggerFactory.getLogger("dev.millrace.plugin");

    private final Path folder;
    private final List<Path> jars = new ArrayList<>();

    /**
     * No copy yet.
     *
     * @param folder the folder, which is made with the first
     */
    JarCopies(Path folder) {
        this.folder = folder;
    }

    /** Copies a jar, and returns the SHA-256 of the copy. */
    String add(Path jar) throws IOException {
        Files.createDirectories(folder);
        Path copy = folder.resolve(jar.getFileName().toString());
        jars.add(copy);
        return JarHash.copy(jar, copy);
    }

    /** The newest copy. */
    Path newest() {
        return jars.get(jars.size() - 1);
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

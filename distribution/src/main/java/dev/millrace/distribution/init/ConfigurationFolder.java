package dev.millrace.distribution.init;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/** The configuration folder that is written to. A file is there whole or not at all. */
final class ConfigurationFolder {
    private final Path folder;

    ConfigurationFolder(Path folder) {
        this.folder = folder;
    }

    /** The host's file. */
    Path host() {
        return folder.resolve("millrace.yaml");
    }

    /**
     * The file of a pipeline that may be written.
     *
     * @throws InitException if there is one already, and it is not to be overwritten
     */
    Path pipeline(String name, boolean overwrite) throws InitException {
        for (String ending : new String[] {".yaml", ".yml"}) {
            Path file = folder.resolve("pipelines").resolve(name + ending);
            if (Files.exists(file)) {
                if (!overwrite) {
                    throw InitException.usage(
                            file + " is there already; --force overwrites it, --name chooses another name");
                }
                return file;
            }
        }
        return folder.resolve("pipelines").resolve(name + ".yaml");
    }

    /** Writes the file of a pipeline. Only its owner can read it, because any value in it may be a secret. */
    void writePipeline(Path file, String text) throws IOException {
        write(file, text, "rw-------");
    }

    private static void write(Path file, String text, String permissions) throws IOException {
        Files.createDirectories(file.getParent());
        Path draft = file.resolveSibling("." + file.getFileName() + ".new");
        Files.deleteIfExists(draft);
        Files.createFile(draft, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(draft, text);
        Files.setPosixFilePermissions(draft, PosixFilePermissions.fromString(permissions));
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Writes the host's file that ships, where there is none. */
    boolean writeHost() throws IOException {
        if (Files.exists(host())) {
            return false;
        }
        write(host(), resource("millrace.yaml"), "rw-r--r--");
        return true;
    }

    /** A text that ships in the jar. */
    static String resource(String name) throws IOException {
        try (InputStream input = ConfigurationFolder.class.getResourceAsStream(name)) {
            if (input == null) {
                throw new IllegalStateException("the jar has no " + name);
            }
            return new String(input.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}

package dev.millrace.distribution.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;

/** A copy of the unpacked tarball, whose files a test may change. */
public final class Installation {
    private Installation() {}

    /** Copies the unpacked tarball into a folder that does not exist yet. */
    public static Path copyTo(Path folder) {
        try (Stream<Path> paths = Files.walk(Millrace.HOME)) {
            for (Path path : paths.toList()) {
                Path copy = folder.resolve(Millrace.HOME.relativize(path).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(path, copy, StandardCopyOption.COPY_ATTRIBUTES);
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

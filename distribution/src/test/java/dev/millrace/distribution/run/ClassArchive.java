package dev.millrace.distribution.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** The archive of classes that the first start of a Millrace makes in its data folder, and that every later one uses. */
public final class ClassArchive {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private ClassArchive() {}

    /** Starts a Millrace until it has made its archive, and stops it. */
    public static void make(Millrace millrace) {
        millrace.start();
        Await.until(
                "the archive is there", LIMIT, () -> !archives(millrace.data()).isEmpty());
        millrace.stop();
    }

    /** Copies the archives of a data folder, so that the first start in another finds them. */
    public static void copy(Path data, Path other) throws IOException {
        Files.createDirectories(folder(other));
        for (Path archive : archives(data)) {
            Files.copy(archive, folder(other).resolve(archive.getFileName()));
        }
    }

    private static List<Path> archives(Path data) throws IOException {
        try (Stream<Path> files = Files.list(folder(data))) {
            return files.filter(file -> file.toString().endsWith(".jsa")).toList();
        }
    }

    private static Path folder(Path data) {
        return data.resolve("cache");
    }
}

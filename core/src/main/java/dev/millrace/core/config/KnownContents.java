package dev.millrace.core.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * The fingerprints of files that are looked at again and again. A file is only read where something can have changed:
 * whoever writes a file or puts another in its place changes its inode, its size or the time of its last change, which
 * nobody can set (stat(2)). Times are coarse, so a file that changed just before it was read is read again. Not thread-safe.
 */
public final class KnownContents {
    private static final String ATTRIBUTES = "unix:ino,dev,size,ctime";

    /** How long after a change another one has another time for sure, on any file system. */
    private static final Duration COARSEST = Duration.ofSeconds(3);

    private final Clock clock;
    private final Map<Path, Known> files = new HashMap<>();

    /** Nothing is known; the clock is the one by which file systems keep time. */
    public KnownContents(Clock clock) {
        this.clock = clock;
    }

    /** A fingerprint, and by which attributes it is known that the content is still the same. */
    private record Known(Map<String, Object> attributes, String fingerprint) {}

    /** As {@link FileContent#fingerprint}. */
    public String fingerprint(Path file) {
        Map<String, Object> attributes = attributes(file);
        Known known = files.get(file);
        if (known != null && known.attributes.equals(attributes)) {
            return known.fingerprint;
        }
        String fingerprint = FileContent.fingerprint(file);
        if (isSettled(attributes)) {
            files.put(file, new Known(attributes, fingerprint));
        } else {
            files.remove(file);
        }
        return fingerprint;
    }

    private boolean isSettled(Map<String, Object> attributes) {
        return attributes.get("ctime") instanceof FileTime changed
                && changed.toInstant().plus(COARSEST).isBefore(clock.instant());
    }

    private static Map<String, Object> attributes(Path file) {
        try {
            return Files.readAttributes(file, ATTRIBUTES);
        } catch (IOException | UnsupportedOperationException e) {
            return Map.of(); // it is not there, or the system has other attributes: it is read each time
        }
    }
}

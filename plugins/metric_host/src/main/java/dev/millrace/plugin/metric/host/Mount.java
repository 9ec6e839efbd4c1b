package dev.millrace.plugin.metric.host;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A mounted file system: a line of /proc/PID/mounts (fstab(5)), and its series.
 *
 * @param path where Millrace sees it
 * @param mountPoint where the host sees it
 * @param device the device, written as in the file
 * @param type its type
 * @param readOnly whether it cannot be written
 */
record Mount(String path, String mountPoint, String device, String type, boolean readOnly) {
    private static final int FIELDS = 4;

    /**
     * The mount of a line; empty where it is none, or lies outside of the root folder.
     *
     * @param root where the host's root folder is
     */
    static Optional<Mount> of(String line, Path root) {
        String[] fields = line.split(" ");
        if (fields.length < FIELDS) {
            return Optional.empty();
        }
        String seen = unescaped(fields[1]);
        String prefix = root.toString();
        String mountPoint = seen;
        if (prefix.length() > 1 && (seen.equals(prefix) || seen.startsWith(prefix + '/'))) {
            mountPoint = seen.equals(prefix) ? "/" : seen.substring(prefix.length());
        }
        String path = prefix.length() > 1 ? prefix + mountPoint : mountPoint;
        List<String> options = Arrays.asList(fields[3].split(","));
        return Optional.of(new Mount(path, mountPoint, fields[0], fields[2], options.contains("ro")));
    }

    /** Blanks and the like are three octal digits after a backslash. */
    private static String unescaped(String text) {
        return text.replace("\\040", " ")
                .replace("\\011", "\t")
                .replace("\\012", "\n")
                .replace("\\043", "#")
                .replace("\\134", "\\");
    }

    /** The path as it stands in what a program prints. */
    byte[] pathBytes() {
        return path.getBytes(StandardCharsets.UTF_8);
    }
}

package dev.millrace.plugin.discovery.file;

import dev.millrace.plugin.lib.discovery.MalformedListException;
import dev.millrace.plugin.lib.discovery.TargetList;
import dev.millrace.spi.extension.TargetGroup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One file, and the targets that were read from it last. One that cannot be read, or is no list of targets, keeps them. A
 * file that is in the middle of being written is left until two looks at it agree. Not thread-safe.
 */
final class TargetFile {
    static final String LABEL = "__meta_filepath";

    private final Path path;
    private @Nullable Stamp seen;
    private @Nullable Stamp read;
    private List<TargetGroup> groups = List.of();
    private String problem = "";

    TargetFile(Path path) {
        this.path = path;
    }

    /** What tells one content of a file from another without reading it. */
    private record Stamp(
            FileTime modified, long size, @Nullable Object key) {}

    /** The targets. */
    List<TargetGroup> groups() {
        return groups;
    }

    /** What is wrong with the file now; empty if nothing. */
    String problem() {
        return problem;
    }

    /**
     * Looks whether the file has changed, and reads it then.
     *
     * @param anyway whether it is read although it shows no change
     */
    void look(boolean anyway) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            Stamp now = new Stamp(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
            boolean settled = seen == null || now.equals(seen);
            seen = now;
            if (settled && (anyway || !now.equals(read))) {
                read = now;
                read();
            }
        } catch (IOException e) {
            problem = path + ": cannot be read: " + e.getMessage();
        }
    }

    private void read() throws IOException {
        byte[] text = Files.readAllBytes(path);
        try {
            TargetList list = FilePattern.isJson(path) ? TargetList.ofJson(text) : TargetList.ofYaml(text);
            groups = list.groups(path.toString(), LABEL);
            problem = "";
        } catch (MalformedListException e) {
            problem = path + ": " + e.getMessage();
        }
    }
}

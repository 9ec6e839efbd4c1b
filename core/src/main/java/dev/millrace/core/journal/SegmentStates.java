package dev.millrace.core.journal;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What one segment says of the states of components: those it began with, and those that changed in it. Not thread-safe.
 *
 * <p>A group counts by the {@link GroupRule}, and not where its items belong to a later segment.
 */
final class SegmentStates {
    private final Map<String, byte[]> changes = new TreeMap<>();
    private @Nullable Map<String, byte[]> beginning;

    /** Reads the states that a sealed segment ended with; null where they are damaged. */
    static @Nullable Map<String, byte[]> atEnd(FileAccess.OpenFile file, Footer footer) throws IOException {
        RecordScanner scanner = new RecordScanner(file);
        scanner.seek(footer.dictionary());
        if (!scanner.next(file.size()) || scanner.unreadable() > 0) {
            return null;
        }
        return scanner.header().knownKind() == RecordKind.STATE ? read(scanner) : Map.of();
    }

    /**
     * Takes note of the record that the scanner is at, and leads the scanner into a group.
     *
     * @param rule which was shown the record
     * @param limit the number at which the next segment begins
     * @param size where the file ends
     */
    void take(RecordScanner scanner, GroupRule rule, long limit, long size) throws IOException {
        RecordHeader header = scanner.header();
        RecordKind kind = header.knownKind();
        if (kind == RecordKind.SEGMENT) {
            beginning = header.length == 0 ? Map.of() : read(scanner);
        } else if (kind == RecordKind.GROUP) {
            if (header.end() <= limit && rule.counts(scanner, size)) {
                scanner.enter();
            }
        } else if (kind == RecordKind.STATE && header.grouped) {
            Map<String, byte[]> changed = read(scanner);
            if (changed != null) {
                changes.putAll(changed);
            }
        }
    }

    /** The states that the segment began with; null where they are damaged. */
    @Nullable
    Map<String, byte[]> beginning() {
        return beginning;
    }

    /** The states that changed in it. */
    Map<String, byte[]> changes() {
        return changes;
    }

    private static @Nullable Map<String, byte[]> read(RecordScanner scanner) throws IOException {
        PayloadInput payload = scanner.payload();
        try {
            return payload == null ? null : StatePayload.read(payload);
        } catch (MalformedPayloadException e) {
            return null;
        }
    }
}

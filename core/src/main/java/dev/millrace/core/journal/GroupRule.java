package dev.millrace.core.journal;

import java.io.IOException;

/**
 * Which groups of a segment count. It is shown the records of the segment from the first on. Not thread-safe.
 *
 * <p>One that is whole counts. Of a damaged one the records speak for themselves where it is known to have been committed:
 * in a sealed segment, and where something is behind it, because nothing is written behind a group that is not durable.
 *
 * <p>That is not so of an unforced group, of which a loss of power may keep any part, and of what is behind it too. It
 * counts as a whole or not at all; not at all as well where descriptions before it are lost, because it may need them.
 */
final class GroupRule {
    private final boolean sealed;
    private boolean described = true;

    /** The rule for a segment; {@code sealed} is whether it is known to be forced up to its end. */
    GroupRule(boolean sealed) {
        this.sealed = sealed;
    }

    /** Takes note of the record that the scanner is at, one in a group or not. */
    void met(RecordScanner scanner) throws IOException {
        if (sealed || !described) {
            return;
        }
        RecordKind kind = scanner.header().knownKind();
        described = scanner.unreadable() == 0
                && (kind != RecordKind.DICTIONARY && kind != RecordKind.GROUP || scanner.payload() != null);
    }

    /**
     * Whether the records of a group that the scanner is at, and that was {@link #met}, count.
     *
     * @param limit where the segment ends
     */
    boolean counts(RecordScanner scanner, long limit) throws IOException {
        if (sealed) {
            return true;
        }
        if (scanner.header().unforced) {
            return described;
        }
        return scanner.payload() != null || scanner.isFollowed(limit);
    }
}

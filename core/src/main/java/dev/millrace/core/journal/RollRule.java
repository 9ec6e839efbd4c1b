package dev.millrace.core.journal;

/**
 * When a segment ends: at {@code segmentBytes} or eight times its dictionary, whichever is larger, so that many series
 * don't make it all dictionary; at most at {@code maxSegmentBytes}. Where little may be held back, or the volume had little
 * room when it was begun, segments are smaller: the log is trimmed by whole ones, but for the last, so a full volume must
 * not be full of the last one.
 */
final class RollRule {
    private static final int DICTIONARY_SHARE = 8;
    private static final long SMALLEST = 64 << 10;

    private final JournalSettings settings;

    RollRule(JournalSettings settings) {
        this.settings = settings;
    }

    /** Whether a segment ends, where {@code maxBytes} may wait for a flusher, and the volume had {@code room} at its begin. */
    boolean isDue(SegmentWriter writer, long maxBytes, long room) {
        long dictionary = writer.dictionaryBytes();
        long segmentBytes = Math.min(settings.segmentBytes(), Math.max(SMALLEST, Math.min(maxBytes / 8, room / 4)));
        long maxSegmentBytes =
                Math.max(segmentBytes, Math.min(settings.maxSegmentBytes(), Math.min(maxBytes, room) / 2));
        long limit = Math.min(maxSegmentBytes, Math.max(segmentBytes, DICTIONARY_SHARE * dictionary));
        return writer.size() >= limit || dictionary >= settings.maxDictionaryBytes();
    }
}

package dev.millrace.core.journal;

/**
 * When a segment ends: at {@code segmentBytes} or eight times its dictionary, whichever is larger, so that many series
 * don't make it all dictionary; at most at {@code maxSegmentBytes}. Where little may be held back, or the volume had little
 * room when it was begun, segments are smaller: the log is trimmed by whole ones, but for the last, so a full volume must
 * not be full of the last one. But they are not so small that what may be held back in all makes very many of them.
 */
final class RollRule {
    private static final int DICTIONARY_SHARE = 8;
    private static final long SMALLEST = 64 << 10;
    private static final int MOST_SEGMENTS = 1_024;

    private final JournalSettings settings;

    RollRule(JournalSettings settings) {
        this.settings = settings;
    }

    /**
     * Whether a segment ends.
     *
     * @param least the least that may wait for a flusher
     * @param most the most that may wait for one
     * @param room the room that the volume had when the segment was begun
     */
    boolean isDue(SegmentWriter writer, long least, long most, long room) {
        long maxBytes = Math.max(least, most / MOST_SEGMENTS * 8);
        long dictionary = writer.dictionaryBytes();
        long segmentBytes = Math.min(settings.segmentBytes(), Math.max(SMALLEST, Math.min(maxBytes / 8, room / 4)));
        long maxSegmentBytes =
                Math.max(segmentBytes, Math.min(settings.maxSegmentBytes(), Math.min(maxBytes, room) / 2));
        long limit = Math.min(maxSegmentBytes, Math.max(segmentBytes, DICTIONARY_SHARE * dictionary));
        return writer.size() >= limit || dictionary >= settings.maxDictionaryBytes();
    }
}

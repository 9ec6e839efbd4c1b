package dev.millrace.core.journal;

/**
 * When a segment ends: at {@code segmentBytes} or eight times its dictionary, whichever is larger, so that many series
 * don't make it all dictionary; at most at {@code maxSegmentBytes}. Where little may be held back, segments are smaller,
 * because the log is trimmed by whole ones.
 */
final class RollRule {
    private static final int DICTIONARY_SHARE = 8;
    private static final long SMALLEST = 64 << 10;

    private final JournalSettings settings;

    RollRule(JournalSettings settings) {
        this.settings = settings;
    }

    /** Whether a segment ends, where a flusher may hold back no more than {@code maxBytes}. */
    boolean isDue(SegmentWriter writer, long maxBytes) {
        long dictionary = writer.dictionaryBytes();
        long segmentBytes = Math.min(settings.segmentBytes(), Math.max(SMALLEST, maxBytes / 8));
        long maxSegmentBytes = Math.max(segmentBytes, Math.min(settings.maxSegmentBytes(), maxBytes / 2));
        long limit = Math.min(maxSegmentBytes, Math.max(segmentBytes, DICTIONARY_SHARE * dictionary));
        return writer.size() >= limit || dictionary >= settings.maxDictionaryBytes();
    }
}

package dev.millrace.core.journal;

/**
 * When a segment ends: at {@code segmentBytes} or eight times its dictionary, whichever is larger, so that many series
 * don't make it all dictionary; at most at {@code maxSegmentBytes}. Where little may be held back, segments are smaller,
 * because the log is trimmed by whole ones.
 */
final class RollRule {
    private static final int DICTIONARY_SHARE = 8;
    private static final long SMALLEST = 64 << 10;

    private final long segmentBytes;
    private final long maxSegmentBytes;
    private final long maxDictionaryBytes;

    RollRule(JournalSettings settings) {
        segmentBytes = Math.min(settings.segmentBytes(), Math.max(SMALLEST, settings.maxBytes() / 8));
        maxSegmentBytes = Math.max(segmentBytes, Math.min(settings.maxSegmentBytes(), settings.maxBytes() / 2));
        maxDictionaryBytes = settings.maxDictionaryBytes();
    }

    boolean isDue(SegmentWriter writer) {
        long dictionary = writer.dictionaryBytes();
        long limit = Math.min(maxSegmentBytes, Math.max(segmentBytes, DICTIONARY_SHARE * dictionary));
        return writer.size() >= limit || dictionary >= maxDictionaryBytes;
    }
}

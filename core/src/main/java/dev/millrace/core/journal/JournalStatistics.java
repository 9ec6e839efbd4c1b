package dev.millrace.core.journal;

/**
 * The numbers of a journal at one moment.
 *
 * @param appendedItems items appended since it was opened
 * @param first the number of the oldest item stored
 * @param end the number behind the last item committed
 * @param bytes the size of all segments
 * @param segments how many segments there are
 * @param oldest when the oldest segment was begun, in milliseconds since the epoch; 0 where there is none
 * @param queuedBytes the estimated size of batches that wait for a commit
 * @param damagedItems items found to be lost by damage since it was opened
 * @param skippedItems items in records of an unknown kind met since it was opened
 */
public record JournalStatistics(
        long appendedItems,
        long first,
        long end,
        long bytes,
        int segments,
        long oldest,
        long queuedBytes,
        long damagedItems,
        long skippedItems) {}

package dev.millrace.core.journal;

/**
 * The oldest range of the journal that a flusher has to give up, because more waits for it than may.
 *
 * @param bytesTo what is below this item number is over the limit of bytes
 * @param diskTo what is below this item number has to go because the volume has too little room
 * @param diskReason the reason of the latter
 */
public record Excess(long bytesTo, long diskTo, String diskReason) {
    /** Nothing. */
    public static final Excess NONE = new Excess(Long.MIN_VALUE, Long.MIN_VALUE, CursorLimits.OVER_MIN_FREE_DISK);
}

package dev.millrace.core.journal;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Finds out what a flusher that drops its oldest items has to give up. Thread-safe.
 *
 * <p>For the sake of the volume nothing is given up that makes no room: what another cursor waits for that does not yield
 * itself, and segments that have a second name.
 */
final class Surplus {
    private final Log log;
    private final FreeDisk disk;
    private final Supplier<Set<String>> elsewhere;
    private final boolean complete;

    /**
     * The surplus of a log.
     *
     * @param elsewhere the names of segments that have a second name somewhere
     * @param complete whether nothing is appended to the log, so that its last segment can be given up as well
     */
    Surplus(Log log, FreeDisk disk, Supplier<Set<String>> elsewhere, boolean complete) {
        this.log = log;
        this.disk = disk;
        this.elsewhere = elsewhere;
        this.complete = complete;
    }

    /** What one of the log's cursors has to give up of the items from {@code waiting} on. */
    Excess of(Cursor cursor, long waiting, Collection<Cursor> cursors) {
        CursorLimits limits = cursor.limits();
        long wanted = disk.wanted();
        return new Excess(
                log.fitting(limits.maxBytes()),
                diskTo(cursor, waiting, Math.max(limits.minFreeDisk(), wanted), cursors),
                wanted > 0 && disk.bytes() >= limits.minFreeDisk()
                        ? CursorLimits.DISK_FULL
                        : CursorLimits.OVER_MIN_FREE_DISK);
    }

    private long diskTo(Cursor cursor, long waiting, long least, Collection<Cursor> cursors) {
        long free = least == 0 ? Long.MAX_VALUE : disk.bytes();
        long to = Long.MIN_VALUE;
        if (free >= least) {
            return to;
        }
        List<Segment> segments = log.segments();
        long passed = Math.min(waiting, lowestBut(cursor, 0, cursors));
        long yielding = lowestBut(cursor, free, cursors);
        Set<String> kept = elsewhere.get();
        for (Segment segment : segments.subList(0, Math.max(0, segments.size() - (complete ? 0 : 1)))) {
            if (segment.end() > passed && (free >= least || segment.end() > yielding)) {
                break;
            }
            if (!kept.contains(segment.name())) {
                free += segment.extent().bytes();
                to = segment.end();
            }
        }
        return to;
    }

    /* The lowest position of the other cursors that would not yield at so little free room. */
    private long lowestBut(Cursor one, long free, Collection<Cursor> cursors) {
        return cursors.stream()
                .filter(cursor -> cursor != one && !yields(cursor, free))
                .mapToLong(Cursor::lowest)
                .min()
                .orElse(Long.MAX_VALUE);
    }

    private boolean yields(Cursor cursor, long free) {
        return free > 0
                && cursor.limits().dropOldest()
                && free < Math.max(cursor.limits().minFreeDisk(), disk.wanted());
    }
}

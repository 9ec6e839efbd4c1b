package dev.millrace.plugin.input.prometheus;

/**
 * When a target is scraped: at fixed points of wall-clock time, which differ from target to target so that not all are
 * scraped at once, and are the same after a restart.
 *
 * @param interval the time between two points, in milliseconds
 * @param offset the first point after the epoch, in milliseconds
 */
record ScrapeSchedule(long interval, long offset) {
    private static final long LARGEST_TOLERANCE = 2;

    /** The schedule of a target, whose offset is a hash of its URL, its labels and {@code seed}. */
    static ScrapeSchedule of(Target target, String seed) {
        long interval = target.interval().toMillis();
        long hash = 0xcbf29ce484222325L;
        String text = seed + '\n' + target.url() + '\n' + target.labels();
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
        }
        hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
        return new ScrapeSchedule(interval, Math.floorMod(hash ^ (hash >>> 33), interval));
    }

    /** The first point at or after {@code now}. */
    long first(long now) {
        return now + Math.floorMod(offset - now, interval);
    }

    /** The point after {@code point} that has not passed yet. Where the clock was set back, it is counted anew. */
    long next(long point, long now) {
        long next = point + interval;
        if (next <= now) {
            return first(now + 1);
        }
        return next - now > 2 * interval ? first(now + 1) : next;
    }

    /**
     * The timestamp of a scrape that was due at {@code point} and began at {@code now}: the former, if they differ by no
     * more than 1 % of the interval and 2 ms, because equal distances compress well.
     */
    long timestamp(long point, long now) {
        long tolerance = Math.min(interval / 100, LARGEST_TOLERANCE);
        return Math.abs(now - point) <= tolerance ? point : now;
    }
}

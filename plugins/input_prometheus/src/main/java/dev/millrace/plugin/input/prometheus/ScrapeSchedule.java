package dev.millrace.plugin.input.prometheus;

/**
 * When a target is scraped: at fixed points of wall-clock time, which differ from target to target so that not all are
 * scraped at once, and are the same after a restart.
 *
 * <p>Points lie on a grid that all targets of a job share, so that some are scraped right after each other: what a
 * processor does in one go costs much less than the same a little at a time. The more targets there are, the finer it is,
 * so that no more answer at once than a network takes well.
 *
 * @param interval the time between two points, in milliseconds
 * @param offset the first point after the epoch, in milliseconds
 */
record ScrapeSchedule(long interval, long offset) {
    private static final long LARGEST_TOLERANCE = 2;
    /** The distances of two points of a grid, in milliseconds. */
    private static final long COARSEST_GRID = 1000;

    private static final long FINEST_GRID = 125;
    /** Over how many points of the grid an interval is spread at least. */
    private static final int FEWEST_POINTS = 4;
    /** How many targets have the same point at the most, on average. */
    private static final int MOST_TOGETHER = 25;

    /**
     * The schedule of a target, whose offset is a hash of its URL, its labels and {@code seed}.
     *
     * @param targets how many targets its job has
     */
    static ScrapeSchedule of(Target target, String seed, int targets) {
        long interval = target.interval().toMillis();
        long hash = 0xcbf29ce484222325L;
        String text = seed + '\n' + target.url() + '\n' + target.labels();
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
        }
        hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
        long offset = Math.floorMod(hash ^ (hash >>> 33), interval);
        return new ScrapeSchedule(interval, offset - offset % grid(interval, targets));
    }

    private static long grid(long interval, long targets) {
        for (long grid = COARSEST_GRID; grid >= FINEST_GRID; grid /= 2) {
            if (FEWEST_POINTS * grid <= interval && targets * grid <= MOST_TOGETHER * interval) {
                return grid;
            }
        }
        return 1;
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

package dev.millrace.plugin.lib.reading;

import java.time.Duration;

/**
 * When the host is read: at points of wall-clock time that are the same after a restart, and other ones on other hosts.
 *
 * @param interval the time between two points, in milliseconds
 * @param offset the first point after the epoch, in milliseconds
 */
record Schedule(long interval, long offset) {
    private static final long GRID = 1000;
    /** By how much a reading may be late that has its point as the timestamp, because equal distances compress well. */
    private static final long TOLERANCE = 20;

    /** The schedule of a host with this name. */
    static Schedule of(Duration interval, String name) {
        long millis = interval.toMillis();
        long offset = Math.floorMod(name.hashCode() * 0x9E3779B97F4A7C15L >>> 16, millis);
        return new Schedule(millis, offset - offset % Math.min(GRID, millis));
    }

    /** The first point after {@code now}. */
    long after(long now) {
        return now + interval - Math.floorMod(now - offset, interval);
    }

    /** The time after which the point lies that comes after {@code point}. Where the clock was set back, it is counted anew. */
    long from(long point, long now) {
        return point - now > interval ? now : Math.max(point, now);
    }

    /** The timestamp of a reading that was due at {@code point} and began at {@code now}. */
    long timestamp(long point, long now) {
        return Math.abs(now - point) <= Math.min(TOLERANCE, interval / 100) ? point : now;
    }
}

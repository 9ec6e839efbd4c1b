package dev.millrace.distribution.peer;

import java.util.List;
import java.util.Map;

/**
 * A series as a storage gives it back.
 *
 * @param labels all labels, the name included
 * @param points its samples, oldest first
 */
public record StoredSeries(Map<String, String> labels, List<Point> points) {
    /** A sample: milliseconds and value. */
    public record Point(long timestamp, double value) {}
}

package dev.millrace.distribution.comparison.load;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * How targets were scraped.
 *
 * @param pages pages that were taken to the end
 * @param missed scrapes that did not come: where two of a target, or the last one and now, are further apart than the
 *     interval; and one for a target that was never scraped
 * @param longest the longest time between two scrapes of a target, in intervals
 * @param parts how many targets were scraped last in each part of the interval, of {@value #PARTS} equal ones
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Scrapes(long pages, long missed, double longest, long[] parts) {
    static final int PARTS = 60;

    /** The most targets of a part, for those that it would have if all had as many. */
    public double busiest() {
        LongStream all = Arrays.stream(parts);
        return Arrays.stream(parts).max().orElse(0) * (double) PARTS / Math.max(1, all.sum());
    }

    /** The same of these targets and others. */
    Scrapes and(Scrapes others) {
        long[] sum = new long[PARTS];
        Arrays.setAll(sum, part -> parts[part] + others.parts[part]);
        return new Scrapes(pages + others.pages, missed + others.missed, Math.max(longest, others.longest), sum);
    }

    static Scrapes none() {
        return new Scrapes(0, 0, 0, new long[PARTS]);
    }

    /** In a line. */
    String line() {
        return pages + " " + missed + " " + longest + " "
                + Arrays.stream(parts).mapToObj(Long::toString).collect(Collectors.joining(" "));
    }

    /** What {@link #line} wrote. */
    static Scrapes parse(String line) {
        String[] words = line.split(" ");
        long[] parts = new long[PARTS];
        Arrays.setAll(parts, part -> Long.parseLong(words[3 + part]));
        return new Scrapes(Long.parseLong(words[0]), Long.parseLong(words[1]), Double.parseDouble(words[2]), parts);
    }
}

package dev.millrace.distribution.demo;

import dev.millrace.distribution.numbered.NumberedTarget;
import dev.millrace.distribution.numbered.ServedPage;
import java.util.SortedMap;

/**
 * What a numbered target served.
 *
 * @param target host and port
 * @param series the samples of each page
 * @param pages the numbers of the pages that were handed over whole, and when
 * @param lastBeforeKill the number of the last page that was asked for before the kill, or 0 where there was none
 * @param killed the time of the kill, in milliseconds since the epoch
 */
record Served(String target, int series, SortedMap<Long, ServedPage> pages, long lastBeforeKill, long killed) {
    static Served by(NumberedTarget target, long lastBeforeKill, long killed) {
        return new Served(target.address(), target.series(), target.served(), lastBeforeKill, killed);
    }
}

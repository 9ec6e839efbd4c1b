package dev.millrace.distribution.demo;

import dev.millrace.distribution.numbered.NumberedTarget;
import java.util.SortedMap;

/**
 * What a numbered target served.
 *
 * @param target host and port
 * @param series the samples of each page
 * @param pages the numbers of the pages that were handed over whole, each with the time of its request
 * @param lastBeforeKill the number of the last page that was asked for before the kill, or 0 where there was none
 */
record Served(String target, int series, SortedMap<Long, Long> pages, long lastBeforeKill) {
    static Served by(NumberedTarget target, long lastBeforeKill) {
        return new Served(target.address(), target.series(), target.served(), lastBeforeKill);
    }
}

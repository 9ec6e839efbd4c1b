package dev.millrace.distribution.demo;

import dev.millrace.distribution.numbered.DeliveryOracle;
import dev.millrace.distribution.numbered.ServedPage;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableSet;

/**
 * The count of both ends, in samples.
 *
 * <p>scraped = delivered + cut off + failed + lost. A page that is not there is lost, with two exceptions, which the collector
 * never acknowledged: the page that was the last of its target before the kill and was served just then, and one whose scrape the collector itself
 * reported as failed ({@code up} 0). Both hold for whole pages only: a page is kept whole or not at all.
 *
 * @param scraped in pages that the targets handed over whole
 * @param delivered of these, what arrived
 * @param cutOff in pages that the kill cut off: at most one for each target
 * @param failed in pages whose scrapes failed
 * @param lost what is missing besides
 * @param outOfOrder samples that arrived after a newer one of their series
 * @param keptTwice samples of one page and series that arrived with another timestamp too
 * @param sentTwice samples that arrived again
 * @param losses what is lost, page by page
 */
record Verdict(
        long scraped,
        long delivered,
        long cutOff,
        long failed,
        long lost,
        long outOfOrder,
        long keptTwice,
        long sentTwice,
        List<String> losses) {
    /**
     * The longest time from the end of a page to its acknowledgement, on a busy machine too: the journal gathers scrapes for
     * 200 ms, and the rest is for what it does with them.
     */
    static final long COMMIT_MILLIS = 750;
    /**
     * The longest time from the beginning of a scrape, which is given up after a second, to the moment at which a busy
     * machine hears of it.
     */
    static final long SCRAPE_MILLIS = 3_000;
    /** How far the timestamp of a scrape may be from its beginning. */
    private static final long TOLERANCE_MILLIS = 10;

    static Verdict of(Collection<Served> targets, DeliveryOracle oracle) {
        long scraped = 0;
        long delivered = 0;
        long cutOff = 0;
        long failed = 0;
        List<String> losses = new ArrayList<>();
        long lost = 0;
        for (Served served : targets) {
            NavigableSet<Long> failures = oracle.failures(served.target());
            for (Map.Entry<Long, ServedPage> page : served.pages().entrySet()) {
                int arrived = oracle.arrived(served.target(), page.getKey());
                int missing = served.series() - arrived;
                scraped += served.series();
                delivered += arrived;
                if (missing == 0) {
                    continue;
                }
                if (arrived == 0 && isCutOff(page.getKey(), page.getValue(), served)) {
                    cutOff += missing;
                } else if (arrived == 0 && isFailed(page.getValue().asked(), failures)) {
                    failed += missing;
                } else {
                    lost += missing;
                    losses.add("target " + served.target() + ", page " + page.getKey() + ": " + missing + " of "
                            + served.series() + " samples");
                }
            }
        }
        return new Verdict(
                scraped,
                delivered,
                cutOff,
                failed,
                lost,
                oracle.outOfOrder(),
                oracle.keptTwice(),
                oracle.repeatedSamples(),
                losses);
    }

    /** Whether the promises are kept. */
    boolean good() {
        return lost == 0 && outOfOrder == 0 && keptTwice == 0;
    }

    /** What was scraped and is not there: on its way, or not to come. */
    long waiting() {
        return scraped - delivered;
    }

    /** The count as a line. */
    String line() {
        List<String> parts = new ArrayList<>(List.of(part("scraped", scraped), part("delivered", delivered)));
        if (cutOff > 0) {
            parts.add(part("cut off by the kill", cutOff));
        }
        if (failed > 0) {
            parts.add(part("failed scrapes", failed));
        }
        parts.addAll(List.of(part("lost", lost), part("out of order", outOfOrder)));
        if (keptTwice > 0) {
            parts.add(part("kept twice", keptTwice));
        }
        parts.add(part("sent twice", sentTwice));
        return String.join(" · ", parts);
    }

    /** Name and number. */
    static String part(String name, long number) {
        return String.format(Locale.ROOT, "%s %,d", name, number);
    }

    private static boolean isCutOff(long number, ServedPage page, Served served) {
        return number == served.lastBeforeKill() && page.ended() > served.killed() - COMMIT_MILLIS;
    }

    /* The scrape that asked for the page began before it was asked for. A failure is that of one page. */
    private static boolean isFailed(long asked, NavigableSet<Long> failures) {
        Long failure = failures.floor(asked + TOLERANCE_MILLIS);
        return failure != null && failure >= asked - SCRAPE_MILLIS && failures.remove(failure);
    }
}

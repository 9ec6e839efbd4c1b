package dev.millrace.distribution.demo;

import dev.millrace.distribution.numbered.DeliveryOracle;
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
 * never acknowledged: the page that was the last of its target before the kill, and one whose scrape the collector itself
 * reported as failed ({@code up} 0). Both hold for whole pages only: a page is kept whole or not at all.
 *
 * @param scraped in pages that the targets handed over whole
 * @param delivered of these, what arrived
 * @param cutOff in pages that the kill cut off: at most one for each target
 * @param failed in pages whose scrapes failed
 * @param lost what is missing besides
 * @param outOfOrder samples that arrived after a newer one of their series
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
        long sentTwice,
        List<String> losses) {
    /** The longest time from the beginning of a scrape to the moment at which a busy machine serves its page. */
    private static final long SCRAPE_MILLIS = 10_000;
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
            for (Map.Entry<Long, Long> page : served.pages().entrySet()) {
                int arrived = oracle.arrived(served.target(), page.getKey());
                int missing = served.series() - arrived;
                scraped += served.series();
                delivered += arrived;
                if (missing == 0) {
                    continue;
                }
                if (arrived == 0 && page.getKey() == served.lastBeforeKill()) {
                    cutOff += missing;
                } else if (arrived == 0 && isFailed(page.getValue(), failures)) {
                    failed += missing;
                } else {
                    lost += missing;
                    losses.add("target " + served.target() + ", page " + page.getKey() + ": " + missing + " of "
                            + served.series() + " samples");
                }
            }
        }
        return new Verdict(
                scraped, delivered, cutOff, failed, lost, oracle.outOfOrder(), oracle.repeatedSamples(), losses);
    }

    /** Whether the promises are kept. */
    boolean good() {
        return lost == 0 && outOfOrder == 0;
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
        parts.addAll(List.of(part("lost", lost), part("out of order", outOfOrder), part("sent twice", sentTwice)));
        return String.join(" · ", parts);
    }

    /** Name and number. */
    static String part(String name, long number) {
        return String.format(Locale.ROOT, "%s %,d", name, number);
    }

    /* The scrape that asked for the page began before it was asked for. A failure is that of one page. */
    private static boolean isFailed(long asked, NavigableSet<Long> failures) {
        Long failure = failures.floor(asked + TOLERANCE_MILLIS);
        return failure != null && failure >= asked - SCRAPE_MILLIS && failures.remove(failure);
    }
}

package dev.millrace.plugin.input.prometheus;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes a line when the state of a target changes, and tells which targets of the input fail. Used by one scrape at a time. */
final class TargetHealth {
    private static final Logger LOG = LoggerFactory.getLogger(TargetHealth.class);

    /** The time of the last scrape where there was none. */
    static final long NEVER = Long.MIN_VALUE;

    private final Target target;
    private final ScrapeConfig config;
    private final FailingTargets failing;
    private boolean failed;
    private boolean leavesOut;
    private volatile long lastScrape = NEVER;
    private volatile double lastSeconds;
    private volatile String lastError = "";

    TargetHealth(Target target, ScrapeConfig config, FailingTargets failing) {
        this.target = target;
        this.config = config;
        this.failing = failing;
        failing.add();
    }

    /** Notes that the target is gone. */
    void end() {
        failing.remove(failed);
    }

    /** When the last scrape was, in milliseconds since the epoch; any thread may ask. */
    long lastScrape() {
        return lastScrape;
    }

    /** How long the last scrape took; any thread may ask. */
    double lastSeconds() {
        return lastSeconds;
    }

    /** Why the last scrape failed, empty where it did not; any thread may ask. */
    String lastError() {
        return lastError;
    }

    /** Notes what became of a scrape, and how long it took. */
    void note(BatchMaker.Made made, double seconds) {
        Exception failure = made.failure();
        lastSeconds = seconds;
        lastError = failure == null ? "" : FailureText.of(failure, target, config);
        lastScrape = made.timestamp();
        if (failure != null && !FailureText.isExpected(failure)) {
            LOG.error("{}: the scrape failed unexpectedly", target.name(), failure);
        } else if (failure != null && !failed) {
            LOG.warn("{}: {}", target.name(), lastError);
        } else if (failure == null && failed) {
            LOG.info("{}: up again", target.name());
            failing.mended();
        }
        if (failure == null) {
            noteLeftOut(made.counts());
        } else {
            failing.failed(failed, target.name() + ": " + lastError);
        }
        failed = failure != null;
    }

    private void noteLeftOut(PageCounts counts) {
        boolean some = counts.duplicates() > 0 || counts.outOfBounds() > 0;
        if (some && !leavesOut) {
            LOG.warn(
                    "{}: {} samples left out because the page has their series twice, {} because their timestamps are more"
                            + " than 10 minutes ahead",
                    target.name(),
                    counts.duplicates(),
                    counts.outOfBounds());
        }
        leavesOut = some;
    }
}

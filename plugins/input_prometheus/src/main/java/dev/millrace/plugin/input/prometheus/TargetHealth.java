package dev.millrace.plugin.input.prometheus;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes a line when the state of a target changes, and tells which targets of the input fail. Used by one scrape at a time. */
final class TargetHealth {
    private static final Logger LOG = LoggerFactory.getLogger(TargetHealth.class);

    private final Target target;
    private final ScrapeConfig config;
    private final FailingTargets failing;
    private boolean failed;
    private boolean leavesOut;

    TargetHealth(Target target, ScrapeConfig config, FailingTargets failing) {
        this.target = target;
        this.config = config;
        this.failing = failing;
        failing.add();
    }

    /** Notes what became of a scrape. */
    void note(BatchMaker.Made made) {
        Exception failure = made.failure();
        if (failure != null && !FailureText.isExpected(failure)) {
            LOG.error("{}: the scrape failed unexpectedly", target.name(), failure);
        } else if (failure != null && !failed) {
            LOG.warn("{}: {}", target.name(), FailureText.of(failure, target, config));
        } else if (failure == null && failed) {
            LOG.info("{}: up again", target.name());
            failing.mended();
        }
        if (failure == null) {
            noteLeftOut(made.counts());
        } else {
            failing.failed(failed, target.name() + ": " + FailureText.of(failure, target, config));
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

package dev.millrace.plugin.input.prometheus;

import dev.millrace.spi.PluginContext;

/** How many of an input's targets fail at the moment: as long as one does, the input is in trouble. Thread-safe. */
final class FailingTargets {
    private final PluginContext context;
    private int all;
    private int failing;

    /** None fails. */
    FailingTargets(PluginContext context) {
        this.context = context;
    }

    /** There is one target more. */
    synchronized void add() {
        all++;
    }

    /**
     * There is one target less.
     *
     * @param failed whether it failed
     */
    synchronized void remove(boolean failed) {
        all--;
        if (failed) {
            mended();
        }
    }

    /**
     * A scrape failed.
     *
     * @param failedBefore whether the one before of this target did, too
     */
    synchronized void failed(boolean failedBefore, String error) {
        failing += failedBefore ? 0 : 1;
        context.reportTrouble(all == 1 ? error : failing + " of " + all + " targets fail; the last: " + error);
    }

    /** A target that failed is up again. */
    synchronized void mended() {
        failing--;
        if (failing == 0) {
            context.reportRecovery();
        }
    }
}

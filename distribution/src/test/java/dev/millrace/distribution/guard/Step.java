package dev.millrace.distribution.guard;

/**
 * A step on the way of samples, done again and again by plugins and a journal of the build that is measured.
 *
 * <p>Steps see no more of a build than the SPI, its testkit, names of factories and the journal, because the same compiled
 * steps run with this build and with the baseline.
 */
interface Step extends Runnable {
    /** The targets of which a run has one scrape each. */
    int TARGETS = 20;

    /** The samples of a scrape. */
    int SERIES = 1000;

    /** The samples of a run. */
    int SAMPLES = TARGETS * SERIES;
}

package dev.millrace.core.metrics;

/** One who adds samples to a scrape, and never throws. */
interface Contributor {
    void contribute(Scrape scrape);
}

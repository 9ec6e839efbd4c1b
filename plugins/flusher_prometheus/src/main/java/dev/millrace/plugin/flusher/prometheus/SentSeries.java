package dev.millrace.plugin.flusher.prometheus;

import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.Symbol;

/**
 * What a series is sent as.
 *
 * @param labels its labels; none where it is dropped
 * @param tenant who owns it; {@link Symbol#EMPTY} where nobody is named
 */
record SentSeries(Labels labels, Symbol tenant) {
    /** A series that is not sent. */
    static final SentSeries DROPPED = ofNoTenant(Labels.EMPTY);

    /** A series of which no owner is named. */
    static SentSeries ofNoTenant(Labels labels) {
        return new SentSeries(labels, Symbol.EMPTY);
    }

    /** Whether it is not sent. */
    boolean isDropped() {
        return labels.size() == 0;
    }
}

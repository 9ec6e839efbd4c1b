package dev.millrace.plugin.input.prometheus;

import dev.millrace.spi.event.Labels;
import java.net.URI;
import java.time.Duration;

/**
 * One place to scrape.
 *
 * @param job the job that it belongs to
 * @param labels the labels that its series get
 * @param url where its page is
 * @param interval the time between two scrapes
 * @param timeout how long a scrape may take
 */
record Target(String job, Labels labels, URI url, Duration interval, Duration timeout) {
    /** The target as logs name it. */
    String name() {
        return "job \"" + job + "\": " + url;
    }
}

package dev.millrace.plugin.input.prometheus;

import dev.millrace.spi.event.Labels;
import java.net.URI;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a target's last scrapes left in the pipeline: the series whose end is yet to be marked.
 *
 * @param labels the labels of the target
 * @param url where its page was
 * @param series the series of its page that are tracked; those of its report are not among them
 * @param newest the timestamp of its last scrape, in milliseconds since the epoch
 */
record LiveTarget(Labels labels, URI url, List<Labels> series, long newest) {
    LiveTarget {
        series = List.copyOf(series);
    }

    /** Both, where one target continues two. */
    LiveTarget with(LiveTarget other) {
        List<Labels> all =
                Stream.concat(series.stream(), other.series.stream()).distinct().toList();
        return new LiveTarget(labels, url, all, Math.max(newest, other.newest));
    }
}

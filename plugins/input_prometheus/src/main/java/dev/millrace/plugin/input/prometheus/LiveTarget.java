package dev.millrace.plugin.input.prometheus;

import dev.millrace.spi.event.Labels;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a target's last scrapes left in the pipeline: the series whose end is yet to be marked.
 *
 * @param job the job that it belongs to
 * @param labels the labels of the target
 * @param url where its page was
 * @param series the series of its page that are tracked; those of its report are not among them
 * @param newest the timestamp of its last scrape, in milliseconds since the epoch
 * @param extra whether its report had all samples
 */
record LiveTarget(String job, Labels labels, URI url, List<TrackedSeries> series, long newest, boolean extra) {
    LiveTarget {
        series = List.copyOf(series);
    }

    /** Both, where one target continues two. */
    LiveTarget with(LiveTarget other) {
        Map<Labels, TrackedSeries> all = new LinkedHashMap<>();
        Stream.concat(series.stream(), other.series.stream()).forEach(one -> all.putIfAbsent(one.labels(), one));
        return new LiveTarget(job, labels, url, List.copyOf(all.values()), Math.max(newest, other.newest), extra);
    }
}

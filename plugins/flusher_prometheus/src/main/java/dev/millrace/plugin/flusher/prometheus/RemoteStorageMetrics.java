package dev.millrace.plugin.flusher.prometheus;

import dev.millrace.plugin.flusher.http.spi.Endpoint;
import dev.millrace.spi.PluginContext;
import dev.millrace.spi.metrics.Counter;
import dev.millrace.spi.metrics.Metrics;
import dev.millrace.spi.pipeline.SliceLimits;
import java.util.function.IntSupplier;

/**
 * The metrics that Prometheus has for remote write, with its names and labels, so that alerts and dashboards made for it
 * work here. They come from requests, and from the host's delivery statistics.
 *
 * <pre>
 * prometheus_remote_storage_…             here
 * samples_total                           float samples in all requests, repeats included
 * histograms_total, exemplars_total       the same of native histograms and exemplars
 * metadata_total                          descriptions of metrics: with their series in 2.0, in requests of their own in 1.0
 * ‹kind›_failed_total                     what the receiver refused for good, or says that it has not written
 * ‹kind›_retried_total                    what stood in requests that are sent again, also at once in another version
 * samples_dropped_total{reason}           rows not sent, by the host's reasons: too_old, dropped_series …
 * histograms_dropped_total{reason}        those whose reason concerns nothing else: nhcb_in_rw1_not_supported …
 * samples_pending                         rows in the backlog, the journal's included
 * samples_in_total                        rows appended to the journal; no labels of its own, as there
 * enqueue_retries_total                   how often a full lane stopped the reader of the journal
 * shard_capacity                          rows that can wait in a lane, before the journal does
 * shards, shards_min, shards_max,
 * shards_desired                          lanes, their bounds, and how many the backlog asks for
 * queue_highest_timestamp_seconds,
 * highest_timestamp_in_seconds            newest row in the journal; the second has no labels of its own, as there
 * queue_highest_sent_timestamp_seconds    newest row that was sent and is done with, also if it was refused, as there
 * max_samples_per_send                    SeriesLimit
 * bytes_total, metadata_bytes_total       compressed bytes of requests that were delivered
 * sent_batch_duration_seconds             from each request to its status; the buckets of Prometheus and two below
 * </pre>
 *
 * <p>A row of the journal is a sample or a native histogram; which is not known before it is read. So there is no
 * {@code histograms_pending}, {@code exemplars_pending}, {@code histograms_in_total} or {@code exemplars_in_total}, and
 * nothing drops exemplars alone. What is given up after {@code Retry.MaxRetryTimes} counts as rejected with the host and
 * as retried here.
 */
final class RemoteStorageMetrics {
    private static final String PREFIX = "prometheus_remote_storage_";

    private final RequestMetrics requests;
    private final Counter mergedSeries;

    RemoteStorageMetrics(PluginContext context, Endpoint endpoint, SliceLimits limits, IntSupplier version) {
        Metrics metrics = context.metrics();
        String[] labels = {"remote_name", context.pipeline() + "/" + context.id(), "url", endpoint.toString()};
        requests = new RequestMetrics(metrics, PREFIX, labels);
        QueueMetrics.publish(metrics, context.delivery(), limits, PREFIX, labels);
        metrics.gauge(
                "millrace_flusher_remote_write_version",
                "The version of remote write in use: 1 or 2; 0 while it is not known.",
                version::getAsInt);
        mergedSeries = metrics.counter(
                "millrace_flusher_merged_series_total", "Series that WriteRelabel made the same as another.");
    }

    /** Counts series that a relabelling made the same as another. */
    Counter mergedSeries() {
        return mergedSeries;
    }

    /** Counts requests. */
    RequestMetrics requests() {
        return requests;
    }
}

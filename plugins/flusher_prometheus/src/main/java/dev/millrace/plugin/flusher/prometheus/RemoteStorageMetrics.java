package dev.millrace.plugin.flusher.prometheus;

import dev.millrace.plugin.flusher.http.spi.Endpoint;
import dev.millrace.plugin.flusher.http.spi.Exchange;
import dev.millrace.spi.PluginContext;
import dev.millrace.spi.metrics.Counter;
import dev.millrace.spi.metrics.Distribution;
import dev.millrace.spi.metrics.Metrics;
import dev.millrace.spi.pipeline.DeliveryStatistics;
import dev.millrace.spi.pipeline.DeliveryStatistics.Snapshot;
import dev.millrace.spi.pipeline.Outcome;
import dev.millrace.spi.pipeline.SliceLimits;
import java.time.Duration;
import java.util.function.IntSupplier;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/**
 * The metrics that Prometheus has for remote write, with its names and labels, so that alerts and dashboards made for it
 * work here. They come from the host's delivery statistics.
 *
 * <pre>
 * prometheus_remote_storage_…             here
 * samples_total                           samples in all requests, repeats included
 * samples_failed_total                    samples that the receiver will never take
 * samples_retried_total                   samples in requests that are sent again
 * samples_dropped_total{reason}           samples that could not be sent
 * samples_pending                         backlog, the journal's included
 * shards, shards_min, shards_max,
 * shards_desired                          lanes, their bounds, and how many the backlog asks for
 * queue_highest_timestamp_seconds,
 * highest_timestamp_in_seconds            newest sample in the journal; the second has no labels of its own, as there
 * queue_highest_sent_timestamp_seconds    newest sample delivered
 * max_samples_per_send                    SeriesLimit
 * bytes_total                             compressed bytes of requests that were delivered
 * metadata_total, metadata_failed_total,
 * metadata_retried_total,
 * metadata_bytes_total                    metadata in the requests of its own that 1.0 needs
 * sent_batch_duration_seconds             from each request to its status
 * </pre>
 */
final class RemoteStorageMetrics {
    private static final String PREFIX = "prometheus_remote_storage_";
    private static final double MILLISECONDS_IN_SECOND = 1e3;
    private static final double NANOSECONDS_IN_SECOND = 1e9;

    private final Metrics metrics;
    private final DeliveryStatistics delivery;
    private final String[] labels;
    private final Counter bytes;
    private final Distribution duration;
    private final Counter mergedSeries;
    private final SentMetadata.MetadataCounters metadata;

    RemoteStorageMetrics(PluginContext context, Endpoint endpoint, SliceLimits limits, IntSupplier version) {
        metrics = context.metrics();
        delivery = context.delivery();
        labels = new String[] {"remote_name", context.pipeline() + "/" + context.id(), "url", endpoint.toString()};

        counter("samples_total", "Samples sent, repeats included.", Snapshot::attempted);
        counter("samples_failed_total", "Samples that the receiver refused for good.", Snapshot::rejected);
        counter("samples_retried_total", "Samples in requests that are to be sent again.", Snapshot::retried);
        metrics.counters(
                PREFIX + "samples_dropped_total",
                "Samples that could not be sent, by reason.",
                "reason",
                () -> delivery.snapshot().dropped(),
                labels);
        gauge("samples_pending", "Samples that wait to be sent.", Snapshot::backlog);
        gauge("shards", "Lanes in which requests are sent in parallel.", Snapshot::lanes);
        gauge("shards_min", "The lower bound of lanes.", Snapshot::minLanes);
        gauge("shards_max", "The upper bound of lanes.", Snapshot::maxLanes);
        gauge("shards_desired", "How many lanes the backlog asks for.", Snapshot::wantedLanes);
        gauge(
                "queue_highest_timestamp_seconds",
                "The timestamp of the newest sample to send.",
                state -> seconds(state.newestAppended()));
        gauge(
                "queue_highest_sent_timestamp_seconds",
                "The timestamp of the newest sample delivered.",
                state -> seconds(state.newestDelivered()));
        gauge("max_samples_per_send", "The largest number of samples in a request.", state -> limits.maxItems());
        metrics.gauge(
                PREFIX + "highest_timestamp_in_seconds",
                "The timestamp of the newest sample to send.",
                () -> seconds(delivery.snapshot().newestAppended()));
        metrics.gauge(
                "millrace_flusher_remote_write_version",
                "The version of remote write in use: 1 or 2; 0 while it is not known.",
                version::getAsInt);
        mergedSeries = metrics.counter(
                "millrace_flusher_merged_series_total", "Series that WriteRelabel made the same as another.");
        metadata = new SentMetadata.MetadataCounters(
                metrics.counter(PREFIX + "metadata_total", "Metadata sent by remote write 1.0.", labels),
                metrics.counter(PREFIX + "metadata_failed_total", "Metadata that the receiver refused.", labels),
                metrics.counter(PREFIX + "metadata_retried_total", "Metadata that is to be sent again.", labels),
                metrics.counter(
                        PREFIX + "metadata_bytes_total", "Compressed bytes of metadata that was delivered.", labels));
        bytes = metrics.counter(PREFIX + "bytes_total", "Compressed bytes of requests that were delivered.", labels);
        duration = metrics.distribution(
                PREFIX + "sent_batch_duration_seconds", "How long requests took to their answer.", labels);
    }

    /** Counts series that a relabelling made the same as another. */
    Counter mergedSeries() {
        return mergedSeries;
    }

    /** Counts metadata in requests of its own. */
    SentMetadata.MetadataCounters metadataCounters() {
        return metadata;
    }

    /** Counts a request. */
    void count(Exchange exchange) {
        if (exchange.bytes() == 0) {
            return;
        }
        duration.observe(seconds(exchange.duration()));
        if (exchange.outcome() instanceof Outcome.Delivered) {
            bytes.add(exchange.bytes());
        }
    }

    private void counter(String name, String help, ToLongFunction<Snapshot> value) {
        metrics.counter(PREFIX + name, help, () -> value.applyAsLong(delivery.snapshot()), labels);
    }

    private void gauge(String name, String help, ToDoubleFunction<Snapshot> value) {
        metrics.gauge(PREFIX + name, help, () -> value.applyAsDouble(delivery.snapshot()), labels);
    }

    private static double seconds(long milliseconds) {
        return Math.max(0, milliseconds) / MILLISECONDS_IN_SECOND;
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / NANOSECONDS_IN_SECOND;
    }
}

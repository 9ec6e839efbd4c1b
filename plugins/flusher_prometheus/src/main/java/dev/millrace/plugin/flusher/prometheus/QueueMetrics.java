package dev.millrace.plugin.flusher.prometheus;

import dev.millrace.spi.metrics.Metrics;
import dev.millrace.spi.pipeline.DeliveryStatistics;
import dev.millrace.spi.pipeline.DeliveryStatistics.Snapshot;
import dev.millrace.spi.pipeline.SliceLimits;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/** Publishes what the host knows of a flusher's queue in the names of Prometheus. */
final class QueueMetrics {
    private static final double MILLISECONDS_IN_SECOND = 1e3;

    private final Metrics metrics;
    private final DeliveryStatistics delivery;
    private final String prefix;
    private final String[] labels;

    private QueueMetrics(Metrics metrics, DeliveryStatistics delivery, String prefix, String... labels) {
        this.metrics = metrics;
        this.delivery = delivery;
        this.prefix = prefix;
        this.labels = labels;
    }

    static void publish(
            Metrics metrics, DeliveryStatistics delivery, SliceLimits limits, String prefix, String... labels) {
        QueueMetrics own = new QueueMetrics(metrics, delivery, prefix, labels);
        own.rows();
        own.shards();
        own.gauge("max_samples_per_send", "The largest number of samples in a request.", state -> limits.maxItems());
        own.gauge(
                "queue_highest_timestamp_seconds",
                "The timestamp of the newest sample to send.",
                QueueMetrics::newestAppended);
        own.gauge(
                "queue_highest_sent_timestamp_seconds",
                "The timestamp of the newest sample that was sent, and taken or refused for good.",
                state -> seconds(state.newestDone()));
        new QueueMetrics(metrics, delivery, prefix).common();
    }

    private void rows() {
        dropped("samples_dropped_total", "Samples that could not be sent, by reason.", DroppedRows::samples);
        dropped(
                "histograms_dropped_total",
                "Native histograms that could not be sent, by reason.",
                DroppedRows::histograms);
        gauge("samples_pending", "Samples that wait to be sent, native histograms among them.", Snapshot::backlog);
    }

    private void shards() {
        gauge("shards", "Lanes in which requests are sent in parallel.", Snapshot::lanes);
        gauge("shards_min", "The lower bound of lanes.", Snapshot::minLanes);
        gauge("shards_max", "The upper bound of lanes.", Snapshot::maxLanes);
        gauge("shards_desired", "How many lanes the backlog asks for.", Snapshot::wantedLanes);
        gauge("shard_capacity", "How many samples can wait in a lane.", Snapshot::laneCapacity);
        counter("enqueue_retries_total", "How often reading stopped at full lanes.", Snapshot::laneWaits);
    }

    /* Prometheus has these once for a process, so without labels. */
    private void common() {
        counter("samples_in_total", "Samples to be sent, native histograms among them.", Snapshot::appended);
        gauge(
                "highest_timestamp_in_seconds",
                "The timestamp of the newest sample to send.",
                QueueMetrics::newestAppended);
    }

    private void counter(String name, String help, ToLongFunction<Snapshot> value) {
        metrics.counter(prefix + name, help, () -> value.applyAsLong(delivery.snapshot()), labels);
    }

    private void gauge(String name, String help, ToDoubleFunction<Snapshot> value) {
        metrics.gauge(prefix + name, help, () -> value.applyAsDouble(delivery.snapshot()), labels);
    }

    private void dropped(String name, String help, Function<Map<String, Long>, Map<String, Long>> kind) {
        metrics.counters(
                prefix + name,
                help,
                "reason",
                () -> kind.apply(delivery.snapshot().dropped()),
                labels);
    }

    private static double newestAppended(Snapshot state) {
        return seconds(state.newestAppended());
    }

    private static double seconds(long milliseconds) {
        return Math.max(0, milliseconds) / MILLISECONDS_IN_SECOND;
    }
}

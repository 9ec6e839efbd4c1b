package dev.millrace.core.pipeline;

import dev.millrace.core.delivery.Delivery;
import dev.millrace.core.delivery.DeliveryOptions;
import dev.millrace.core.delivery.DeliverySettings;
import dev.millrace.core.delivery.DeliveryStatus;
import dev.millrace.core.journal.Cursor;
import dev.millrace.core.journal.Journal;
import dev.millrace.core.metrics.MetricRegistry;
import dev.millrace.core.metrics.MetricSink;
import dev.millrace.spi.ComponentId;
import dev.millrace.spi.config.ByteSize;
import dev.millrace.spi.pipeline.DeliveryStatistics;
import dev.millrace.spi.pipeline.Flusher;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A flusher with its cursor and its delivery. Not thread-safe. */
final class FlusherStation {
    private static final Logger LOG = LoggerFactory.getLogger(FlusherStation.class);

    private final String pipeline;
    private final Station station;
    private final DeliveryOptions options;
    private final Journal journal;
    private final LongSupplier newestAppended;
    private final Services services;
    private final Cursor cursor;
    private @Nullable Delivery delivery;
    private MetricRegistry.@Nullable Publication publication;

    private FlusherStation(
            String pipeline,
            Station station,
            DeliveryOptions options,
            Journal journal,
            LongSupplier newestAppended,
            Services services,
            Cursor cursor) {
        this.pipeline = pipeline;
        this.station = station;
        this.options = options;
        this.journal = journal;
        this.newestAppended = newestAppended;
        this.services = services;
        this.cursor = cursor;
    }

    /** Opens the flusher's cursor, which begins at the journal's end where it is new. Nothing is sent yet. */
    static FlusherStation open(
            String pipeline,
            Station station,
            DeliveryOptions options,
            Journal journal,
            LongSupplier newestAppended,
            Services services)
            throws IOException {
        String id = station.context().id().toString();
        Optional<ByteSize> limit = options.maxBytes();
        Cursor cursor = limit.isPresent() ? journal.cursor(id, limit.get().bytes()) : journal.cursor(id);
        return new FlusherStation(pipeline, station, options, journal, newestAppended, services, cursor);
    }

    ComponentId id() {
        return station.context().id();
    }

    /** Begins to deliver; no other delivery of the cursor runs. */
    void start() {
        Flusher flusher = station.as(Flusher.class);
        Delivery started = new Delivery(
                new DeliverySettings(pipeline, id(), flusher.limits(), options),
                journal,
                cursor,
                flusher,
                station.context().scheduler(),
                services.clock(),
                newestAppended);
        station.context().delivery().comeFrom(started.statistics());
        publication = services.metrics().register(sink -> collect(started.status(), sink));
        started.start();
        delivery = started;
    }

    /** Begins to end; completes when nothing is on its way any more. */
    CompletionStage<Void> stop() {
        Delivery started = delivery;
        delivery = null;
        if (started == null) {
            return java.util.concurrent.CompletableFuture.completedStage(null);
        }
        return started.stop().thenRun(() -> {
            MetricRegistry.Publication published = publication;
            if (published != null) {
                published.close();
            }
            LOG.debug("{}: delivery has ended", station.name());
        });
    }

    private void collect(DeliveryStatus status, MetricSink sink) {
        String component = id().toString();
        String[] labels = {"pipeline", pipeline, "component", component};
        DeliveryStatistics.Snapshot counts = status.counts();
        sink.counter(
                "millrace_flusher_appended_items_total",
                "Items in the journal since the flusher's cursor began.",
                counts.appended(),
                labels);
        sink.counter(
                "millrace_flusher_delivered_items_total",
                "Items that the destination has, since the cursor began.",
                counts.delivered(),
                labels);
        sink.counter(
                "millrace_flusher_rejected_items_total",
                "Items that the destination will never take, since the cursor began.",
                counts.rejected(),
                labels);
        counts.dropped()
                .forEach((reason, items) -> sink.counter(
                        "millrace_flusher_dropped_items_total",
                        "Items that could not be sent to the destination, by reason, since the cursor began.",
                        items,
                        "pipeline",
                        pipeline,
                        "component",
                        component,
                        "reason",
                        reason));
        sink.counter(
                "millrace_flusher_retried_requests_total",
                "Requests that were sent again.",
                status.retriedRequests(),
                labels);
        sink.gauge("millrace_flusher_backlog_items", "Items that wait.", (double) counts.backlog(), labels);
        sink.gauge(
                "millrace_flusher_backlog_bytes",
                "Bytes of the journal that wait.",
                (double) cursor.backlogBytes(),
                labels);
        double age = status.oldestBacklog() == 0
                ? 0
                : Math.max(0, services.clock().millis() - status.oldestBacklog()) / 1000.0;
        sink.gauge("millrace_flusher_backlog_oldest_seconds", "Age of the oldest batch that waits.", age, labels);
        sink.gauge("millrace_flusher_lanes", "Lanes.", counts.lanes(), labels);
        sink.gauge(
                "millrace_flusher_held",
                "1 where nothing is delivered until a person changes something.",
                status.held().isPresent() ? 1 : 0,
                labels);
    }
}

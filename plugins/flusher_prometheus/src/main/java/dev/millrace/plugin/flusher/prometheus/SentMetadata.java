package dev.millrace.plugin.flusher.prometheus;

import dev.millrace.plugin.flusher.http.spi.Exchange;
import dev.millrace.spi.BodyBuffer;
import dev.millrace.spi.event.Metadata;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.metrics.Counter;
import dev.millrace.spi.pipeline.Outcome;
import dev.millrace.spi.pipeline.Slice;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The metadata of samples that were sent by remote write 1.0, whose messages have no place for it beside samples. What
 * was seen goes out once a minute, in requests of its own that nothing waits for; what the endpoint did not take goes with
 * the next. Thread-safe.
 */
final class SentMetadata {
    private static final Logger LOG = LoggerFactory.getLogger(SentMetadata.class);

    /** How many families are remembered until the next requests; more are left for the minute after. */
    private static final int REMEMBERED = 5 * MetadataRequest.ENTRIES;

    private static final Duration INTERVAL = Duration.ofMinutes(1);

    private final Object lock = new Object();
    private final Function<BodyBuffer, CompletionStage<Exchange>> sender;
    private final Clock clock;
    private final MetadataCounters counters;
    private final int maxBytes;
    private final Map<String, Metadata> seen = new ConcurrentHashMap<>();
    private Instant due = Instant.MIN;

    /** What is counted of metadata: families. */
    record MetadataCounters(Counter sent, Counter failed, Counter retried, Counter bytes) {}

    /**
     * Gathers metadata.
     *
     * @param sender posts the body of a request
     * @param maxBytes the largest body
     */
    SentMetadata(
            Function<BodyBuffer, CompletionStage<Exchange>> sender,
            Clock clock,
            MetadataCounters counters,
            int maxBytes) {
        this.sender = sender;
        this.clock = clock;
        this.counters = counters;
        this.maxBytes = maxBytes;
    }

    /** Notes the metadata of a slice that was sent by 1.0, and sends what was gathered when it is time. */
    @SuppressWarnings("ReferenceEquality") // spares work: an equal one is noticed as well
    void sent(Slice slice) {
        Metadata last = null;
        for (int i = 0; i < slice.size(); i++) {
            MetricBatch batch = (MetricBatch) slice.batch(i);
            Metadata metadata = batch.hasMetadata() ? batch.metadata(slice.row(i)) : null;
            if (metadata != null && metadata != last) {
                last = metadata;
                remember(metadata);
            }
        }
        MetadataRequest.cut(takeIfDue(), maxBytes, this::leaveOut).forEach(this::send);
    }

    @SuppressWarnings("ReferenceEquality") // an equal one takes its place, because it will probably come again
    private void remember(Metadata metadata) {
        @Nullable Metadata known = seen.get(metadata.family());
        if (known == null ? seen.size() < REMEMBERED : known != metadata) {
            seen.put(metadata.family(), metadata);
        }
    }

    private void leaveOut(Metadata family) {
        counters.failed().increment();
        LOG.debug("the description of {} has more than the {} bytes of a request", family.family(), maxBytes);
    }

    private List<Metadata> takeIfDue() {
        List<Metadata> taken = new ArrayList<>();
        synchronized (lock) {
            Instant now = clock.instant();
            if (now.isBefore(due) || seen.isEmpty()) {
                return taken;
            }
            due = now.plus(INTERVAL);
            for (Iterator<Metadata> all = seen.values().iterator(); all.hasNext(); all.remove()) {
                taken.add(all.next());
            }
        }
        return taken;
    }

    private void send(MetadataRequest request) {
        List<Metadata> families = request.families();
        counters.sent().add(families.size());
        post(request).whenComplete((exchange, failure) -> {
            if (failure != null) {
                LOG.warn("metadata could not be sent, and is sent again in a minute", failure);
            }
            if (failure != null || isLater(exchange) || isHeld(exchange)) {
                counters.retried().add(families.size());
                families.forEach(family -> seen.putIfAbsent(family.family(), family));
            } else if (exchange.outcome() instanceof Outcome.Delivered) {
                counters.bytes().add(exchange.bytes());
            } else {
                counters.failed().add(families.size());
                LOG.debug("metadata was refused with status {}", exchange.status());
            }
        });
    }

    /* The slice that brought the metadata is delivered, whatever becomes of this request. */
    private CompletionStage<Exchange> post(MetadataRequest request) {
        try {
            return sender.apply(request.body());
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static boolean isHeld(Exchange exchange) {
        return exchange.outcome() instanceof Outcome.Held;
    }

    private static boolean isLater(Exchange exchange) {
        return exchange.outcome() instanceof Outcome.Retry || exchange.outcome() instanceof Outcome.NotSent;
    }
}

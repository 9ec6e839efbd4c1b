package dev.millrace.plugin.flusher.prometheus;

import dev.millrace.plugin.flusher.http.spi.Exchange;
import dev.millrace.spi.extension.Content;
import dev.millrace.spi.metrics.Counter;
import dev.millrace.spi.metrics.Distribution;
import dev.millrace.spi.metrics.Metrics;
import dev.millrace.spi.pipeline.Outcome;
import dev.millrace.spi.pipeline.Slice;
import java.util.Optional;

/**
 * Counts requests and, by kind, what stood in them: all of it, what failed, and what is sent again. What the receiver has
 * is the rest. Thread-safe.
 */
final class RequestMetrics {
    private static final int BAD_REQUEST = 400;
    private static final double NANOSECONDS_IN_SECOND = 1e9;

    private final ContentCounters sent;
    private final ContentCounters failed;
    private final ContentCounters retried;
    private final Counter bytes;
    private final Counter metadataBytes;
    private final Distribution duration;

    RequestMetrics(Metrics metrics, String prefix, String... labels) {
        sent = ContentCounters.of(metrics, prefix, "_total", "sent, repeats included.", labels);
        failed = ContentCounters.of(
                metrics, prefix, "_failed_total", "that the receiver refused for good or did not write.", labels);
        retried =
                ContentCounters.of(metrics, prefix, "_retried_total", "in requests that are to be sent again.", labels);
        bytes = metrics.counter(prefix + "bytes_total", "Compressed bytes of requests that were delivered.", labels);
        metadataBytes = metrics.counter(
                prefix + "metadata_bytes_total", "Compressed bytes of metadata that was delivered.", labels);
        duration = metrics.distribution(
                prefix + "sent_batch_duration_seconds", "How long requests took to their answer.", labels);
    }

    /** Counts metadata in requests of its own. */
    SentMetadata.MetadataCounters metadata() {
        return new SentMetadata.MetadataCounters(sent.metadata(), failed.metadata(), retried.metadata(), metadataBytes);
    }

    /** Counts a request, whatever becomes of it. */
    void sent(Exchange exchange) {
        if (exchange.bytes() > 0) {
            sent.add(exchange.content());
            duration.observe(exchange.duration().toNanos() / NANOSECONDS_IN_SECOND);
        }
    }

    /** The rows of a request are sent again at once, by one of another version. */
    void again(Exchange exchange) {
        retried.add(exchange.content());
    }

    /**
     * Counts what became of a slice by its last request.
     *
     * @param written what the receiver says that it has written, where that is to be believed
     */
    void ended(Slice slice, Exchange exchange, Optional<Written> written) {
        if (exchange.bytes() == 0) {
            return;
        }
        Content content = exchange.content();
        Outcome outcome = exchange.outcome();
        if (outcome instanceof Outcome.Delivered) {
            bytes.add(exchange.bytes());
            written.ifPresent(numbers -> failed.add(numbers.missing(content)));
        } else if (isFinal(slice, outcome)) {
            if (!isRefusedRepeat(slice, exchange)) {
                failed.add(written.map(numbers -> numbers.missing(content)).orElse(content));
            }
        } else {
            retried.add(content);
        }
    }

    private static boolean isFinal(Slice slice, Outcome outcome) {
        return outcome instanceof Outcome.Rejected || outcome instanceof Outcome.Split && slice.size() == 1;
    }

    /* The host counts it as repeat_refused: the receiver has it, or a part of it. */
    private static boolean isRefusedRepeat(Slice slice, Exchange exchange) {
        return slice.repeated() && exchange.status() == BAD_REQUEST;
    }
}

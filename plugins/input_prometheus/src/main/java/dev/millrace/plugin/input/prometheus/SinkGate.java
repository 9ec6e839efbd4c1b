package dev.millrace.plugin.input.prometheus;

import dev.millrace.spi.event.EventBatch;
import dev.millrace.spi.metrics.Counter;
import dev.millrace.spi.metrics.Metrics;
import dev.millrace.spi.pipeline.Acknowledgement;
import dev.millrace.spi.pipeline.BatchSink;
import dev.millrace.spi.pipeline.Refusal;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way of all scrapes of an input to its pipeline. It counts those that are skipped because nothing is accepted, and
 * writes a line when that begins and ends. Thread-safe.
 */
final class SinkGate {
    private static final Logger LOG = LoggerFactory.getLogger(SinkGate.class);
    private static final String UNFINISHED = "unfinished";

    private final BatchSink sink;
    private final Metrics metrics;
    private final AtomicReference<Refusal.@Nullable Reason> refused = new AtomicReference<>();

    SinkGate(BatchSink sink, Metrics metrics) {
        this.sink = sink;
        this.metrics = metrics;
        skipped(UNFINISHED);
        for (Refusal.Reason reason : Refusal.Reason.values()) {
            skipped(name(reason));
        }
    }

    /** Whether a batch would be accepted; where it would not, the scrape is counted as skipped. */
    boolean isOpen() {
        Optional<Refusal> refusal = sink.refusal();
        refusal.ifPresent(this::skip);
        return refusal.isEmpty();
    }

    /** Counts a scrape that is skipped because the one before it is not finished. */
    void skipUnfinished() {
        skipped(UNFINISHED).increment();
    }

    /** Counts a scrape that was refused. */
    void skip(Refusal refusal) {
        skipped(name(refusal.reason())).increment();
        if (refusal.reason() != refused.getAndSet(refusal.reason()) && refusal.reason() != Refusal.Reason.STOPPING) {
            LOG.warn("scrapes are skipped: {}", refusal.message());
        }
    }

    /** Hands a batch over. */
    void accept(EventBatch batch, Acknowledgement acknowledgement) {
        sink.accept(batch, acknowledgement);
    }

    /** Notes that a batch was kept. */
    void open() {
        if (refused.get() != null && refused.getAndSet(null) != null) {
            LOG.info("scrapes are accepted again");
        }
    }

    private Counter skipped(String reason) {
        return metrics.counter(
                "millrace_input_skipped_scrapes_total",
                "Scrapes that did not take place or were not kept, by reason.",
                "reason",
                reason);
    }

    private static String name(Refusal.Reason reason) {
        return reason.name().toLowerCase(Locale.ROOT);
    }
}

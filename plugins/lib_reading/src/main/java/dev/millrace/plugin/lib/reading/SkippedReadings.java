package dev.millrace.plugin.lib.reading;

import dev.millrace.spi.metrics.Counter;
import dev.millrace.spi.metrics.Metrics;
import dev.millrace.spi.pipeline.Refusal;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts the readings that did not take place or were not kept, and writes a line when that begins and ends. Thread-safe. */
final class SkippedReadings {
    private static final Logger LOG = LoggerFactory.getLogger(SkippedReadings.class);

    private final Counter unfinished;
    private final Map<Refusal.Reason, Counter> refused = new EnumMap<>(Refusal.Reason.class);
    private boolean refusing;

    SkippedReadings(Metrics metrics) {
        unfinished = counter(metrics, "unfinished");
        for (Refusal.Reason reason : Refusal.Reason.values()) {
            refused.put(reason, counter(metrics, reason.name().toLowerCase(Locale.ROOT)));
        }
    }

    /** The reading before is still on its way. */
    void countUnfinished() {
        unfinished.increment();
    }

    /** The pipeline takes nothing. */
    void count(Refusal refusal) {
        refused.getOrDefault(refusal.reason(), unfinished).increment();
        if (refusal.reason() != Refusal.Reason.STOPPING && setRefusing(true)) {
            LOG.warn("readings are skipped: {}", refusal.message());
        }
    }

    /** A reading was kept. */
    void kept() {
        if (setRefusing(false)) {
            LOG.info("readings are kept again");
        }
    }

    private synchronized boolean setRefusing(boolean now) {
        boolean changed = refusing != now;
        refusing = now;
        return changed;
    }

    private static Counter counter(Metrics metrics, String reason) {
        return metrics.counter(
                "millrace_input_skipped_scrapes_total",
                "Scrapes that did not take place or were not kept, by reason.",
                "reason",
                reason);
    }
}

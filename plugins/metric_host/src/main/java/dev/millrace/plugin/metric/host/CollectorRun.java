package dev.millrace.plugin.metric.host;

import dev.millrace.plugin.lib.reading.Samples;
import dev.millrace.plugin.lib.reading.Series;
import dev.millrace.spi.metrics.Counter;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One collector, reading after reading: how long it takes, and whether it fails. Used by one reading at a time. */
final class CollectorRun {
    private static final Logger LOG = LoggerFactory.getLogger(CollectorRun.class);
    private static final double SECOND = 1e9;

    private final String name;
    private final Collector collector;
    private final Counter failures;
    private final LongSupplier nanoTime;
    private final Series success;
    private final Series duration;
    private long nanosOfPreparation;
    private @Nullable Exception failureOfPreparation;
    private boolean failed;

    CollectorRun(CollectorKind kind, Host host, Counter failures, LongSupplier nanoTime) {
        this.name = kind.text();
        this.collector = kind.collector(host);
        this.failures = failures;
        this.nanoTime = nanoTime;
        success = host.families()
                .gauge("node_scrape_collector_success", "Whether a collector succeeded, 1 or 0.")
                .series("collector", name);
        duration = host.families()
                .gauge("node_scrape_collector_duration_seconds", "How long a collector took.")
                .series("collector", name);
    }

    /** Begins what takes a while. */
    void prepare() {
        long begin = nanoTime.getAsLong();
        failureOfPreparation = null;
        try {
            collector.prepare();
        } catch (Exception e) {
            failureOfPreparation = e;
        }
        nanosOfPreparation = nanoTime.getAsLong() - begin;
    }

    /**
     * Adds the collector's samples, and two of its own.
     *
     * @return what failed; then the collector has none
     */
    Optional<String> collect(Samples samples) {
        long begin = nanoTime.getAsLong();
        int size = samples.size();
        Exception failure = failureOfPreparation == null ? failure(samples) : failureOfPreparation;
        if (failure != null) {
            samples.truncate(size);
        }
        samples.add(duration, (nanosOfPreparation + nanoTime.getAsLong() - begin) / SECOND);
        samples.add(success, failure == null ? 1 : 0);
        return told(failure);
    }

    private @Nullable Exception failure(Samples samples) {
        try {
            collector.collect(samples);
            return null;
        } catch (Exception e) {
            return e;
        }
    }

    private Optional<String> told(@Nullable Exception failure) {
        boolean before = failed;
        failed = failure != null;
        if (failure == null) {
            if (before) {
                LOG.info("{}: collected again", name);
            }
            return Optional.empty();
        }
        failures.increment();
        String message = name + ": " + (failure.getMessage() == null ? failure.toString() : failure.getMessage());
        if (failure instanceof RuntimeException) {
            LOG.error("{}: the collector failed unexpectedly", name, failure);
        } else if (!before) {
            LOG.warn("{}", message);
        }
        return Optional.of(message);
    }

    void stop() {
        collector.stop();
    }
}

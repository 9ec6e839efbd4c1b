package dev.millrace.core.delivery;

import dev.millrace.spi.ComponentId;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.pipeline.SliceLimits;
import java.time.Duration;
import java.util.function.Predicate;

/**
 * What a delivery has to know of its flusher.
 *
 * @param pipeline the name of the pipeline
 * @param flusher the identity of the flusher
 * @param limits where the flusher wants requests to be cut
 * @param options what the user wants
 * @param wanted the labels of the items that are for the flusher; thread-safe, and the same for the same labels
 * @param sendDeadline how long a call of {@code send} may take before it is abandoned
 * @param stopGrace how long a stop waits for requests in flight
 */
public record DeliverySettings(
        String pipeline,
        ComponentId flusher,
        SliceLimits limits,
        DeliveryOptions options,
        Predicate<Labels> wanted,
        Duration sendDeadline,
        Duration stopGrace) {
    public DeliverySettings {
        if (sendDeadline.isZero() || sendDeadline.isNegative()) {
            throw new IllegalArgumentException("sendDeadline: " + sendDeadline + " (expected: > 0)");
        }
        if (stopGrace.isNegative()) {
            throw new IllegalArgumentException("stopGrace: " + stopGrace + " (expected: >= 0)");
        }
    }

    /** Settings with a stop grace of five seconds. */
    public DeliverySettings(
            String pipeline,
            ComponentId flusher,
            SliceLimits limits,
            DeliveryOptions options,
            Predicate<Labels> wanted,
            Duration sendDeadline) {
        this(pipeline, flusher, limits, options, wanted, sendDeadline, Duration.ofSeconds(5));
    }

    /** Settings of a flusher that gets all, with a send deadline of ten minutes and a stop grace of five seconds. */
    public DeliverySettings(String pipeline, ComponentId flusher, SliceLimits limits, DeliveryOptions options) {
        this(pipeline, flusher, limits, options, labels -> true, Duration.ofMinutes(10));
    }

    /** The pipeline and flusher, as messages begin with them. */
    String name() {
        return pipeline + "/" + flusher;
    }
}

package dev.millrace.core.delivery;

import dev.millrace.core.journal.CursorLimits;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * What the user of a model run wants of a flusher.
 *
 * @param limits how much may wait for it; empty: what the journal says
 * @param late what becomes of late samples
 * @param tenants whether it sends the samples of several tenants separately
 * @param without the series that are not for it: those whose number leaves this when it is divided by four; 0: none
 */
record ModelOptions(Optional<CursorLimits> limits, Late late, boolean tenants, int without) {
    static final ModelOptions DEFAULT = new ModelOptions(Optional.empty(), Late.SEND, false, 0);

    static final int PARTS = 4;
    private static final long PLENTY = 1L << 30;

    static ModelOptions random(Random random) {
        CursorLimits limits = new CursorLimits(
                random.nextInt(3) == 0 ? PLENTY : 2_000 + random.nextInt(random.nextBoolean() ? 6_000 : 30_000),
                random.nextInt(3) == 0 ? Duration.ofMillis(500 + random.nextInt(20_000)) : Duration.ZERO,
                random.nextInt(3) == 0 ? 1 + random.nextInt(10_000) : 0,
                random.nextInt(3) > 0);
        return new ModelOptions(
                Optional.of(limits), random.nextInt(3) == 0 ? Late.DROP : Late.SEND, random.nextInt(3) == 0, (int)
                        (limits.maxBytes() % PARTS));
    }

    /** The same of a flusher that wants other series. */
    ModelOptions without(int other) {
        return new ModelOptions(limits, late, tenants, other);
    }

    /** Whether it drops what is over its limits. */
    boolean drops() {
        return limits.isPresent() && limits.get().dropOldest();
    }

    /** Whether a series is for it, by its number. */
    boolean wants(int series) {
        return without == 0 || series % PARTS != without;
    }

    DeliveryOptions delivery() {
        return new DeliveryOptions(
                DeliveryOptions.MAX_CONCURRENCY,
                DeliveryOptions.Retry.DEFAULT,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                late,
                DeadLetterOptions.DEFAULT,
                Optional.empty(),
                false);
    }
}

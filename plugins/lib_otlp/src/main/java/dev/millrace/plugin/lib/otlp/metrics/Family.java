package dev.millrace.plugin.lib.otlp.metrics;

import dev.millrace.spi.event.Metadata;
import dev.millrace.spi.event.Symbol;
import org.jspecify.annotations.Nullable;

/**
 * A metric of a scope, with its name in Prometheus.
 *
 * @param origin where it comes from
 * @param id which one it is, over restarts
 * @param delta whether its points are differences
 * @param name its name
 * @param metadata what is said of it
 * @param problem why none of its points can be kept, or null
 */
record Family(
        Origin origin,
        StreamId id,
        boolean delta,
        Symbol name,
        Metadata metadata,
        @Nullable Rejection problem) implements Known.Part {

    /** Whether its series only grow, so that it matters since when they count. */
    boolean counts() {
        return switch (metadata.type()) {
            case GAUGE, UNKNOWN, INFO, STATE_SET -> false;
            default -> true;
        };
    }

    @Override
    public int weight() {
        return 200
                + name.length()
                + 2 * (metadata.help().length() + metadata.unit().length());
    }
}

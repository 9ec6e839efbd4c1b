package dev.millrace.core.pipeline;

import dev.millrace.spi.pipeline.DeliveryStatistics;
import java.util.Map;

/** The statistics of a flusher, which exist only when its delivery does. */
final class LateStatistics implements DeliveryStatistics {
    private static final Snapshot NOTHING = new Snapshot(0, 0, 0, 0, 0, Map.of(), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    private volatile DeliveryStatistics statistics = () -> NOTHING;

    void comeFrom(DeliveryStatistics source) {
        statistics = source;
    }

    @Override
    public Snapshot snapshot() {
        return statistics.snapshot();
    }
}

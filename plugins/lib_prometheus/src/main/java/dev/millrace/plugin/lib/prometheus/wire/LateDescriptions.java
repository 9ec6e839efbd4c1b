package dev.millrace.plugin.lib.prometheus.wire;

import dev.millrace.spi.event.EventBatch;
import dev.millrace.spi.event.Exemplar;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.Metadata;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.event.MetricBatchBuilder;
import dev.millrace.spi.event.NativeHistogram;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Adds what could not be known of a row when it was read. */
final class LateDescriptions {
    private LateDescriptions() {}

    /** What a message says of series outside of them. */
    interface Source {
        /** Nothing at all. */
        Source NONE = new Source() {
            @Override
            public boolean isEmpty() {
                return true;
            }

            @Override
            public @Nullable Metadata of(Labels series) {
                return null;
            }
        };

        /** Whether that is nothing. */
        boolean isEmpty();

        /** What is known of the family of a series, or null. */
        @Nullable
        Metadata of(Labels series);
    }

    /** The rows as a batch, or none where there are no rows. */
    static List<EventBatch> batches(MetricBatchBuilder rows, StrayExemplars strays, Source source) {
        if (rows.size() == 0) {
            return List.of();
        }
        MetricBatch batch = rows.build();
        return List.of(strays.isEmpty() && source.isEmpty() ? batch : describe(batch, strays, source));
    }

    /* From the end, so that exemplars find the last row of their series. */
    private static MetricBatch describe(MetricBatch batch, StrayExemplars strays, Source source) {
        Map<Integer, List<Exemplar>> late = new HashMap<>();
        for (int row = batch.size() - 1; row >= 0 && !strays.isEmpty(); row--) {
            late.put(row, strays.take(batch.labels(row)));
        }
        MetricBatchBuilder described = MetricBatch.builder(batch.size());
        for (int row = 0; row < batch.size(); row++) {
            copy(batch, row, described);
            List<Exemplar> exemplars = new ArrayList<>(batch.exemplars(row));
            exemplars.addAll(late.getOrDefault(row, List.of()));
            if (!exemplars.isEmpty()) {
                described.exemplars(exemplars);
            }
            Metadata known = batch.metadata(row);
            Metadata family = known == null ? source.of(batch.labels(row)) : known;
            if (family != null) {
                described.metadata(family);
            }
        }
        return described.build();
    }

    private static void copy(MetricBatch batch, int row, MetricBatchBuilder target) {
        Labels labels = batch.labels(row);
        NativeHistogram histogram = batch.histogram(row);
        if (histogram == null) {
            target.add(labels, batch.timestamp(row), batch.valueBits(row));
        } else {
            target.add(labels, batch.timestamp(row), histogram);
        }
        if (batch.startTimestamp(row) != 0) {
            target.startTimestamp(batch.startTimestamp(row));
        }
    }
}

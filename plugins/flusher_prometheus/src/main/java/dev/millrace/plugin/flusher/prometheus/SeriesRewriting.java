package dev.millrace.plugin.flusher.prometheus;

import dev.millrace.plugin.lib.prometheus.relabel.Relabeling;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.LabelsBuilder;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.event.MetricBatchBuilder;
import dev.millrace.spi.event.NativeHistogram;
import dev.millrace.spi.pipeline.Slice;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;

/**
 * How series are sent: external labels are added where a series does not have them, then the relabelling is applied, then
 * the label that names the tenant is read and removed. The result is remembered for each of the series seen last.
 * Thread-safe.
 */
final class SeriesRewriting {
    /** How many series a generation of the memory has; two are kept. */
    private static final int GENERATION = 100_000;

    private final Labels external;
    private final Relabeling relabeling;
    private final Optional<Tenants> tenants;
    private final BiConsumer<Labels, SentSeries> merged;
    private volatile Generation young = new Generation();
    private volatile Generation old = new Generation();

    /* What series became, and the first of those that became what is sent. */
    private static final class Generation {
        final Map<Labels, SentSeries> results = new ConcurrentHashMap<>();
        final Map<SentSeries, Labels> sources = new ConcurrentHashMap<>();
    }

    /**
     * A rewriting.
     *
     * @param tenants who owns series, if it is to be said
     * @param merged told of two series that became one of the same tenant, once for each of the second
     */
    SeriesRewriting(
            Labels external, Relabeling relabeling, Optional<Tenants> tenants, BiConsumer<Labels, SentSeries> merged) {
        this.external = external;
        this.relabeling = relabeling;
        this.tenants = tenants;
        this.merged = merged;
    }

    /** The rows of a slice with their labels rewritten, without those whose series is dropped; empty where all are. */
    Optional<Slice> rewrite(Slice slice) {
        MetricBatchBuilder rows = MetricBatch.builder(slice.size());
        for (int i = 0; i < slice.size(); i++) {
            MetricBatch batch = (MetricBatch) slice.batch(i);
            SentSeries series = of(batch.labels(slice.row(i)));
            if (!series.isDropped()) {
                add(batch, slice.row(i), series.labels(), rows);
            }
        }
        return rows.size() == 0 ? Optional.empty() : Optional.of(new RewrittenSlice(slice, rows.build()));
    }

    private static void add(MetricBatch from, int row, Labels labels, MetricBatchBuilder to) {
        NativeHistogram histogram = from.histogram(row);
        if (histogram == null) {
            to.add(labels, from.timestamp(row), from.valueBits(row));
        } else {
            to.add(labels, from.timestamp(row), histogram);
        }
        if (from.hasStartTimestamps()) {
            to.startTimestamp(from.startTimestamp(row));
        }
        if (from.hasExemplars()) {
            to.exemplars(from.exemplars(row));
        }
        var metadata = from.metadata(row);
        if (metadata != null) {
            to.metadata(metadata);
        }
    }

    /** What a series is sent as. */
    SentSeries of(Labels series) {
        SentSeries known = young.results.get(series);
        if (known != null) {
            return known;
        }
        known = old.results.get(series);
        SentSeries result = known == null ? make(series) : known;
        remember(series, result);
        return result;
    }

    private SentSeries make(Labels series) {
        LabelsBuilder builder = series.toBuilder();
        for (int i = 0; i < external.size(); i++) {
            if (series.get(external.name(i)) == null) {
                builder.set(external.name(i), external.value(i));
            }
        }
        if (!relabeling.apply(builder)) {
            return SentSeries.DROPPED;
        }
        Labels labels = builder.build();
        return tenants.map(owners -> owners.split(labels)).orElseGet(() -> SentSeries.ofNoTenant(labels));
    }

    private void remember(Labels series, SentSeries result) {
        Generation generation = young;
        generation.results.put(series, result);
        if (!result.isDropped()) {
            Labels source = generation.sources.putIfAbsent(result, series);
            source = source == null ? old.sources.get(result) : source;
            if (source != null && !source.equals(series)) {
                merged.accept(series, result);
            }
        }
        if (generation.results.size() >= GENERATION) {
            old = generation;
            young = new Generation();
        }
    }
}

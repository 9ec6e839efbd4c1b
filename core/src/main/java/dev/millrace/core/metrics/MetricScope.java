package dev.millrace.core.metrics;

import dev.millrace.spi.metrics.Counter;
import dev.millrace.spi.metrics.Distribution;
import dev.millrace.spi.metrics.Metrics;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import java.util.function.Supplier;

/** The metrics of one owner, which disappear together when the scope is closed. Thread-safe. */
public final class MetricScope implements Metrics, Contributor, AutoCloseable {
    private final MetricRegistry registry;
    private final Labels common;
    private final Map<Key, Series> series = new ConcurrentHashMap<>();

    MetricScope(MetricRegistry registry, Labels common) {
        this.registry = registry;
        this.common = common;
    }

    /** The labels that all its series carry. */
    Labels labels() {
        return common;
    }

    private record Key(String name, Labels labels) {
        @Override
        public String toString() {
            return "metric " + name + labels;
        }
    }

    private record Series(Object metric, GuardedSource source) {}

    @Override
    public Counter counter(String name, String help, String... labels) {
        return metric(AdderCounter.class, Kind.COUNTER, name, labels, all -> new AdderCounter(name, help, all));
    }

    @Override
    public Distribution distribution(String name, String help, String... labels) {
        return metric(
                BucketDistribution.class, Kind.HISTOGRAM, name, labels, all -> new BucketDistribution(name, help, all));
    }

    @Override
    public void counter(String name, String help, DoubleSupplier value, String... labels) {
        callback(name, Kind.COUNTER, labels, all -> list -> list.counter(name, help, value.getAsDouble(), all));
    }

    @Override
    public void gauge(String name, String help, DoubleSupplier value, String... labels) {
        callback(name, Kind.GAUGE, labels, all -> list -> list.gauge(name, help, value.getAsDouble(), all));
    }

    @Override
    public void counters(String name, String help, String label, Supplier<Map<String, Long>> values, String... labels) {
        Labels reserved = MetricName.labels(common, labels);
        MetricName.labels(reserved, label, "");
        callback(
                name,
                Kind.COUNTER,
                labels,
                all -> list ->
                        values.get().forEach((value, count) -> list.counter(name, help, count, all.add(label, value))));
    }

    private <T extends Consumer<SampleList>> T metric(
            Class<T> type, Kind kind, String name, String[] labels, Function<Labels, T> create) {
        Key key = new Key(MetricName.checked(name, kind), MetricName.labels(common, labels));
        Series found = series.computeIfAbsent(key, absent -> {
            T metric = create.apply(key.labels());
            return new Series(metric, new GuardedSource(key.toString(), metric));
        });
        if (!type.isInstance(found.metric())) {
            throw new IllegalArgumentException(
                    "metric: '" + name + "' (expected: registered once, not also as a callback or another kind)");
        }
        return type.cast(found.metric());
    }

    private void callback(String name, Kind kind, String[] labels, Function<Labels, Consumer<SampleList>> create) {
        Key key = new Key(MetricName.checked(name, kind), MetricName.labels(common, labels));
        Consumer<SampleList> callback = create.apply(key.labels());
        series.put(key, new Series(callback, new GuardedSource(key.toString(), callback)));
    }

    @Override
    public void contribute(Scrape scrape) {
        series.values().forEach(one -> one.source().contribute(scrape));
    }

    /** Ends the publication of all series. */
    @Override
    public void close() {
        registry.remove(this);
        series.clear();
    }
}

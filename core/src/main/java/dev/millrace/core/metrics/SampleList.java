package dev.millrace.core.metrics;

import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.ArrayList;
import java.util.List;

/** Samples of one contributor, kept back until it has written all of them. */
final class SampleList implements MetricSink {
    private final List<Scrape.Sample> samples = new ArrayList<>();

    @Override
    public void counter(String name, String help, long value, String... labels) {
        counter(MetricName.checked(name, Kind.COUNTER), help, (double) value, Labels.of(labels));
    }

    @Override
    public void gauge(String name, String help, double value, String... labels) {
        gauge(MetricName.checked(name, Kind.GAUGE), help, value, Labels.of(labels));
    }

    void counter(String name, String help, double value, Labels labels) {
        if (!(value >= 0)) {
            throw new IllegalStateException("metric " + name + ": " + value + " (expected: >= 0)");
        }
        add(name, Kind.COUNTER, help, new CounterDataPointSnapshot(value, labels, null, 0));
    }

    void gauge(String name, String help, double value, Labels labels) {
        add(name, Kind.GAUGE, help, new GaugeDataPointSnapshot(value, labels, null));
    }

    void add(String name, Kind kind, String help, DataPointSnapshot point) {
        samples.add(new Scrape.Sample(name, kind, help, point));
    }

    List<Scrape.Sample> samples() {
        return samples;
    }
}

package dev.millrace.core.metrics;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** The samples of one family on one page, each set of labels once. */
final class FamilySamples {
    private final String name;
    private final Kind kind;
    private final String help;
    private final Map<Labels, DataPointSnapshot> points = new LinkedHashMap<>();

    FamilySamples(String name, Kind kind, String help) {
        this.name = name;
        this.kind = kind;
        this.help = help;
    }

    /** Adds a sample, or says why not. */
    String add(Scrape.Sample sample) {
        if (sample.kind() != kind) {
            return "metric " + name + " is a " + sample.kind() + " here and a " + kind + " elsewhere";
        }
        DataPointSnapshot point = sample.point();
        if (points.putIfAbsent(point.getLabels(), point) != null) {
            return "metric " + name + point.getLabels() + " has two values";
        }
        return "";
    }

    MetricSnapshot snapshot() {
        MetricMetadata metadata = new MetricMetadata(MetricName.ofFamily(name), help);
        return switch (kind) {
            case COUNTER -> new CounterSnapshot(metadata, pointsAs(CounterDataPointSnapshot.class));
            case GAUGE -> new GaugeSnapshot(metadata, pointsAs(GaugeDataPointSnapshot.class));
            case HISTOGRAM -> new HistogramSnapshot(metadata, pointsAs(HistogramDataPointSnapshot.class));
        };
    }

    private <T extends DataPointSnapshot> Collection<T> pointsAs(Class<T> type) {
        return points.values().stream().map(type::cast).toList();
    }
}

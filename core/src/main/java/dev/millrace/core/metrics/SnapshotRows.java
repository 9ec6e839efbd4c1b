package dev.millrace.core.metrics;

import dev.millrace.spi.event.LabelsBuilder;
import dev.millrace.spi.event.Metadata;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.event.MetricBatchBuilder;
import dev.millrace.spi.event.MetricType;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;

/** A page of metrics as rows of one time, with the names and labels that a scrape of the page gives. */
final class SnapshotRows {
    private static final String BOUND = "le";

    private final MetricBatchBuilder rows = MetricBatch.builder(256);
    private final long time;

    private SnapshotRows(long time) {
        this.time = time;
    }

    /** The rows of a page, at a time in milliseconds since the epoch. */
    static MetricBatch of(MetricSnapshots page, long time) {
        SnapshotRows result = new SnapshotRows(time);
        page.forEach(result::add);
        return result.rows.build();
    }

    private void add(MetricSnapshot family) {
        String name = family.getMetadata().getPrometheusName();
        if (family instanceof CounterSnapshot counter) {
            Metadata about = about(family, name + "_total", MetricType.COUNTER);
            counter.getDataPoints().forEach(point -> add(about.family(), point, point.getValue(), about));
        } else if (family instanceof GaugeSnapshot gauge) {
            Metadata about = about(family, name, MetricType.GAUGE);
            gauge.getDataPoints().forEach(point -> add(name, point, point.getValue(), about));
        } else if (family instanceof HistogramSnapshot histogram) {
            Metadata about = about(family, name, MetricType.HISTOGRAM);
            histogram.getDataPoints().forEach(point -> add(name, point, about));
        } else {
            throw new IllegalStateException("metric " + name + ": " + family.getClass() + " (expected: a Kind)");
        }
    }

    private static Metadata about(MetricSnapshot family, String name, MetricType type) {
        String help = family.getMetadata().getHelp();
        return new Metadata(name, type, help == null ? "" : help, "");
    }

    private void add(String name, HistogramSnapshot.HistogramDataPointSnapshot point, Metadata about) {
        ClassicHistogramBuckets buckets = point.getClassicBuckets();
        long count = 0;
        for (int i = 0; i < buckets.size(); i++) {
            count += buckets.getCount(i);
            LabelsBuilder labels = labels(name + "_bucket", point.getLabels());
            add(labels.set(BOUND, BoundText.of(buckets.getUpperBound(i))), (double) count, about);
        }
        add(name + "_sum", point, point.getSum(), about);
        add(name + "_count", point, (double) count, about);
    }

    private void add(String name, DataPointSnapshot point, double value, Metadata about) {
        add(labels(name, point.getLabels()), value, about);
    }

    private void add(LabelsBuilder labels, double value, Metadata about) {
        rows.add(labels.build(), time, Double.doubleToRawLongBits(value)).metadata(about);
    }

    private static LabelsBuilder labels(String name, Labels given) {
        LabelsBuilder labels = dev.millrace.spi.event.Labels.builder();
        labels.set(dev.millrace.spi.event.Labels.METRIC_NAME, name);
        given.forEach(label -> labels.set(label.getName(), label.getValue()));
        return labels;
    }
}

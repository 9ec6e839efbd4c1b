package dev.millrace.plugin.service.http.statsd;

import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.Metadata;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.event.MetricBatchBuilder;
import dev.millrace.spi.event.MetricType;

/**
 * The rows that one series becomes: a counter or gauge one, a timing those of a classic histogram.
 *
 * @param rows where they go
 * @param stale whether they are stale markers
 */
record SampleRows(MetricBatchBuilder rows, Labels series, Tally tally, long now, boolean stale) {
    void add(double[] bounds) {
        switch (tally.kind()) {
            case COUNTER -> add(series, tally.value(), MetricType.COUNTER);
            case GAUGE -> add(series, tally.value(), MetricType.GAUGE);
            case SET -> add(series, tally.takeElements(), MetricType.GAUGE);
            case TIMING -> addHistogram(bounds);
        }
    }

    private void addHistogram(double[] bounds) {
        double below = 0;
        for (int i = 0; i < tally.counts().length; i++) {
            below += tally.counts()[i];
            String bound = i < bounds.length ? Double.toString(bounds[i]) : "+Inf";
            Labels bucket = suffixed("_bucket").toBuilder().set("le", bound).build();
            add(bucket, below, MetricType.HISTOGRAM);
        }
        add(suffixed("_sum"), tally.value(), MetricType.HISTOGRAM);
        add(suffixed("_count"), below, MetricType.HISTOGRAM);
    }

    private Labels suffixed(String suffix) {
        return series.toBuilder()
                .set(Labels.METRIC_NAME, series.get(Labels.METRIC_NAME) + suffix)
                .build();
    }

    private void add(Labels labels, double value, MetricType type) {
        rows.add(labels, now, stale ? MetricBatch.STALE_NAN : Double.doubleToRawLongBits(value));
        rows.metadata(new Metadata(series.get(Labels.METRIC_NAME), type, "", ""));
        if (type != MetricType.GAUGE) {
            rows.startTimestamp(tally.since());
        }
    }
}

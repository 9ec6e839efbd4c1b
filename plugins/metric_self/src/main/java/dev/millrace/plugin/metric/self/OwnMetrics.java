package dev.millrace.plugin.metric.self;

import dev.millrace.plugin.lib.reading.Samples;
import dev.millrace.plugin.lib.reading.Series;
import dev.millrace.plugin.lib.reading.Source;
import dev.millrace.spi.PluginContext;
import dev.millrace.spi.event.AddedLabels;
import dev.millrace.spi.event.MetricBatch;

/** The metrics of the host, as series of one target. */
record OwnMetrics(PluginContext context, AddedLabels target) implements Source {
    @Override
    public void read(Samples samples) {
        MetricBatch page = context.hostMetrics();
        for (int row = 0; row < page.size(); row++) {
            Series series = new Series(target.apply(page.labels(row)), page.metadata(row));
            samples.add(series, Double.longBitsToDouble(page.valueBits(row)), page.startTimestamp(row));
        }
    }
}

package dev.millrace.plugin.processor.aggregate;

import dev.millrace.plugin.lib.prometheus.text.ShortestDecimal;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.LabelsBuilder;
import dev.millrace.spi.event.Metadata;
import dev.millrace.spi.event.MetricBatchBuilder;
import dev.millrace.spi.event.MetricType;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What comes out of a group. It is in the state with the windows under way, so that these end as they began where the options
 * have changed.
 *
 * <pre>
 *   text    the format of names
 *   int     how many outputs; for each its text
 *   int     how many bounds; for each a double
 * </pre>
 *
 * @param format the format of names, see {@link NameFormat}
 * @param outputs what comes out
 * @param bounds the bounds of the histogram, where that is one of them
 */
record Layout(String format, List<Output> outputs, List<Double> bounds) {
    private static final String BOUND = "le";

    Layout {
        outputs = List.copyOf(outputs);
        bounds = List.copyOf(bounds);
    }

    static Layout read(DataInput in) throws IOException {
        String format = in.readUTF();
        List<Output> outputs = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            outputs.add(Output.valueOf(in.readUTF()));
        }
        List<Double> bounds = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            bounds.add(in.readDouble());
        }
        return new Layout(format, outputs, bounds);
    }

    void write(DataOutput out) throws IOException {
        out.writeUTF(format);
        out.writeInt(outputs.size());
        for (Output output : outputs) {
            out.writeUTF(output.name());
        }
        out.writeInt(bounds.size());
        for (double bound : bounds) {
            out.writeDouble(bound);
        }
    }

    /** How many series come out of a group. */
    int series() {
        return outputs.contains(Output.HISTOGRAM) ? outputs.size() + bounds.size() + 2 : outputs.size();
    }

    /** Figures of no samples. */
    Figures figures() {
        return new Figures(bounds.size());
    }

    /** The bucket of a value, or how many there are where it is above all bounds. */
    int bucket(double value) {
        int bucket = 0;
        while (bucket < bounds.size() && value > bounds.get(bucket)) {
            bucket++;
        }
        return bucket;
    }

    /** Adds what comes out of a window of a group. */
    void addTo(MetricBatchBuilder batch, Labels group, long time, Figures figures) {
        String metric = group.get(Labels.METRIC_NAME);
        for (Output output : outputs) {
            String name = NameFormat.name(format, metric, output);
            if (output == Output.HISTOGRAM) {
                addHistogram(batch, group.toBuilder(), name, time, figures);
            } else {
                Labels series = group.toBuilder().set(Labels.METRIC_NAME, name).build();
                add(batch, series, time, figures.value(output), new Metadata(name, MetricType.GAUGE, "", ""));
            }
        }
    }

    private void addHistogram(MetricBatchBuilder batch, LabelsBuilder series, String name, long time, Figures figures) {
        Metadata metadata = new Metadata(name, MetricType.GAUGE_HISTOGRAM, "", "");
        series.set(Labels.METRIC_NAME, name + "_bucket");
        long below = 0;
        for (int i = 0; i < bounds.size(); i++) {
            below += figures.bucket(i);
            add(batch, series.set(BOUND, text(bounds.get(i))).build(), time, (double) below, metadata);
        }
        add(batch, series.set(BOUND, "+Inf").build(), time, (double) figures.count(), metadata);
        series.remove(BOUND);
        add(batch, series.set(Labels.METRIC_NAME, name + "_sum").build(), time, figures.sum(), metadata);
        add(batch, series.set(Labels.METRIC_NAME, name + "_count").build(), time, (double) figures.count(), metadata);
    }

    private static void add(MetricBatchBuilder batch, Labels series, long time, double value, Metadata metadata) {
        batch.add(series, time, Double.doubleToLongBits(value)).metadata(metadata);
    }

    private static String text(double bound) {
        String size = bound == 0
                ? "0"
                : ShortestDecimal.of(Math.abs(bound)).stripTrailingZeros().toPlainString();
        return bound < 0 ? "-" + size : size;
    }
}

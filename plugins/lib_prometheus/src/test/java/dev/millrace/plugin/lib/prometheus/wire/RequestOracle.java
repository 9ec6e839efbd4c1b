package dev.millrace.plugin.lib.prometheus.wire;

import com.google.protobuf.DynamicMessage;
import dev.millrace.spi.event.Exemplar;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.LabelsBuilder;
import dev.millrace.spi.event.Metadata;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.event.NativeHistogram;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** A batch as the message {@code io.prometheus.write.v2.Request}, made by protobuf itself. Used once. */
final class RequestOracle {
    private final Map<String, Integer> symbols = new LinkedHashMap<>(Map.of("", 0));
    private final Message request = Message.of(RequestSchema.REQUEST);

    static DynamicMessage request(MetricBatch batch, Labels external) {
        return new RequestOracle().message(batch, external);
    }

    static Labels merged(Labels series, Labels external) {
        LabelsBuilder builder = external.toBuilder();
        series.toMap().forEach(builder::set);
        return builder.build();
    }

    private DynamicMessage message(MetricBatch batch, Labels external) {
        int first = 0;
        while (first < batch.size()) {
            int end = first + 1;
            while (end < batch.size() && shareSeries(batch, first, end)) {
                end++;
            }
            Message series = Message.of(RequestSchema.TIME_SERIES);
            addRefs(series, merged(batch.labels(first), external));
            for (int row = first; row < end; row++) {
                addPoint(series, batch, row);
            }
            for (int row = first; row < end; row++) {
                batch.exemplars(row).forEach(exemplar -> series.add("exemplars", exemplar(exemplar)));
            }
            request.add(
                    "timeseries", series.set("metadata", metadata(batch, first)).build());
            first = end;
        }
        symbols.keySet().forEach(symbol -> request.add("symbols", symbol));
        return request.build();
    }

    private static boolean shareSeries(MetricBatch batch, int first, int end) {
        return batch.labels(end).equals(batch.labels(first))
                && (batch.histogram(end) == null) == (batch.histogram(first) == null)
                && Objects.equals(batch.metadata(end), batch.metadata(first));
    }

    private int place(String symbol) {
        Integer known = symbols.putIfAbsent(symbol, symbols.size());
        return known == null ? symbols.size() - 1 : known;
    }

    private void addRefs(Message message, Labels labels) {
        labels.toMap().forEach((name, value) -> {
            message.add("labels_refs", place(name));
            message.add("labels_refs", place(value));
        });
    }

    private static void addPoint(Message series, MetricBatch batch, int row) {
        NativeHistogram histogram = batch.histogram(row);
        Message point = histogram == null
                ? Message.of(RequestSchema.SAMPLE)
                        .set("value", Double.longBitsToDouble(batch.valueBits(row)))
                        .set("timestamp", batch.timestamp(row))
                : Message.histogram(RequestSchema.HISTOGRAM, histogram, batch.timestamp(row));
        series.add(
                histogram == null ? "samples" : "histograms",
                point.set("start_timestamp", batch.startTimestamp(row)).build());
    }

    private DynamicMessage exemplar(Exemplar exemplar) {
        Message message = Message.of(RequestSchema.EXEMPLAR)
                .set("value", Double.longBitsToDouble(exemplar.valueBits()))
                .set("timestamp", exemplar.timestamp());
        addRefs(message, exemplar.labels());
        return message.build();
    }

    private DynamicMessage metadata(MetricBatch batch, int row) {
        Message message = Message.of(RequestSchema.METADATA);
        Metadata metadata = batch.metadata(row);
        return metadata == null
                ? message.build()
                : message.named("type", metadata.type().name().replace("_", ""))
                        .set("help_ref", place(metadata.help()))
                        .set("unit_ref", place(metadata.unit()))
                        .build();
    }
}

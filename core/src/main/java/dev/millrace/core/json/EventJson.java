package dev.millrace.core.json;

import dev.millrace.spi.event.EventBatch;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.LogBatch;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.event.NativeHistogram;
import dev.millrace.spi.event.SpanBatch;
import java.util.LinkedHashMap;
import java.util.Map;

/** An item as fields of JSON, to be read by a person or by jq. */
public final class EventJson {
    private EventJson() {}

    /** Appends the fields of a row. */
    public static void append(JsonObject json, EventBatch batch, int row) {
        if (batch instanceof MetricBatch metrics) {
            json.object("labels", labels -> labels(labels, metrics.labels(row)))
                    .field("timestamp", metrics.timestamp(row));
            NativeHistogram histogram = metrics.histogram(row);
            if (histogram == null) {
                json.field("value", number(metrics.valueBits(row)));
            } else {
                json.field("histogram", histogram.toString());
            }
        } else if (batch instanceof LogBatch logs) {
            json.object("resource", labels -> labels(labels, logs.resource()))
                    .field("log", logs.rows().get(row).toString());
        } else if (batch instanceof SpanBatch spans) {
            json.object("resource", labels -> labels(labels, spans.resource()))
                    .field("span", spans.rows().get(row).toString());
        }
    }

    private static void labels(JsonObject json, Labels labels) {
        Map<String, String> all = new LinkedHashMap<>();
        for (int i = 0; i < labels.size(); i++) {
            all.put(labels.name(i).toString(), labels.value(i).toString());
        }
        all.forEach(json::field);
    }

    /* A string, because JSON has neither infinities nor NaN. */
    private static String number(long bits) {
        return bits == MetricBatch.STALE_NAN ? "stale" : Double.toString(Double.longBitsToDouble(bits));
    }
}

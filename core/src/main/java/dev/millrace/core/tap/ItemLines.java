package dev.millrace.core.tap;

import dev.millrace.core.json.EventJson;
import dev.millrace.core.json.JsonObject;
import dev.millrace.spi.event.EventBatch;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.event.NativeHistogram;
import dev.millrace.spi.event.Symbol;
import java.util.regex.Pattern;

/**
 * Items as lines: of Prometheus' text format, in which what it has no form for is a comment, or of JSON. Not thread-safe.
 */
final class ItemLines {
    private static final Pattern LEGACY_NAME = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*");

    private final boolean json;
    private String place = "";

    ItemLines(boolean json) {
        this.json = json;
    }

    /** Appends an item, in text with a line before that says where it passed, if that is not where the last one did. */
    void append(StringBuilder text, TapPoint point, EventBatch batch, int row) {
        if (json) {
            JsonObject.append(text, object -> {
                object.field("pipeline", point.pipeline())
                        .field("component", point.component())
                        .field("side", point.side().text());
                EventJson.append(object, batch, row);
            });
        } else {
            String passed = point.pipeline() + "/" + point.component() + " "
                    + point.side().text();
            if (!passed.equals(place)) {
                place = passed;
                text.append("# ").append(passed).append('\n');
            }
            item(text, batch, row);
        }
        text.append('\n');
    }

    /** Appends what a person should know. */
    void notice(StringBuilder text, String notice) {
        if (json) {
            JsonObject.append(text, object -> object.field("notice", notice));
        } else {
            text.append("# ").append(notice);
        }
        text.append('\n');
    }

    private static void item(StringBuilder text, EventBatch batch, int row) {
        if (!(batch instanceof MetricBatch metrics)) {
            text.append("# ");
            JsonObject.append(text, object -> EventJson.append(object, batch, row));
            return;
        }
        NativeHistogram histogram = metrics.histogram(row);
        boolean stale = metrics.valueBits(row) == MetricBatch.STALE_NAN;
        text.append(stale || histogram != null ? "# " : "");
        series(text, metrics.labels(row));
        text.append(' ');
        if (stale) {
            text.append("stale");
        } else if (histogram != null) {
            text.append(histogram);
        } else {
            text.append(number(Double.longBitsToDouble(metrics.valueBits(row))));
        }
        text.append(' ').append(metrics.timestamp(row));
    }

    private static void series(StringBuilder text, Labels labels) {
        String name = labels.get(Labels.METRIC_NAME);
        boolean legacy = LEGACY_NAME.matcher(name).matches();
        text.append(legacy ? name : "");
        int begin = text.length();
        String separator = "{";
        if (!legacy && !name.isEmpty()) {
            quoted(text.append(separator), name);
            separator = ",";
        }
        for (int i = 0; i < labels.size(); i++) {
            Symbol label = labels.name(i);
            if (label.toString().equals(Labels.METRIC_NAME)) {
                continue;
            }
            text.append(separator);
            if (LEGACY_NAME.matcher(label.toString()).matches()) {
                text.append(label);
            } else {
                quoted(text, label.toString());
            }
            quoted(text.append('='), labels.value(i).toString());
            separator = ",";
        }
        if (text.length() > begin) {
            text.append('}');
        } else if (!legacy) {
            text.append("{}");
        }
    }

    private static void quoted(StringBuilder text, String value) {
        text.append('"')
                .append(value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n"))
                .append('"');
    }

    private static String number(double value) {
        if (Double.isInfinite(value)) {
            return value > 0 ? "+Inf" : "-Inf";
        }
        String text = Double.toString(value);
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }
}

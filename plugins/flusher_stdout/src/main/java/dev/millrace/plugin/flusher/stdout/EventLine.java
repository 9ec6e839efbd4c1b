package dev.millrace.plugin.flusher.stdout;

import dev.millrace.spi.event.EventBatch;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.LogBatch;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.event.NativeHistogram;
import dev.millrace.spi.event.SpanBatch;
import dev.millrace.spi.event.SpanId;
import dev.millrace.spi.event.Value;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * The text of one event, in one line.
 *
 * <pre>
 * metric     name{label="value"} value timestamp              as in the text exposition format; the stale marker is "stale"
 * histogram  name{label="value"} histogram(count 3, sum 1.5, schema 0) timestamp
 * log        time SEVERITY "body" {resource} {attributes}    a body of bytes that are no text as <5 bytes>
 * span       time "name" trace=… span=… parent=… took=PT0.01S status=0 {resource} {attributes}
 * </pre>
 */
final class EventLine {
    private static final long NANOSECONDS_IN_SECOND = 1_000_000_000;
    private static final double LARGEST_WHOLE = 1e15;

    private EventLine() {}

    static void append(StringBuilder line, EventBatch batch, int row) {
        if (batch instanceof MetricBatch metrics) {
            metric(line, metrics, row);
        } else if (batch instanceof LogBatch logs) {
            log(line, logs.resource(), logs.rows().get(row));
        } else if (batch instanceof SpanBatch spans) {
            span(line, spans.resource(), spans.rows().get(row));
        }
    }

    private static void metric(StringBuilder line, MetricBatch batch, int row) {
        Labels labels = batch.labels(row);
        line.append(labels.get(Labels.METRIC_NAME));
        labels(line, labels);
        line.append(' ');
        NativeHistogram histogram = batch.histogram(row);
        if (histogram != null && !histogram.stale()) {
            histogram(line, histogram);
        } else {
            number(line, batch.valueBits(row));
        }
        line.append(' ').append(batch.timestamp(row));
    }

    private static void histogram(StringBuilder line, NativeHistogram histogram) {
        line.append("histogram(count ");
        if (histogram.floating()) {
            number(line, histogram.count());
        } else {
            line.append(histogram.count());
        }
        line.append(", sum ");
        number(line, histogram.sumBits());
        line.append(", schema ").append(histogram.schema()).append(')');
    }

    private static void log(StringBuilder line, Labels resource, LogBatch.Row row) {
        time(line, row.timestamp() != 0 ? row.timestamp() : row.observed());
        line.append(' ')
                .append(row.severityText().isEmpty() ? "-" : row.severityText())
                .append(' ');
        value(line, row.body());
        line.append(' ');
        labels(line, resource);
        line.append(' ');
        value(line, row.attributes());
    }

    private static void span(StringBuilder line, Labels resource, SpanBatch.Row row) {
        time(line, row.start());
        line.append(' ');
        quoted(line, row.name());
        SpanId id = row.id();
        line.append(String.format(" trace=%016x%016x span=%016x", id.traceHigh(), id.traceLow(), id.span()));
        if (row.parent().span() != 0) {
            line.append(String.format(" parent=%016x", row.parent().span()));
        }
        line.append(" took=").append(Duration.ofNanos(row.end() - row.start()));
        line.append(" status=").append(row.status()).append(' ');
        labels(line, resource);
        line.append(' ');
        value(line, row.attributes());
    }

    /** Labels in braces, without the metric's name. */
    static void labels(StringBuilder line, Labels labels) {
        String separator = "";
        line.append('{');
        for (int i = 0; i < labels.size(); i++) {
            String name = labels.name(i).toString();
            if (!name.equals(Labels.METRIC_NAME)) {
                line.append(separator).append(name).append('=');
                quoted(line, labels.value(i).toString());
                separator = ",";
            }
        }
        line.append('}');
    }

    private static void number(StringBuilder line, long bits) {
        if (bits == MetricBatch.STALE_NAN) {
            line.append("stale");
            return;
        }
        double value = Double.longBitsToDouble(bits);
        if (Double.isInfinite(value)) {
            line.append(value > 0 ? "+Inf" : "-Inf");
        } else if (value == Math.rint(value) && Math.abs(value) < LARGEST_WHOLE) {
            line.append(bits == Long.MIN_VALUE ? "-" : "").append((long) value);
        } else {
            line.append(value);
        }
    }

    private static void time(StringBuilder line, long nanoseconds) {
        line.append(Instant.ofEpochSecond(
                Math.floorDiv(nanoseconds, NANOSECONDS_IN_SECOND), Math.floorMod(nanoseconds, NANOSECONDS_IN_SECOND)));
    }

    private static void value(StringBuilder line, Value value) {
        if (value instanceof Value.Text text) {
            quoted(line, text.value());
        } else if (value instanceof Value.Bool bool) {
            line.append(bool.value());
        } else if (value instanceof Value.Int number) {
            line.append(number.value());
        } else if (value instanceof Value.Real number) {
            number(line, number.bits());
        } else if (value instanceof Value.Bytes bytes) {
            bytes(line, bytes.value().duplicate());
        } else if (value instanceof Value.Array array) {
            String separator = "[";
            for (Value item : array.values()) {
                line.append(separator);
                value(line, item);
                separator = ",";
            }
            line.append(array.values().isEmpty() ? "[]" : "]");
        } else if (value instanceof Value.Mapping mapping) {
            mapping(line, mapping.values());
        }
    }

    /* Mostly a text, which was received as it is. */
    private static void bytes(StringBuilder line, ByteBuffer bytes) {
        int size = bytes.remaining();
        try {
            quoted(line, StandardCharsets.UTF_8.newDecoder().decode(bytes).toString());
        } catch (CharacterCodingException e) {
            line.append('<').append(size).append(" bytes>");
        }
    }

    private static void mapping(StringBuilder line, Map<String, Value> values) {
        String separator = "";
        line.append('{');
        for (Map.Entry<String, Value> entry : new TreeMap<>(values).entrySet()) {
            line.append(separator).append(entry.getKey()).append('=');
            value(line, entry.getValue());
            separator = ",";
        }
        line.append('}');
    }

    /* Backslash, quote and line feed as in the exposition format; other control characters would break a terminal. */
    private static void quoted(StringBuilder line, String text) {
        line.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\\' -> line.append("\\\\");
                case '"' -> line.append("\\\"");
                case '\n' -> line.append("\\n");
                default -> {
                    if (Character.isISOControl(c)) {
                        line.append(String.format("\\u%04x", (int) c));
                    } else {
                        line.append(c);
                    }
                }
            }
        }
        line.append('"');
    }
}

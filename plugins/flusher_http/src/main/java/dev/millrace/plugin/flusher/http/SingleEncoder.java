package dev.millrace.plugin.flusher.http;

import dev.millrace.spi.BodyBuffer;
import dev.millrace.spi.event.EventBatch;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.LogBatch;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.extension.Content;
import dev.millrace.spi.extension.Encoded;
import dev.millrace.spi.extension.Encoder;
import dev.millrace.spi.extension.EncodingException;
import dev.millrace.spi.extension.Format;
import dev.millrace.spi.extension.Target;
import dev.millrace.spi.pipeline.Slice;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Writes each event as a JSON object in a line, as iLogtail's protocol {@code custom_single} has it. Thread-safe.
 *
 * <pre>
 * metric  {"contents":{"__name__":…,"__labels__":"name#$#value|…","__time_nano__":…,"__value__":…},"tags":{},"time":seconds}
 * log     {"contents":{attributes…,"content":body},"tags":{labels of the resource…},"time":seconds}
 * </pre>
 *
 * <p>All values of contents and tags are strings. Native histograms, stale markers and spans have no such form; they are
 * dropped, reason {@code not_in_custom_single}.
 */
final class SingleEncoder implements Encoder {
    private static final String CONTENT_TYPE = "application/json";

    @Override
    public List<Format> formats() {
        return List.of(new Format("custom_single", "1"));
    }

    @Override
    public Encoded encode(Slice slice, Target target, BodyBuffer body) throws EncodingException {
        int written = 0;
        StringBuilder json = new StringBuilder();
        for (int i = 0; i < slice.size(); i++) {
            json.setLength(0);
            append(json, slice.batch(i), slice.row(i));
            if (!json.isEmpty()) {
                byte[] utf8 = (written > 0 ? "\n" + json : json.toString()).getBytes(StandardCharsets.UTF_8);
                body.write(utf8, 0, utf8.length);
                written++;
            }
            BodyLimit.check(body, target);
        }
        int dropped = slice.size() - written;
        Map<String, Integer> reasons = dropped == 0 ? Map.of() : Map.of("not_in_custom_single", dropped);
        return new Encoded(CONTENT_TYPE, Map.of(), reasons, Content.samples(written));
    }

    private static void append(StringBuilder json, EventBatch batch, int row) {
        if (batch instanceof MetricBatch metrics
                && metrics.histogram(row) == null
                && metrics.valueBits(row) != MetricBatch.STALE_NAN) {
            long milliseconds = metrics.timestamp(row);
            event(json, contents(metrics, row), Map.of(), Math.floorDiv(milliseconds, 1000L));
        } else if (batch instanceof LogBatch logs) {
            LogBatch.Row record = logs.rows().get(row);
            long time = record.timestamp() != 0 ? record.timestamp() : record.observed();
            event(json, contents(record), logs.resource().toMap(), TimeUnit.NANOSECONDS.toSeconds(time));
        }
    }

    private static Map<String, String> contents(MetricBatch metrics, int row) {
        Map<String, String> labels = new TreeMap<>(metrics.labels(row).toMap());
        String name = labels.remove(Labels.METRIC_NAME);
        Map<String, String> contents = new LinkedHashMap<>();
        contents.put("__name__", name == null ? "" : name);
        contents.put(
                "__labels__",
                labels.entrySet().stream()
                        .map(label -> label.getKey() + "#$#" + label.getValue())
                        .collect(Collectors.joining("|")));
        contents.put("__time_nano__", Long.toString(TimeUnit.MILLISECONDS.toNanos(metrics.timestamp(row))));
        contents.put("__value__", number(Double.longBitsToDouble(metrics.valueBits(row))));
        return contents;
    }

    private static Map<String, String> contents(LogBatch.Row record) {
        Map<String, String> contents = new TreeMap<>();
        record.attributes().values().forEach((name, value) -> contents.put(name, ValueText.of(value)));
        contents.put("content", ValueText.of(record.body()));
        return contents;
    }

    /* A whole number without a point, as its users write it. */
    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }

    private static void event(
            StringBuilder json, Map<String, String> contents, Map<String, String> tags, long seconds) {
        json.append("{\"contents\":");
        ValueText.object(json, contents);
        json.append(",\"tags\":");
        ValueText.object(json, tags);
        json.append(",\"time\":").append(seconds).append('}');
    }
}

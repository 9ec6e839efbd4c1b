package dev.millrace.plugin.flusher.stdout;

import dev.millrace.spi.event.EventBatch;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.LabelsBuilder;
import dev.millrace.spi.event.LogBatch;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.event.SpanBatch;
import dev.millrace.spi.pipeline.Slice;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The text of a whole slice, in one line: how many events of each kind, the labels that all of them have, and the newest
 * time of them.
 *
 * <pre>
 * 2026-01-01T00:00:00.123Z 214 samples {instance="127.0.0.1:8686",job="millrace"}
 * </pre>
 */
final class SummaryLine {
    private static final long NANOSECONDS_IN_MILLISECOND = 1_000_000;

    private final Map<String, String> common = new LinkedHashMap<>();
    private int samples;
    private int logs;
    private int spans;
    private long newest = Long.MIN_VALUE;
    private boolean empty = true;

    private SummaryLine() {}

    static void append(StringBuilder line, Slice slice) {
        SummaryLine summary = new SummaryLine();
        for (int i = 0; i < slice.size(); i++) {
            summary.count(slice.batch(i), slice.row(i));
        }
        line.append(Instant.ofEpochMilli(summary.newest)).append(' ').append(summary.counts());
        line.append(' ');
        EventLine.labels(line, summary.labels());
    }

    private void count(EventBatch batch, int row) {
        if (batch instanceof MetricBatch metrics) {
            samples++;
            seen(metrics.timestamp(row), metrics.labels(row));
        } else if (batch instanceof LogBatch records) {
            LogBatch.Row log = records.rows().get(row);
            logs++;
            long time = log.timestamp() != 0 ? log.timestamp() : log.observed();
            seen(Math.floorDiv(time, NANOSECONDS_IN_MILLISECOND), records.resource());
        } else if (batch instanceof SpanBatch traces) {
            spans++;
            seen(Math.floorDiv(traces.rows().get(row).start(), NANOSECONDS_IN_MILLISECOND), traces.resource());
        }
    }

    private void seen(long time, Labels labels) {
        newest = Math.max(newest, time);
        if (empty) {
            empty = false;
            for (int i = 0; i < labels.size(); i++) {
                common.put(labels.name(i).toString(), labels.value(i).toString());
            }
        } else {
            common.entrySet().removeIf(label -> !labels.get(label.getKey()).equals(label.getValue()));
        }
    }

    private Labels labels() {
        LabelsBuilder labels = Labels.builder();
        common.forEach(labels::set);
        return labels.build();
    }

    private String counts() {
        List<String> counts = new ArrayList<>();
        add(counts, samples, "sample");
        add(counts, logs, "log record");
        add(counts, spans, "span");
        return String.join(", ", counts);
    }

    private static void add(List<String> counts, int count, String what) {
        if (count > 0) {
            counts.add(count + " " + what + (count == 1 ? "" : "s"));
        }
    }
}

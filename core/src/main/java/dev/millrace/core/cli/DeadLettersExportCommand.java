package dev.millrace.core.cli;

import dev.millrace.core.host.ExitCode;
import dev.millrace.core.journal.DeadLetter;
import dev.millrace.core.json.JsonObject;
import dev.millrace.spi.event.EventBatch;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.LogBatch;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.event.NativeHistogram;
import dev.millrace.spi.event.SpanBatch;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Prints the items of dead letters as lines of JSON, each with the answer that its request got. The collector may run. */
@Command(
        name = "export",
        description = "Print the items that destinations will never take, as lines of JSON.",
        mixinStandardHelpOptions = true)
final class DeadLettersExportCommand implements Callable<Integer> {
    @Mixin
    private FolderOptions options = new FolderOptions();

    @Override
    public Integer call() throws IOException {
        new LetterFiles(options.folders().data()).each(DeadLettersExportCommand::print);
        return ExitCode.OK.code();
    }

    private static void print(String pipeline, DeadLetter letter) {
        StringBuilder lines = new StringBuilder();
        for (EventBatch batch : letter.batches()) {
            for (int row = 0; row < batch.size(); row++) {
                int at = row;
                JsonObject.append(lines, json -> {
                    json.field("pipeline", pipeline)
                            .field("flusher", letter.flusher())
                            .field(
                                    "rejected",
                                    Instant.ofEpochMilli(letter.time()).toString())
                            .field("status", letter.status())
                            .field("answer", letter.answer());
                    event(json, batch, at);
                });
                lines.append('\n');
            }
        }
        System.out.print(lines);
    }

    private static void event(JsonObject json, EventBatch batch, int row) {
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

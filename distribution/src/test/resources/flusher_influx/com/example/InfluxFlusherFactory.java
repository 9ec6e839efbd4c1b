package com.example;

import dev.millrace.plugin.flusher.http.spi.*;
import dev.millrace.spi.*;
import dev.millrace.spi.config.Inline;
import dev.millrace.spi.event.*;
import dev.millrace.spi.extension.*;
import dev.millrace.spi.http.HttpHeaders;
import dev.millrace.spi.pipeline.*;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.*;

/** The plugin flusher_influx: InfluxDB's line protocol over what flusher_http exports. */
public final class InfluxFlusherFactory implements PluginFactory<InfluxFlusherFactory.Options, Flusher> {
    public record Options(String url, @Inline HttpFlusherSettings http) {}

    public String type() {
        return "flusher_influx";
    }

    public Class<Options> options() {
        return Options.class;
    }

    public Class<Flusher> kind() {
        return Flusher.class;
    }

    public Flusher create(Options options, PluginContext context) {
        Endpoint url = Endpoint.parse("url", options.url());
        return new HttpSender(context, options.http(), url, new LineProtocol(), StatusTable.DEFAULT)
                .flusher(new Target(new Format("influx", "1"), Labels.EMPTY, 4 << 20), HttpHeaders.EMPTY);
    }

    private static final class LineProtocol implements Encoder {
        public List<Format> formats() {
            return List.of(new Format("influx", "1"));
        }

        public Encoded encode(Slice slice, Target target, BodyBuffer body) {
            int dropped = 0;
            PrintStream lines = new PrintStream(body, true, StandardCharsets.UTF_8);
            for (int i = 0; i < slice.size(); i++) {
                MetricBatch batch = (MetricBatch) slice.batch(i);
                double value = Double.longBitsToDouble(batch.valueBits(slice.row(i)));
                if (!Double.isFinite(value)) {
                    dropped++;
                    continue; // the protocol has no word for it
                }
                Map<String, String> tags = new TreeMap<>(batch.labels(slice.row(i)).toMap());
                lines.print(tags.remove(Labels.METRIC_NAME));
                tags.forEach((tag, text) -> lines.print("," + tag + "=" + text.replaceAll("[ ,=]", "\\\\$0")));
                lines.print(" value=" + value + " " + batch.timestamp(slice.row(i)) + "000000\n");
            }
            return new Encoded("text/plain", Map.of(), Map.of("no_number", dropped), Content.samples(slice.size() - dropped));
        }
    }
}

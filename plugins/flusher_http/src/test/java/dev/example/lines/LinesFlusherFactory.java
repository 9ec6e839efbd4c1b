package dev.example.lines;

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

/** Another protocol on what flusher_http exports: one line for each sample, {@code labels value timestamp}. */
public final class LinesFlusherFactory implements PluginFactory<LinesFlusherFactory.Options, Flusher> {
    public record Options(String url, @Inline HttpFlusherSettings http) {}

    @Override
    public String type() {
        return "flusher_lines";
    }

    @Override
    public Class<Options> options() {
        return Options.class;
    }

    @Override
    public Class<Flusher> kind() {
        return Flusher.class;
    }

    @Override
    public Flusher create(Options options, PluginContext context) {
        Endpoint endpoint = Endpoint.parse("url", options.url());
        Target target = new Target(new Format("lines", "1"), Labels.EMPTY, 1 << 20);
        return new HttpSender(context, options.http(), endpoint, new LinesEncoder(), StatusTable.DEFAULT)
                .flusher(target, HttpHeaders.of("X-Lines", "1"), SliceLimits.DEFAULT);
    }

    private static final class LinesEncoder implements Encoder {
        @Override
        public List<Format> formats() {
            return List.of(new Format("lines", "1"));
        }

        @Override
        public Encoded encode(Slice slice, Target target, BodyBuffer body) {
            PrintStream out = new PrintStream(body, true, StandardCharsets.UTF_8);
            for (int i = 0; i < slice.size(); i++) {
                MetricBatch batch = (MetricBatch) slice.batch(i);
                int row = slice.row(i);
                double value = Double.longBitsToDouble(batch.valueBits(row));
                out.print(batch.labels(row) + " " + value + " " + batch.timestamp(row) + "\n");
            }
            return new Encoded("text/plain", Map.of(), Map.of(), Content.samples(slice.size()));
        }
    }
}

package dev.millrace.distribution.benchmark;

import dev.millrace.core.compression.Codecs;
import dev.millrace.distribution.run.ExporterPage;
import dev.millrace.plugin.lib.prometheus.names.InvalidNames;
import dev.millrace.plugin.lib.prometheus.text.TextFormatException;
import dev.millrace.plugin.lib.prometheus.text.TextParser;
import dev.millrace.plugin.lib.prometheus.wire.RequestEncoder;
import dev.millrace.plugin.lib.prometheus.wire.WriteRequestDecoder;
import dev.millrace.plugin.lib.prometheus.wire.WriteRequestEncoder;
import dev.millrace.spi.BodyBuffer;
import dev.millrace.spi.Compression;
import dev.millrace.spi.event.EventBatch;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.LabelsBuilder;
import dev.millrace.spi.event.Metadata;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.event.MetricBatchBuilder;
import dev.millrace.spi.event.MetricType;
import dev.millrace.spi.extension.DecodingException;
import dev.millrace.spi.extension.EncodingException;
import dev.millrace.spi.extension.Format;
import dev.millrace.spi.extension.Target;
import dev.millrace.spi.testing.WholeBatch;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * The way of a sample from a scraped page to a compressed request of remote write, and the way back.
 *
 * <p>Each invocation takes a page of 1,000 known series; the result is for one sample.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class PageToRequestBenchmark {
    private static final int SERIES = 1000;
    private static final int PAGES = 4;
    private static final Target TARGET = new Target(new Format("prometheus", "any"), Labels.EMPTY, 4 << 20);

    private final Compression compression = new Codecs();
    private final WriteRequestEncoder encoder = new WriteRequestEncoder(InvalidNames.ESCAPE);
    private final RequestEncoder encoder2 = new RequestEncoder();
    private final KnownSeries known = new KnownSeries();
    private final byte[][] pages = new byte[PAGES][];
    private final BodyBuffer body = new BodyBuffer(1 << 20);
    private final BodyBuffer compressed = new BodyBuffer(1 << 20);
    private final BodyBuffer request = new BodyBuffer(1 << 20);
    private MetricBatch batch = MetricBatch.builder(0).build();
    private long time = 1_800_000_000_000L;

    /** Makes pages, and knows their series. */
    @Setup
    public void knowTheSeries() throws TextFormatException, EncodingException {
        for (int i = 0; i < PAGES; i++) {
            pages[i] = ExporterPage.of(SERIES, i);
        }
        LabelsBuilder labels = Labels.builder();
        TextParser parser = new TextParser(pages[0], pages[0].length);
        for (TextParser.Kind kind = parser.next(); kind != TextParser.Kind.END; kind = parser.next()) {
            if (kind == TextParser.Kind.SERIES) {
                parser.labels(labels.clear());
                labels.set("instance", "node17.example.com:9100").set("job", "node");
                known.put(parser, pages[0], labels.build());
            }
        }
        batch = described(parse());
        encode(batch, request);
    }

    /* As a scrape gives it: with what the page says of each metric. */
    private static MetricBatch described(MetricBatch rows) {
        Map<String, Metadata> families = new HashMap<>();
        MetricBatchBuilder described = MetricBatch.builder(rows.size());
        for (int row = 0; row < rows.size(); row++) {
            String name = rows.labels(row).get(Labels.METRIC_NAME);
            described
                    .add(rows.labels(row), rows.timestamp(row), rows.valueBits(row))
                    .metadata(families.computeIfAbsent(
                            name, n -> new Metadata(n, MetricType.COUNTER, "What " + n + " says of it.", "")));
        }
        return described.build();
    }

    /** Parses a page, looks up its series and appends them to a batch. */
    @Benchmark
    @OperationsPerInvocation(SERIES)
    public MetricBatch parse() throws TextFormatException {
        byte[] page = pages[(int) (time++ % PAGES)];
        MetricBatchBuilder rows = MetricBatch.builder(SERIES);
        TextParser parser = new TextParser(page, page.length);
        for (TextParser.Kind kind = parser.next(); kind != TextParser.Kind.END; kind = parser.next()) {
            if (kind == TextParser.Kind.SERIES) {
                rows.add(known.get(parser, page), time, parser.valueBits());
            }
        }
        return rows.build();
    }

    /** Encodes a batch that is there. */
    @Benchmark
    @OperationsPerInvocation(SERIES)
    public int encode() throws EncodingException {
        body.clear();
        encode(batch, body);
        return body.length();
    }

    /** Encodes the same batch as remote write 2.0. */
    @Benchmark
    @OperationsPerInvocation(SERIES)
    public int encode2() throws EncodingException {
        body.clear();
        encoder2.encode(new WholeBatch(batch), TARGET, Integer.MAX_VALUE, body);
        return body.length();
    }

    /** Parses, looks up, appends, encodes and compresses. */
    @Benchmark
    @OperationsPerInvocation(SERIES)
    public int pageToRequest() throws TextFormatException, EncodingException {
        body.clear();
        compressed.clear();
        encode(parse(), body);
        compression.compress("snappy", body, compressed);
        return compressed.length();
    }

    /** Decodes a request. */
    @Benchmark
    @OperationsPerInvocation(SERIES)
    public List<EventBatch> decode() throws DecodingException {
        return WriteRequestDecoder.decode(request);
    }

    private void encode(MetricBatch rows, BodyBuffer target) throws EncodingException {
        encoder.encode(new WholeBatch(rows), TARGET, Integer.MAX_VALUE, target);
    }
}

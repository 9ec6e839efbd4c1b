package dev.millrace.plugin.input.prometheus;

import dev.millrace.distribution.run.ExporterPage;
import dev.millrace.plugin.lib.prometheus.relabel.Relabeling;
import dev.millrace.plugin.lib.prometheus.text.SeriesHash;
import dev.millrace.plugin.lib.prometheus.text.TextFormatException;
import dev.millrace.plugin.lib.prometheus.text.TextParser;
import dev.millrace.spi.BodyBuffer;
import dev.millrace.spi.event.Labels;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** The labels of a series from its text: of one that is known, and of one that is not; for one series. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class LabelsBenchmark {
    private static final int SERIES = ScrapedTargets.SERIES;

    private final byte[] bytes = ExporterPage.of(SERIES, 1);
    private final int[] starts = new int[SERIES];
    private final int[] ends = new int[SERIES];
    private final ScrapeConfig config = ScrapedTargets.config();
    private final Labels target = Labels.of("instance", "node1.example.com:9100", "job", "node");
    private final SampleLabels labels = new SampleLabels(target, config, Relabeling.NONE);
    private final ScrapeReport report = new ScrapeReport(
            new Target(
                    "node",
                    target,
                    URI.create("http://localhost/metrics"),
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(5)),
            config);
    private KnownPage known = KnownPage.EMPTY;

    /** Knows a page, and where its series stand. */
    @Setup
    public void read() throws TextFormatException, ScrapeException {
        PageReader reader = new PageReader(
                KnownPage.EMPTY, ExemplarTexts.NONE, PageFormat.TEXT, labels, report, config, 0);
        reader.read(BodyBuffer.wrap(bytes));
        known = reader.page();
        TextParser parser = new TextParser(bytes, bytes.length);
        int at = 0;
        for (TextParser.Kind kind = parser.next(); kind != TextParser.Kind.END; kind = parser.next()) {
            if (kind == TextParser.Kind.SERIES) {
                starts[at] = parser.seriesStart();
                ends[at++] = parser.seriesStart() + parser.seriesLength();
            }
        }
    }

    /** Looks for each series of a page in the page before, as where they stand in another order. */
    @Benchmark
    @OperationsPerInvocation(SERIES)
    public void known(Blackhole sink) {
        for (int i = 0; i < SERIES; i++) {
            long hash = SeriesHash.of(bytes, starts[i], ends[i]);
            sink.consume(known.labels(known.find(hash, bytes, starts[i], ends[i])));
        }
    }

    /** Makes the labels of each series of a page, whose names and values other series have too. */
    @Benchmark
    @OperationsPerInvocation(SERIES)
    public void fresh(Blackhole sink) throws TextFormatException, ScrapeException {
        TextParser parser = new TextParser(bytes, bytes.length);
        for (TextParser.Kind kind = parser.next(); kind != TextParser.Kind.END; kind = parser.next()) {
            if (kind == TextParser.Kind.SERIES) {
                sink.consume(labels.of(parser::labels));
            }
        }
    }
}

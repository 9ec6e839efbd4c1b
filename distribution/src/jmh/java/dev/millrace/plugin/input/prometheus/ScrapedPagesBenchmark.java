package dev.millrace.plugin.input.prometheus;

import dev.millrace.distribution.run.ExporterPage;
import dev.millrace.plugin.lib.prometheus.relabel.Relabeling;
import dev.millrace.spi.BodyBuffer;
import dev.millrace.spi.config.ByteSize;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.MetricBatch;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * What a scrape costs between the page and the pipeline: the whole of the input but the connection.
 *
 * <p>Each invocation takes a page of 1,000 known series of the next target; the result is for one sample. With 100 targets
 * what is known of one has left the caches of the processor when its turn comes again.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ScrapedPagesBenchmark {
    private static final int SERIES = 1000;
    private static final int PAGES = 4;

    @Param({"1", "100"})
    int targets;

    /** The lines of a page that the page before did not have. */
    @Param({"0", "1"})
    int fresh;

    private final BodyBuffer[] pages = new BodyBuffer[PAGES];
    private BatchMaker[] makers = new BatchMaker[0];
    private int turn;
    private long time = 1_800_000_000_000L;

    /** Makes pages and targets, and scrapes each target once. */
    @Setup
    public void knowTheSeries() {
        for (int i = 0; i < PAGES; i++) {
            byte[] page = ExporterPage.of(SERIES - fresh, i);
            pages[i] = new BodyBuffer(page.length + 64);
            pages[i].write(page, 0, page.length);
            if (fresh > 0) {
                byte[] line = ("zz_fresh{page=\"" + i + "\"} 1\n").getBytes(StandardCharsets.UTF_8);
                pages[i].write(line, 0, line.length);
            }
        }
        makers = new BatchMaker[targets];
        for (int i = 0; i < targets; i++) {
            makers[i] = maker("node" + i + ".example.com:9100");
        }
        for (int i = 0; i < 2 * targets; i++) {
            page();
        }
    }

    /** Makes the batch of a page. */
    @Benchmark
    @OperationsPerInvocation(SERIES)
    public MetricBatch page() {
        BatchMaker maker = makers[turn++ % targets];
        BatchMaker.Made made = maker.ofPage(pages[turn / targets % PAGES], PageFormat.TEXT, time++, () -> 0.01);
        maker.kept(made);
        return made.batch();
    }

    private static BatchMaker maker(String instance) {
        ScrapeConfig config = new ScrapeConfig(
                "node",
                Optional.of(Duration.ofSeconds(5)),
                Optional.empty(),
                "/metrics",
                "http",
                Map.of(),
                false,
                true,
                ByteSize.parse("64MiB"),
                0,
                true,
                Negotiation.DEFAULT,
                Optional.empty(),
                List.of(),
                List.of(),
                List.of());
        Target target = new Target(
                "node",
                Labels.of("instance", instance, "job", "node"),
                URI.create("http://" + instance + "/metrics"),
                Duration.ofSeconds(5),
                Duration.ofSeconds(5));
        return new BatchMaker(target, config, Relabeling.NONE);
    }
}

package dev.millrace.plugin.input.prometheus;

import static dev.millrace.plugin.input.prometheus.ProtobufPage.COUNTER;
import static dev.millrace.plugin.input.prometheus.ProtobufPage.GAUGE;
import static dev.millrace.plugin.input.prometheus.ProtobufPage.HISTOGRAM;
import static dev.millrace.plugin.input.prometheus.ProtobufPage.count;
import static dev.millrace.plugin.input.prometheus.ProtobufPage.counter;
import static dev.millrace.plugin.input.prometheus.ProtobufPage.exemplar;
import static dev.millrace.plugin.input.prometheus.ProtobufPage.gauge;
import static dev.millrace.plugin.input.prometheus.ProtobufPage.histogram;
import static dev.millrace.plugin.input.prometheus.ProtobufPage.nativeHistogram;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.plugin.input.prometheus.ProtobufPage.Message;
import dev.millrace.plugin.lib.prometheus.relabel.RelabelAction;
import dev.millrace.spi.event.Buckets;
import dev.millrace.spi.event.Exemplar;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.Metadata;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.event.MetricType;
import dev.millrace.spi.event.NativeHistogram;
import dev.millrace.spi.testing.VirtualScheduler;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Targets that answer in protobuf. */
final class ProtobufInputTest {
    private static final long START = 1_700_000_000_000L;
    private static final String PROTOBUF =
            "application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily; encoding=delimited";

    private final VirtualScheduler scheduler = new VirtualScheduler(START);
    private final FakeTarget target = new FakeTarget();
    private final FakeContext context = new FakeContext(scheduler, target);
    private final FakeSink sink = new FakeSink();
    private final LogLines log = new LogLines();
    private final ScrapeConfigs config = new ScrapeConfigs();

    @AfterEach
    void closeLog() {
        log.close();
    }

    private void start(boolean classicToo) {
        config.negotiation = new Negotiation(
                List.of(),
                Optional.empty(),
                true,
                Optional.of(true),
                Optional.of(classicToo),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        new PrometheusInput(ScrapeConfigs.options(List.of(config.build())), context, scheduler::nanoTime).start(sink);
    }

    private void scrape(ProtobufPage page) {
        target.answer(200, PROTOBUF, page.bytes());
        scheduler.advance(config.interval);
    }

    private static Labels labels(String name, String... more) {
        Labels labels = Labels.of(more);
        return labels.toBuilder()
                .set("__name__", name)
                .set("job", "node")
                .set("instance", "host:9100")
                .build();
    }

    @Test
    void asksForProtobufFirstAndMakesOneBatchOfItsPage() {
        start(false);

        scrape(new ProtobufPage()
                .family("up_time", GAUGE, gauge(-0.0, "x", "1"), gauge(Double.NaN))
                .family(
                        "requests_total",
                        COUNTER,
                        counter(count(3).message(2, exemplar("abc", 0))
                                .message(3, new Message().number(1, 1_600_000_000L))))
                .family("latency", HISTOGRAM, histogram(nativeHistogram(2, 0, 3), "x", "1")));

        assertThat(target.requests.get(0).headers().first("Accept").orElse(""))
                .startsWith("application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;"
                        + "encoding=delimited;q=0.6,application/openmetrics-text;version=1.0.0;");
        MetricBatch batch = sink.last();
        assertThat(sink.samples())
                .containsExactly("up_time{x=\"1\"} -0.0", "up_time NaN", "requests_total 3.0", "latency{x=\"1\"} 1.5");
        assertThat(sink.report()).contains("up 1.0", "scrape_samples_scraped 4.0", "scrape_series_added 4.0");
        assertThat(batch.labels(3)).isEqualTo(labels("latency", "x", "1"));
        assertThat(batch.metadata(3)).isEqualTo(new Metadata("latency", MetricType.HISTOGRAM, "What latency is.", ""));
        assertThat(batch.metadata(0)).isSameAs(batch.metadata(1));
        assertThat(batch.startTimestamp(2)).isEqualTo(1_600_000_000_000L);
        assertThat(batch.exemplars(2))
                .containsExactly(
                        new Exemplar(Labels.of("trace_id", "abc"), Double.doubleToRawLongBits(1), batch.timestamp(2)));
        NativeHistogram histogram = batch.histogram(3);
        assertThat(histogram.count()).isEqualTo(5);
        assertThat(histogram.schema()).isEqualTo(3);
        assertThat(histogram.positive()).isEqualTo(new Buckets(new int[] {1, 1}, new int[] {1, 1}, new long[] {2, 1}));
        assertThat(batch.histogram(2)).isNull();
        assertThat(log.take()).isEmpty();
    }

    @Test
    void usesLabelsAgainAndPassesExemplarsOnOnce() {
        start(true);
        Message value = nativeHistogram(2)
                .message(16, exemplar("a", 1_600_000_000L))
                .message(16, exemplar("b", 1_600_000_001L));
        ProtobufPage page = new ProtobufPage()
                .family("c_total", COUNTER, counter(count(3).message(2, exemplar("c", 0))))
                .family("latency", HISTOGRAM, histogram(value));
        scrape(page);
        MetricBatch first = sink.last();
        assertThat(first.exemplars(0)).hasSize(1);
        assertThat(first.exemplars(1)).hasSize(2);

        scrape(page);
        for (int i = 0; i < first.size(); i++) {
            assertThat(sink.last().labels(i)).isSameAs(first.labels(i));
            assertThat(sink.last().metadata(i)).isSameAs(first.metadata(i));
            assertThat(sink.last().exemplars(i)).isEmpty();
        }

        scrape(new ProtobufPage()
                .family("c_total", COUNTER, counter(count(4)))
                .family("latency", HISTOGRAM, histogram(value.message(16, exemplar("new", 1_600_000_002L)))));
        assertThat(sink.last().labels(1)).isSameAs(first.labels(1));
        assertThat(sink.last().exemplars(1))
                .extracting(one -> one.labels().get("trace_id"))
                .containsExactly("new");
    }

    @Test
    void marksTheEndOfAHistogramWithAHistogram() {
        start(false);
        scrape(new ProtobufPage()
                .family("a", HISTOGRAM, histogram(nativeHistogram(1)))
                .family("b", HISTOGRAM, histogram(nativeHistogram(1)))
                .family("c", GAUGE, gauge(1)));

        // A series that changes from one kind to the other does not end.
        scrape(new ProtobufPage()
                .family("a", HISTOGRAM, histogram(nativeHistogram(1)))
                .family("c", HISTOGRAM, histogram(nativeHistogram(1))));
        MetricBatch batch = sink.last();
        assertThat(sink.samples()).containsExactly("a 1.5", "c 1.5", "b stale");
        assertThat(batch.histogram(1)).isNotNull();
        assertThat(batch.histogram(2).stale()).isTrue();
        assertThat(sink.report()).endsWith("scrape_series_added 0.0");

        scrape(new ProtobufPage().family("c", GAUGE, gauge(1)));
        assertThat(sink.samples()).containsExactly("c 1.0", "a stale");
        assertThat(sink.last().histogram(1).stale()).isTrue();

        target.answer(500, "", new byte[0]);
        scheduler.advance(config.interval);
        assertThat(sink.samples()).containsExactly("c stale");
        assertThat(sink.last().histogram(0)).isNull();
        assertThat(log.take()).hasSize(1);
    }

    @Test
    void readsClassicBucketsOfNativeHistogramsOnlyWhereAsked() {
        Message value = nativeHistogram(2).message(3, new Message().number(1, 2).real(2, 0.5));
        ProtobufPage page = new ProtobufPage().family("h", HISTOGRAM, histogram(value));

        start(true);
        scrape(page);

        assertThat(sink.samples())
                .containsExactly(
                        "h 1.5", "h_count 2.0", "h_sum 1.5", "h_bucket{le=\"0.5\"} 2.0", "h_bucket{le=\"+Inf\"} 2.0");
        for (int i = 0; i < 5; i++) {
            assertThat(sink.last().metadata(i)).isNotNull();
        }
    }

    @Test
    void relabelsLeavesOutDuplicatesAndTakesTimesAsOfATextPage() {
        config.metricRelabel = List.of(ScrapeConfigs.rule(RelabelAction.DROP, "__name__", "dropped"));
        start(false);

        scrape(new ProtobufPage()
                .family("dropped", GAUGE, gauge(1))
                .family("a", GAUGE, gauge(1, "job", "mine"), gauge(2, "job", "mine"))
                .family("t", GAUGE, gauge(1, "x", "1").number(6, START - 5000), gauge(1).number(6, START + 3_600_000)));

        assertThat(sink.samples()).containsExactly("a{exported_job=\"mine\"} 1.0", "t{x=\"1\"} 1.0 @" + (START - 5000));
        assertThat(sink.report()).contains("scrape_samples_scraped 5.0", "scrape_samples_post_metric_relabeling 4.0");
    }

    @Test
    void failsWholeWhenAPageIsDamagedOrTooLong() {
        config.sampleLimit = 2;
        start(false);
        scrape(new ProtobufPage().family("a", GAUGE, gauge(1), gauge(1, "x", "1")));

        scrape(new ProtobufPage().family("a", GAUGE, gauge(1), gauge(1, "x", "1"), gauge(1, "x", "2")));
        assertThat(sink.samples()).containsExactly("a stale", "a{x=\"1\"} stale");
        assertThat(sink.report()).contains("up 0.0", "scrape_samples_scraped 3.0");
        assertThat(log.take().get(0)).contains("3 samples (expected: at most sample_limit, 2)");

        scrape(new ProtobufPage().family("a", GAUGE, gauge(1)));
        log.take();
        target.answer(200, PROTOBUF, new byte[] {9, 1, 2});
        scheduler.advance(config.interval);
        assertThat(sink.report()).contains("up 0.0");
        assertThat(log.take().get(0)).contains("a length of 9 bytes (expected: at most 2");
    }

    @Test
    void knowsSeriesAgainWhenTheFormatChanges() {
        start(false);
        scrape(new ProtobufPage().family("a", GAUGE, gauge(1)).family("b", GAUGE, gauge(1)));

        target.page("a 2");
        scheduler.advance(config.interval);

        assertThat(sink.samples()).containsExactly("a 2.0", "b stale");
        assertThat(sink.report()).endsWith("scrape_series_added 0.0");
    }
}

package dev.millrace.plugin.input.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.plugin.lib.credentials.client.BasicAuth;
import dev.millrace.plugin.lib.prometheus.relabel.RelabelAction;
import dev.millrace.spi.config.ByteSize;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.Metadata;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.event.MetricType;
import dev.millrace.spi.http.HttpBody;
import dev.millrace.spi.http.HttpHeaders;
import dev.millrace.spi.http.HttpResponse;
import dev.millrace.spi.testing.VirtualScheduler;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class PrometheusInputTest {
    private static final long START = 1_700_000_000_000L;
    private static final String URL = "job \"node\": http://host:9100/metrics: ";

    private final VirtualScheduler scheduler = new VirtualScheduler(START);
    private final FakeTarget target = new FakeTarget();
    private final FakeContext context = new FakeContext(scheduler, target);
    private final FakeSink sink = new FakeSink();
    private final LogLines log = new LogLines();
    private final ScrapeConfigs config = new ScrapeConfigs();
    private PrometheusInput input;

    @AfterEach
    void closeLog() {
        log.close();
    }

    private void start() {
        input = new PrometheusInput(ScrapeConfigs.options(List.of(config.build())), context, scheduler::nanoTime);
        input.start(sink);
    }

    private void scrape() {
        scheduler.advance(config.interval);
    }

    @Test
    void makesOneBatchOfAPage() {
        target.page(
                "# HELP a_total All.",
                "# TYPE a_total counter",
                "a_total{x=\"1\"} 1",
                "a_total{x=\"2\"} NaN",
                "b +Inf");
        start();

        scrape();

        assertThat(sink.kept).hasSize(1);
        assertThat(sink.samples()).containsExactly("a_total{x=\"1\"} 1.0", "a_total{x=\"2\"} NaN", "b Infinity");
        assertThat(sink.report())
                .containsExactly(
                        "up 1.0",
                        "scrape_duration_seconds 0.0",
                        "scrape_samples_scraped 3.0",
                        "scrape_samples_post_metric_relabeling 3.0",
                        "scrape_series_added 3.0");
        MetricBatch batch = sink.last();
        assertThat(batch.labels(0))
                .isEqualTo(Labels.of("__name__", "a_total", "x", "1", "job", "node", "instance", "host:9100"));
        assertThat(batch.metadata(0)).isEqualTo(new Metadata("a_total", MetricType.COUNTER, "All.", ""));
        assertThat(batch.metadata(1)).isSameAs(batch.metadata(0));
        assertThat(batch.metadata(2)).isNull();
        assertThat(batch.valueBits(1)).isEqualTo(MetricBatch.NORMAL_NAN);
        assertThat(log.take()).isEmpty();
    }

    @Test
    void usesLabelsAgain() {
        target.page("# TYPE h histogram", "h_bucket{le=\"1\"} 1", "h_count 1", "c 5");
        start();
        scrape();
        MetricBatch first = sink.last();

        target.page("# TYPE h histogram", "h_bucket{le=\"1\"} 2", "h_count 2", "c 6");
        scrape();

        assertThat(sink.samples()).containsExactly("h_bucket{le=\"1.0\"} 2.0", "h_count 2.0", "c 6.0");
        assertThat(sink.report()).endsWith("scrape_series_added 0.0");
        for (int i = 0; i < first.size(); i++) {
            assertThat(sink.last().labels(i)).isSameAs(first.labels(i));
            assertThat(sink.last().metadata(i)).isSameAs(first.metadata(i));
        }
        assertThat(sink.last().timestamp(0)).isEqualTo(first.timestamp(0) + 10_000);
    }

    @Test
    void marksSeriesThatEnd() {
        target.page("a 1", "b 1", "c 1");
        start();
        scrape();

        target.page("a 2", "c 2");
        scrape();
        assertThat(sink.samples()).containsExactlyInAnyOrder("a 2.0", "c 2.0", "b stale");

        scrape();
        assertThat(sink.samples()).containsExactly("a 2.0", "c 2.0");

        target.page("b 3", "a 3");
        scrape();
        assertThat(sink.samples()).containsExactlyInAnyOrder("a 3.0", "b 3.0", "c stale");
        assertThat(sink.report()).endsWith("scrape_series_added 1.0");
    }

    @Test
    void knowsASeriesByItsLabelsAndNotByItsText() {
        target.page("a{x=\"1\",y=\"2\"} 1");
        start();
        scrape();

        target.page("a{ y=\"2\", x=\"1\", } 2");
        scrape();

        assertThat(sink.samples()).containsExactly("a{x=\"1\", y=\"2\"} 2.0");
        assertThat(sink.report()).endsWith("scrape_series_added 0.0");
    }

    @Test
    void marksAllSeriesOfAFailedScrapeOnce() {
        target.page("a 1", "b 1");
        start();
        scrape();

        target.page("a 2", "b 2", "<html>");
        scrape();
        assertThat(sink.samples()).containsExactlyInAnyOrder("a stale", "b stale");
        assertThat(sink.report())
                .contains("up 0.0", "scrape_samples_scraped 2.0", "scrape_samples_post_metric_relabeling 2.0");

        target.failure(new IOException("connection refused"));
        scrape();
        assertThat(sink.samples()).isEmpty();
        assertThat(sink.report()).contains("up 0.0", "scrape_samples_scraped 0.0", "scrape_series_added 0.0");

        target.page("a 3");
        scrape();
        assertThat(sink.samples()).containsExactly("a 3.0");
        assertThat(log.take())
                .containsExactly(
                        "WARN " + URL
                                + "line 3, column 1: '<html>' (expected: a metric name; the target answers HTML?)",
                        "INFO " + URL + "up again");
        assertThat(context.errors)
                .as("each, also where the log has said that the target fails")
                .containsExactly(
                        URL + "line 3, column 1: '<html>' (expected: a metric name; the target answers HTML?)",
                        URL + "connection refused",
                        "over");
    }

    @Test
    void leavesSeriesWithTheirOwnTimestampsUnmarked() {
        target.page("a 1 " + START, "b 1");
        start();
        scrape();
        assertThat(sink.samples()).containsExactly("a 1.0 @" + START, "b 1.0");

        target.page("");
        scrape();
        assertThat(sink.samples()).containsExactly("b stale");
    }

    @Test
    void usesNoTimestampsWhereTheyAreNotHonored() {
        config.honorTimestamps = false;
        target.page("a 1 " + START);
        start();
        scrape();
        assertThat(sink.samples()).containsExactly("a 1.0");

        target.page("");
        scrape();
        assertThat(sink.samples()).containsExactly("a stale");
    }

    @Test
    void leavesOutSamplesOfTheFutureAndDuplicates() {
        target.page("a 1", "a 2", "b 1 " + (START + 3_600_000), "c 1 5", "c 2 6", "c 3 6", "up 5");
        start();

        scrape();

        assertThat(sink.samples()).containsExactly("a 1.0", "c 1.0 @5", "c 2.0 @6");
        assertThat(sink.report())
                .contains("up 1.0", "scrape_samples_scraped 7.0", "scrape_samples_post_metric_relabeling 7.0");
        assertThat(context.metrics.counters)
                .containsEntry("millrace_input_left_out_samples_total[reason, duplicate]", 3L)
                .containsEntry("millrace_input_left_out_samples_total[reason, out_of_bounds]", 1L);
        assertThat(log.take())
                .containsExactly("WARN " + URL + "3 samples left out because the page has their series twice, 1 because"
                        + " their timestamps are more than 10 minutes ahead");
    }

    @Test
    void refusesAPageOverItsSampleLimit() {
        config.sampleLimit = 2;
        config.metricRelabel = List.of(ScrapeConfigs.rule(RelabelAction.DROP, "__name__", "x.*"));
        target.page("a 1", "b 1", "x 1");
        start();
        scrape();
        assertThat(sink.samples()).containsExactly("a 1.0", "b 1.0");

        target.page("a 1", "b 1", "c 1", "x 1", "d 1");
        scrape();
        assertThat(sink.samples()).containsExactlyInAnyOrder("a stale", "b stale");
        assertThat(sink.report())
                .contains("up 0.0", "scrape_samples_scraped 5.0", "scrape_samples_post_metric_relabeling 4.0");
        assertThat(log.take()).containsExactly("WARN " + URL + "4 samples (expected: at most sample_limit, 2)");
    }

    @Test
    void renamesLabelsThatTheTargetHasToo() {
        config.targets = List.of(new StaticConfig(List.of("host:9100"), Map.of("env", "prod", "exported_env", "x")));
        target.page("a{env=\"1\",exported_env=\"2\"} 1");
        start();

        scrape();

        assertThat(sink.samples())
                .containsExactly("a{env=\"prod\", exported_env=\"x\", exported_exported_env=\"1\","
                        + " exported_exported_exported_env=\"2\"} 1.0");
    }

    @Test
    void honorsLabels() {
        config.honorLabels = true;
        config.targets = List.of(new StaticConfig(List.of("host:9100"), Map.of("env", "prod", "zone", "z")));
        target.page("a{env=\"1\",instance=\"\"} 1");
        start();

        scrape();

        assertThat(sink.last().labels(0)).isEqualTo(Labels.of("__name__", "a", "env", "1", "job", "node", "zone", "z"));
    }

    @Test
    void relabelsSeriesAndNotTheReport() {
        config.metricRelabel = List.of(
                ScrapeConfigs.rule(RelabelAction.DROP, "__name__", "go_.*"),
                ScrapeConfigs.replace("", "(.*)", "x", "y"),
                ScrapeConfigs.rule(RelabelAction.LABELDROP, "", "env"));
        target.page("go_a 1", "b{env=\"1\"} 2");
        start();

        scrape();

        assertThat(sink.samples()).containsExactly("b{x=\"y\"} 2.0");
        assertThat(sink.report())
                .contains("up 1.0", "scrape_samples_scraped 2.0", "scrape_samples_post_metric_relabeling 1.0");
    }

    @Test
    void failsWhereRelabellingLeavesNoName() {
        config.metricRelabel = List.of(ScrapeConfigs.rule(RelabelAction.LABELDROP, "", "__name__"));
        target.page("a 1");
        start();

        scrape();

        assertThat(sink.report()).contains("up 0.0");
        assertThat(log.take())
                .containsExactly("WARN " + URL + "{instance=\"host:9100\", job=\"node\"}: no metric name is left by"
                        + " metric_relabel_configs (expected: __name__)");
    }

    @Test
    void forgetsAScrapeThatIsRefused() {
        target.page("a 1", "b 1");
        start();
        scrape();

        target.page("b 2", "c 2");
        sink.refuse = true;
        scrape();
        scrape();
        assertThat(sink.kept).hasSize(1);
        assertThat(context.metrics.counters)
                .containsEntry("millrace_input_skipped_scrapes_total[reason, flusher_full]", 2L);
        assertThat(log.take()).containsExactly("WARN scrapes are skipped: flusher_prometheus has no room left");

        sink.refuse = false;
        target.page("b 3", "d 3");
        scrape();
        assertThat(sink.samples()).containsExactlyInAnyOrder("b 3.0", "d 3.0", "a stale");
        assertThat(sink.report()).endsWith("scrape_series_added 1.0");
        assertThat(log.take()).containsExactly("INFO scrapes are accepted again");
    }

    @Test
    void marksSeriesLaterWhereTheMarksAreRefused() {
        target.page("a 1");
        start();
        scrape();

        target.failure(new IOException("connection refused"));
        sink.refuse = true;
        scrape();
        sink.refuse = false;
        scrape();

        assertThat(sink.samples()).containsExactly("a stale");
    }

    @Test
    void asksNoTargetWhileNothingIsAccepted() {
        target.page("a 1");
        sink.refusal = Optional.of(FakeSink.full());
        start();
        scrape();
        scrape();
        assertThat(target.requests).isEmpty();
        assertThat(context.metrics.counters)
                .containsEntry("millrace_input_skipped_scrapes_total[reason, flusher_full]", 2L);

        sink.refusal = Optional.empty();
        scrape();
        assertThat(sink.samples()).containsExactly("a 1.0");
        assertThat(log.take())
                .containsExactly(
                        "WARN scrapes are skipped: flusher_prometheus has no room left",
                        "INFO scrapes are accepted again");
    }

    @Test
    void beginsAScrapeThatIsDueWhenTheOneBeforeItEnds() {
        CompletableFuture<HttpResponse> hanging = target.hang();
        start();
        scrape();
        scrape();
        assertThat(target.requests).hasSize(1);

        target.page("a 1");
        hanging.completeExceptionally(new TimeoutException());
        scheduler.advance(Duration.ofMillis(0));
        assertThat(target.requests).hasSize(2);
        assertThat(sink.kept).hasSize(2);
        assertThat(sink.samples()).containsExactly("a 1.0");

        scrape();
        assertThat(target.requests).hasSize(3);
        assertThat(context.metrics.counters)
                .containsEntry("millrace_input_skipped_scrapes_total[reason, unfinished]", 0L);
        assertThat(log.take())
                .containsExactly(
                        "WARN " + URL + "no whole answer within 10s (expected: less than scrape_timeout)",
                        "INFO " + URL + "up again");
    }

    @Test
    void skipsScrapesWhileTheJournalKeepsOneWaiting() {
        target.page("a 1");
        sink.hold = true;
        start();
        scrape();
        scrape();
        scrape();
        scrape();
        assertThat(target.requests).hasSize(1);
        assertThat(sink.waiting).hasSize(1);
        assertThat(sink.waiting.get(0).waiting()).isFalse();
        assertThat(context.metrics.counters)
                .containsEntry("millrace_input_skipped_scrapes_total[reason, unfinished]", 2L);

        sink.hold = false;
        sink.waiting.get(0).committed();
        scheduler.advance(Duration.ofMillis(0));
        assertThat(target.requests).hasSize(2);
        assertThat(sink.report()).endsWith("scrape_series_added 0.0");
    }

    @Test
    void saysWhyAScrapeFailed() {
        start();
        failsWith("HTTP status 404 (expected: 200)", () -> target.answer(404, "text/html", bytes("no")));
        failsWith(
                "HTTP status 302, it points to /login (expected: 200)",
                () -> target.answer(302, "", new byte[0], "Location", "/login"));
        failsWith(
                "no Content-Type (expected: text/plain, application/openmetrics-text or application/vnd.google.protobuf; or set fallback_scrape_protocol)",
                () -> target.answer(200, "", bytes("a 1")));
        failsWith(
                "Content-Type: 'text/html; charset=utf-8' (expected: text/plain, application/openmetrics-text or"
                        + " application/vnd.google.protobuf; the target answers HTML, is this its page of metrics?)",
                () -> target.answer(200, "text/html; charset=utf-8", bytes("<html>")));
        failsWith(
                "Content-Type: 'application/json' (expected: text/plain, application/openmetrics-text or"
                        + " application/vnd.google.protobuf; or set fallback_scrape_protocol)",
                () -> target.answer(200, "application/json", bytes("{}")));
        failsWith(
                "Content-Encoding: 'br' (expected: gzip or none)",
                () -> target.answer(200, "text/plain", bytes("a 1"), "Content-Encoding", "br"));
        failsWith("connection refused", () -> target.failure(new IOException("connection refused")));
        failsWith(
                "body: damaged gzip, Not in GZIP format (expected: a whole gzip stream)",
                () -> target.answer(200, "text/plain", bytes("a 1".repeat(10)), "Content-Encoding", "gzip"));
    }

    private void failsWith(String reason, Runnable answer) {
        answer.run();
        scrape();
        assertThat(sink.report()).contains("up 0.0");
        assertThat(log.take()).containsExactly("WARN " + URL + reason);
        target.page("a 1");
        scrape();
        assertThat(sink.report()).contains("up 1.0");
        assertThat(log.take()).containsExactly("INFO " + URL + "up again");
    }

    @Test
    void readsACompressedPage() throws IOException {
        target.answer(200, "Text/Plain", gzip("a 1\n"), "content-encoding", "GZIP");
        start();

        scrape();

        assertThat(sink.samples()).containsExactly("a 1.0");
    }

    @Test
    void limitsTheBytesOfAPage() throws IOException {
        config.bodySizeLimit = new ByteSize(1024);
        start();

        target.answer(200, "text/plain", bytes("a 1\n" + " ".repeat(1019)));
        scrape();
        assertThat(sink.samples()).containsExactly("a 1.0");

        String reason = "body: 1KiB or more (expected: less than body_size_limit)";
        failsWith(reason, () -> target.answer(200, "text/plain", bytes("a 1\n" + " ".repeat(1020))));
        byte[] bomb = gzip("a 1\n" + " ".repeat(1_000_000));
        failsWith(reason, () -> target.answer(200, "text/plain", bomb, "Content-Encoding", "gzip"));
    }

    @Test
    void readsAPageOfAnySizeWhereThereIsNoLimit() {
        config.bodySizeLimit = new ByteSize(0);
        target.answer(200, "text/plain", bytes("a 1\n" + " ".repeat(5_000_000)));
        start();

        scrape();

        assertThat(sink.samples()).containsExactly("a 1.0");
    }

    @Test
    void asksAsPrometheusDoes() {
        config.client = config.client.with(BasicAuth.of("me", "päss"));
        target.page("a 1");
        start();

        scrape();

        HttpHeaders headers = target.requests.get(0).headers();
        assertThat(target.requests.get(0).method()).isEqualTo("GET");
        assertThat(target.requests.get(0).uri()).hasToString("http://host:9100/metrics");
        assertThat(headers.first("Accept"))
                .contains(
                        "application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,"
                                + "application/openmetrics-text;version=0.0.1;q=0.5,"
                                + "text/plain;version=1.0.0;escaping=allow-utf-8;q=0.4,text/plain;version=0.0.4;q=0.3,*/*;q=0.2");
        assertThat(headers.first("Accept-Encoding")).contains("gzip");
        assertThat(headers.first("X-Prometheus-Scrape-Timeout-Seconds")).contains("10");
        assertThat(headers.first("Authorization")).contains("Basic bWU6cMOkc3M=");
    }

    @Test
    void handsNothingOverOnceItIsStopped() {
        CompletableFuture<HttpResponse> hanging = target.hang();
        start();
        scrape();
        input.stop();
        hanging.complete(
                new HttpResponse(200, HttpHeaders.of("Content-Type", "text/plain"), HttpBody.of(bytes("a 1"))));
        scrape();
        scrape();

        assertThat(target.requests).hasSize(1);
        assertThat(sink.kept).isEmpty();
    }

    @Test
    void waitsForAScrapeOnItsWayWhenItIsStopped() throws Exception {
        CompletableFuture<HttpResponse> hanging = target.hang();
        start();
        scrape();
        Thread stop = new Thread(input::stop);
        stop.start();
        while (stop.getState() != Thread.State.TIMED_WAITING && stop.isAlive()) {
            Thread.onSpinWait();
        }
        hanging.complete(
                new HttpResponse(200, HttpHeaders.of("Content-Type", "text/plain"), HttpBody.of(bytes("a 1"))));
        stop.join();
        scrape();

        assertThat(target.requests).hasSize(1);
        assertThat(sink.kept).hasSize(1);
    }

    @Test
    void givesBackThePageOfAScrapeThatItNoLongerWants() {
        long before = PageBudget.SHARED.used();
        CompletableFuture<HttpResponse> hanging = target.hang();
        start();
        scrape();
        input.stop();
        byte[] large = new byte[5_000_000];
        hanging.complete(new HttpResponse(200, HttpHeaders.of("Content-Type", "text/plain"), HttpBody.of(large)));

        assertThat(PageBudget.SHARED.used() - before).isLessThan(large.length);
    }

    @Test
    void takesInANewTypeAndHelp() {
        target.page("# HELP a One.", "a 1", "a_sum 1");
        start();
        scrape();
        assertThat(sink.last().metadata(0)).isEqualTo(new Metadata("a", MetricType.UNKNOWN, "One.", ""));
        assertThat(sink.last().metadata(1)).isNull();

        target.page("# HELP a Two.", "# TYPE a summary", "a 1", "a_sum 1");
        scrape();
        assertThat(sink.last().metadata(0)).isEqualTo(new Metadata("a", MetricType.SUMMARY, "Two.", ""));
        assertThat(sink.last().metadata(1)).isSameAs(sink.last().metadata(0));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(compressed)) {
            out.write(bytes(text));
        }
        return compressed.toByteArray();
    }
}

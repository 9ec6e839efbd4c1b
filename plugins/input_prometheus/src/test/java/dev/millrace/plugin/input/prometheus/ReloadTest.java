package dev.millrace.plugin.input.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.testing.VirtualScheduler;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ReloadTest {
    private static final long START = 1_700_000_000_000L;
    private static final String[] REPORT_STALE = {
        "up stale",
        "scrape_duration_seconds stale",
        "scrape_samples_scraped stale",
        "scrape_samples_post_metric_relabeling stale",
        "scrape_series_added stale"
    };

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

    private void reload() {
        input.stop();
        context.reload();
        start();
    }

    private void scrape() {
        scheduler.advance(config.interval);
    }

    private void replaceTarget(String address) {
        config.targets = List.of(new StaticConfig(List.of(address), Map.of()));
        target.failure(new IOException("connection refused"));
    }

    /** The batches of the target at first, without those of another. */
    private List<MetricBatch> ofHost() {
        return sink.kept.stream()
                .filter(batch -> batch.labels(0).get("instance").equals("host:9100"))
                .toList();
    }

    @Test
    void marksNothingThatContinues() {
        target.page("a 1", "b 1");
        start();
        scrape();

        reload();
        target.page("a 2", "b 2");
        scrape();

        assertThat(sink.kept).hasSize(2);
        assertThat(sink.samples()).containsExactly("a 2.0", "b 2.0");
        assertThat(sink.report()).contains("up 1.0", "scrape_series_added 0.0");
    }

    @Test
    void marksSeriesThatEndOverAReload() {
        target.page("a 1", "b 1", "c 1 " + START);
        start();
        scrape();

        reload();
        reload();
        target.page("a 2");
        scrape();
        assertThat(sink.samples()).containsExactlyInAnyOrder("a 2.0", "b stale");

        scrape();
        assertThat(sink.samples()).containsExactly("a 2.0");
    }

    @Test
    void marksAllSeriesWhereTheFirstScrapeFails() {
        target.page("a 1", "b 1");
        start();
        scrape();

        reload();
        target.failure(new IOException("connection refused"));
        scrape();
        assertThat(sink.samples()).containsExactlyInAnyOrder("a stale", "b stale");
        assertThat(sink.report()).contains("up 0.0");

        reload();
        scrape();
        assertThat(sink.samples()).isEmpty();
    }

    @Test
    void continuesSeriesWhosePageHasMoved() {
        target.page("a 1", "b 1");
        start();
        scrape();

        config.path = "/other";
        reload();
        target.page("a 2");
        scheduler.advance(Duration.ofSeconds(20));

        assertThat(sink.kept.get(1).size()).isEqualTo(7);
        assertThat(sink.kept.get(1).valueBits(1)).isEqualTo(MetricBatch.STALE_NAN);
        assertThat(sink.kept.get(1).labels(1).get(Labels.METRIC_NAME)).isEqualTo("b");
    }

    @Test
    void marksTheSeriesOfATargetThatIsGone() {
        target.page("a 1", "b 1");
        start();
        scrape();
        long last = sink.last().timestamp(0);

        replaceTarget("other:9100");
        reload();
        scheduler.advance(Duration.ZERO);

        assertThat(sink.kept).hasSize(2);
        assertThat(sink.samples()).containsExactlyInAnyOrder("a stale", "b stale");
        assertThat(sink.report()).containsExactly(REPORT_STALE);
        assertThat(sink.last().timestamp(0)).isGreaterThan(last).isEqualTo(START + 10_000);

        reload();
        scrape();
        scrape();
        assertThat(ofHost()).hasSize(2);
    }

    @Test
    void marksTheReportOfATargetThatWasDown() {
        target.failure(new IOException("connection refused"));
        start();
        scrape();

        replaceTarget("other:9100");
        reload();
        scheduler.advance(Duration.ZERO);

        assertThat(sink.samples()).isEmpty();
        assertThat(sink.report()).containsExactly(REPORT_STALE);
    }

    @Test
    void marksNothingOfATargetThatWasNeverScraped() {
        sink.refuse = true;
        target.page("a 1");
        start();
        scrape();

        sink.refuse = false;
        replaceTarget("other:9100");
        reload();
        scheduler.advance(Duration.ZERO);

        assertThat(sink.kept).isEmpty();
    }

    @Test
    void marksWhatTheJournalHasNotAnsweredYet() {
        target.page("a 1");
        start();
        scrape();
        sink.hold = true;
        target.page("b 1");
        scrape();

        sink.hold = false;
        replaceTarget("other:9100");
        reload();
        sink.waiting.forEach(acknowledgement -> acknowledgement.committed());
        scheduler.advance(Duration.ZERO);

        assertThat(sink.samples()).containsExactlyInAnyOrder("a stale", "b stale");
    }

    @Test
    void marksNothingAtTheEnd() {
        target.page("a 1");
        start();
        scrape();

        input.stop();
        scrape();
        scrape();

        assertThat(sink.kept).hasSize(1);
    }

    @Test
    void marksLaterWhereTheMarksAreRefused() {
        target.page("a 1");
        start();
        scrape();

        replaceTarget("other:9100");
        config.interval = Duration.ofHours(1);
        sink.refuse = true;
        reload();
        scheduler.advance(Duration.ofMillis(6999));
        assertThat(log.take())
                .containsExactly("WARN http://host:9100/metrics: stale markers of this removed target wait:"
                        + " flusher_prometheus has no room left");
        sink.refuse = false;
        assertThat(ofHost()).hasSize(1);

        scheduler.advance(Duration.ofMillis(1));
        assertThat(ofHost()).hasSize(2);
        assertThat(sink.samples()).containsExactly("a stale");
        assertThat(sink.last().timestamp(0)).isEqualTo(START + 17_000);

        scheduler.advance(Duration.ofMinutes(5));
        assertThat(ofHost()).hasSize(2);
    }

    @Test
    void leavesMarksThatWereRefusedToTheNextReload() {
        target.page("a 1");
        start();
        scrape();

        replaceTarget("other:9100");
        config.interval = Duration.ofHours(1);
        sink.refuse = true;
        reload();
        scheduler.advance(Duration.ZERO);
        sink.refuse = false;
        reload();
        scheduler.advance(Duration.ZERO);
        scheduler.advance(Duration.ofMinutes(5));

        assertThat(ofHost()).hasSize(2);
        assertThat(sink.samples()).containsExactly("a stale");
    }
}

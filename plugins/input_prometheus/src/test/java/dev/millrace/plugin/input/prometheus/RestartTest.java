package dev.millrace.plugin.input.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.spi.event.Labels;
import dev.millrace.spi.testing.VirtualScheduler;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What vanished while the process was not there is marked, after a stop as after a kill. */
final class RestartTest {
    private final VirtualScheduler scheduler = new VirtualScheduler(1_700_000_000_000L);
    private final FakeTarget target = new FakeTarget();
    private final FakeSink sink = new FakeSink();
    private final LogLines log = new LogLines();
    private final ScrapeConfigs config = new ScrapeConfigs();
    private FakeContext context = new FakeContext(scheduler, target);
    private VirtualScheduler running = scheduler;

    @AfterEach
    void closeLog() {
        log.close();
    }

    private void start() {
        new PrometheusInput(ScrapeConfigs.options(List.of(config.build())), context, running::nanoTime).start(sink);
    }

    private void scrape() {
        running.advance(config.interval);
    }

    /** All that ran is gone, without a call, and only what the journal holds is there. */
    private void kill() {
        running = new VirtualScheduler(running.clock().millis());
        context = new FakeContext(running, target, context.state);
        sink.kept.clear();
    }

    private List<String> targets(String... addresses) {
        config.targets = List.of(new StaticConfig(List.of(addresses), Map.of()));
        return List.of(addresses);
    }

    @Test
    void marksSeriesThatTheFirstPageDoesNotHave() {
        target.page("a{x=\"1\"} 1", "a{x=\"2\"} 1", "b 1");
        start();
        scrape();
        kill();
        target.page("a{x=\"1\"} 2", "c 1");
        start();
        scrape();

        assertThat(sink.kept).hasSize(1);
        assertThat(sink.samples()).containsExactlyInAnyOrder("a{x=\"1\"} 2.0", "c 1.0", "a{x=\"2\"} stale", "b stale");
        assertThat(sink.report()).contains("up 1.0", "scrape_series_added 1.0");
    }

    @Test
    void marksATargetThatIsNotThereAnyMore() {
        target.page("a 1");
        targets("host:9100", "gone:9100");
        start();
        scrape();
        kill();
        targets("host:9100");
        long now = running.clock().millis();
        start();
        running.advance(Duration.ZERO);

        assertThat(sink.kept).hasSize(1);
        assertThat(sink.last().labels(0)).isEqualTo(Labels.of("__name__", "a", "job", "node", "instance", "gone:9100"));
        assertThat(sink.last().timestamp(0)).isEqualTo(now);
        assertThat(sink.report())
                .containsExactly(
                        "up stale",
                        "scrape_duration_seconds stale",
                        "scrape_samples_scraped stale",
                        "scrape_samples_post_metric_relabeling stale",
                        "scrape_series_added stale");

        kill();
        start();
        running.advance(Duration.ZERO);
        assertThat(sink.kept).as("it is marked once").isEmpty();
    }

    @Test
    void aTargetThatNeverAnsweredIsRememberedToo() {
        target.answer(500, "", new byte[0]);
        targets("gone:9100", "host:9100");
        start();
        scrape();
        kill();
        targets("host:9100");
        start();
        running.advance(Duration.ZERO);

        assertThat(sink.report()).startsWith("up stale");
    }

    @Test
    void waitsForADiscoveryThatMayNameTheTargetAgain() {
        target.page("a 1");
        config.targets = List.of();
        config.discoveries = List.of(FakeDiscovery.reference("discovery_x"));
        start();
        found("host:1");
        scrape();
        assertThat(sink.kept).hasSize(1);
        kill();
        start();
        running.advance(Duration.ZERO);
        assertThat(sink.kept).isEmpty();

        found("other:1");
        running.advance(Duration.ZERO);
        assertThat(sink.report()).startsWith("up stale");
    }

    private void found(String address) {
        FakeDiscovery discovery = context.discoveries.values().iterator().next();
        discovery.find(FakeDiscovery.group("", address));
        running.advance(Duration.ZERO);
    }

    @Test
    void writesWhatHasChangedOnceAMinute() {
        target.page("a 1");
        start();
        scrape();
        scrape();
        assertThat(context.state.changes).hasValue(1);

        for (int i = 0; i < 12; i++) {
            target.page("a 1", "b" + i + " 1");
            scrape();
        }
        assertThat(context.state.changes.get()).isBetween(2, 4);
        target.page("a 1");
        running.advance(Duration.ofMinutes(2));
        int changes = context.state.changes.get();

        kill();
        start();
        scrape();
        assertThat(context.state.changes)
                .as("the record is as it would be written")
                .hasValue(changes);
    }

    @Test
    void aRecordHasWhatLabelsThePageTakesAwayFromTheTarget() {
        config.honorLabels = true;
        target.page("a{instance=\"\"} 1", "b 1");
        start();
        scrape();

        List<LiveTarget> read = new SeriesRecords(context.state, 1 << 20).read();

        assertThat(read).singleElement().satisfies(live -> {
            assertThat(live.job()).isEqualTo("node");
            assertThat(live.url()).isEqualTo(URI.create("http://host:9100/metrics"));
            assertThat(live.series())
                    .extracting(TrackedSeries::labels)
                    .containsExactly(
                            Labels.of("__name__", "a", "job", "node"),
                            Labels.of("__name__", "b", "job", "node", "instance", "host:9100"));
        });
    }

    @Test
    void remembersNoMoreThanThereIsRoomFor() {
        SeriesRecords records = new SeriesRecords(context.state, 100);
        records.write(Labels.of("instance", "a"), new byte[60]);
        records.write(Labels.of("instance", "b"), new byte[60]);
        records.write(Labels.of("instance", "a"), new byte[90]);

        assertThat(context.state.parts()).hasSize(1);
        assertThat(records.has(Labels.of("instance", "b"))).isFalse();
        assertThat(records.has(Labels.of("instance", "a"))).isTrue();
    }

    @Test
    void aRecordThatCanNotBeReadIsNotUsed() {
        context.state.part("x").set(new byte[] {1, 2, 3});
        context.state.part("y").set(new byte[] {9});
        target.page("a 1");
        start();
        scrape();

        assertThat(sink.kept).hasSize(1);
        assertThat(log.take()).singleElement().asString().contains("can not be read");
    }
}

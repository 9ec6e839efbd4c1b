package dev.millrace.plugin.input.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.millrace.plugin.lib.prometheus.relabel.RelabelAction;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.http.HttpResponse;
import dev.millrace.spi.testing.VirtualScheduler;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Targets that come and go. */
final class DiscoveryTest {
    private static final long START = 1_700_000_000_000L;

    private final VirtualScheduler scheduler = new VirtualScheduler(START);
    private final FakeTarget target = new FakeTarget();
    private final FakeContext context = new FakeContext(scheduler, target);
    private final FakeDiscovery discovery = new FakeDiscovery();
    private final FakeSink sink = new FakeSink();
    private final LogLines log = new LogLines();
    private final ScrapeConfigs config = new ScrapeConfigs();
    private PrometheusInput input;

    @BeforeEach
    void discover() {
        config.targets = List.of();
        config.discoveries = List.of(FakeDiscovery.reference("discovery_x"));
        context.discoveries.put("discovery_x", discovery);
        target.page("a 1");
    }

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

    private void interval() {
        scheduler.advance(config.interval);
    }

    private List<MetricBatch> of(String instance) {
        return sink.kept.stream()
                .filter(batch -> batch.labels(0).get("instance").equals(instance))
                .toList();
    }

    private static boolean isEnd(MetricBatch batch) {
        return batch.valueBits(batch.size() - 1) == MetricBatch.STALE_NAN;
    }

    @Test
    void scrapesWhatIsFoundBesideWhatIsConfigured() {
        config.targets = List.of(new StaticConfig(List.of("fixed:1"), Map.of()));
        start();
        interval();
        assertThat(of("fixed:1")).hasSize(1);

        discovery.find(FakeDiscovery.group("one", "a:1"), FakeDiscovery.group("two", "b:1", "fixed:1"));
        interval();

        assertThat(of("a:1")).hasSize(1);
        assertThat(of("b:1")).hasSize(1);
        assertThat(of("fixed:1"))
                .as("it is one target, however often it is found")
                .hasSize(2);
    }

    @Test
    void doesNotDisturbTargetsThatStay() {
        start();
        discovery.find(FakeDiscovery.group("one", "a:1", "b:1"));
        interval();
        interval();
        long last = of("a:1").get(1).timestamp(0);

        for (int i = 0; i < 10; i++) {
            discovery.find(
                    FakeDiscovery.group("one", "a:1", "other-" + i + ":1"), FakeDiscovery.group("two", "x:" + (i + 1)));
            interval();
        }

        assertThat(of("a:1")).hasSize(12);
        assertThat(of("a:1").get(11).timestamp(0)).isEqualTo(last + 10 * config.interval.toMillis());
        assertThat(of("a:1")).noneMatch(DiscoveryTest::isEnd);
    }

    @Test
    void marksTheSeriesOfTargetsThatAreGone() {
        start();
        discovery.find(FakeDiscovery.group("one", "a:1", "b:1"));
        interval();

        discovery.find(FakeDiscovery.group("one", "b:1"));
        interval();
        interval();

        assertThat(of("a:1")).hasSize(2);
        assertThat(isEnd(of("a:1").get(1))).isTrue();
        assertThat(of("a:1").get(1).size()).isEqualTo(6);
        assertThat(of("b:1")).hasSize(3).noneMatch(DiscoveryTest::isEnd);
    }

    @Test
    void takesTheFirstNewsAtOnceAndOthersTogetherFiveSecondsLater() {
        config.interval = Duration.ofSeconds(1);
        config.timeout = Optional.of(Duration.ofSeconds(1));
        start();
        discovery.find(FakeDiscovery.group("one", "a:1"));
        scheduler.advance(Duration.ofSeconds(1));
        assertThat(of("a:1")).hasSize(1);

        discovery.find(FakeDiscovery.group("one", "b:1"));
        scheduler.advance(Duration.ofSeconds(1));
        discovery.find(FakeDiscovery.group("one", "c:1"));
        scheduler.advance(Duration.ofSeconds(2));
        assertThat(of("b:1")).isEmpty();
        assertThat(of("c:1")).isEmpty();

        scheduler.advance(Duration.ofSeconds(2));
        assertThat(of("b:1")).isEmpty();
        assertThat(of("c:1")).hasSize(1);
    }

    @Test
    void aTargetThatChangesItsIntervalContinuesItsSeries() {
        config.relabel = List.of(ScrapeConfigs.replace("__meta_source", "(.*)", "__scrape_interval__", "$1"));
        start();
        discovery.find(FakeDiscovery.group("10s", "a:1"));
        target.page("a 1", "b 1");
        interval();

        discovery.find(FakeDiscovery.group("20s", "a:1"));
        target.page("a 2");
        scheduler.advance(Duration.ofSeconds(20));

        assertThat(of("a:1")).noneMatch(DiscoveryTest::isEnd);
        assertThat(sink.samples()).containsExactlyInAnyOrder("a 2.0", "b stale");
    }

    @Test
    void waitsForTheScrapeOnItsWay() {
        start();
        discovery.find(FakeDiscovery.group("one", "a:1"));
        interval();
        CompletableFuture<HttpResponse> answer = target.hang();
        interval();

        discovery.find();
        scheduler.advance(Duration.ofSeconds(6));
        assertThat(of("a:1")).hasSize(1);
        answer.completeExceptionally(new IOException("connection reset"));
        interval();

        assertThat(of("a:1")).hasSize(3);
        assertThat(isEnd(of("a:1").get(2))).isTrue();
    }

    @Test
    void aTargetThatComesBackIsContinuedWhereItsEndIsNotMarkedYet() {
        start();
        discovery.find(FakeDiscovery.group("one", "a:1"));
        interval();
        sink.refuse = true;
        discovery.find();
        scheduler.advance(Duration.ofSeconds(6));
        discovery.find(FakeDiscovery.group("one", "a:1"));
        scheduler.advance(Duration.ofSeconds(6));
        sink.refuse = false;
        interval();
        scheduler.advance(Duration.ofMinutes(2));

        assertThat(of("a:1")).hasSizeGreaterThan(10).noneMatch(DiscoveryTest::isEnd);
    }

    @Test
    void marksNothingAfterAReloadBeforeTheDiscoveryHasSpoken() {
        start();
        discovery.find(FakeDiscovery.group("one", "a:1", "b:1"));
        interval();

        discovery.forget();
        reload();
        scheduler.advance(Duration.ofMinutes(5));
        assertThat(sink.kept).hasSize(2);

        discovery.find(FakeDiscovery.group("one", "a:1"));
        interval();
        assertThat(of("a:1")).hasSize(2).noneMatch(DiscoveryTest::isEnd);
        assertThat(of("b:1")).hasSize(2);
        assertThat(isEnd(of("b:1").get(1))).isTrue();
    }

    @Test
    void aReloadContinuesWhatADiscoveryKnows() {
        start();
        discovery.find(FakeDiscovery.group("one", "a:1"));
        interval();
        reload();
        interval();

        assertThat(of("a:1")).hasSize(2).noneMatch(DiscoveryTest::isEnd);
        assertThat(sink.report()).contains("scrape_series_added 0.0");
    }

    @Test
    void saysOnceWhatIsWrongWithATarget() {
        start();
        for (int i = 0; i < 3; i++) {
            discovery.find(FakeDiscovery.group("one", "a b", "x:" + (i + 1)));
            interval();
        }
        String line = "WARN job \"node\": target a b: 'a b' (expected: a target's address, host:port)";
        assertThat(log.take()).containsOnlyOnce(line);

        discovery.find();
        interval();
        discovery.find(FakeDiscovery.group("one", "a b"));
        interval();
        assertThat(log.take()).containsOnlyOnce(line);
    }

    @Test
    void isOutOfTroubleWhenTheFailingTargetIsGone() {
        start();
        discovery.find(FakeDiscovery.group("one", "a:1"));
        target.failure(new IOException("connection refused"));
        interval();
        assertThat(context.errors).hasSize(1);

        discovery.find();
        interval();
        assertThat(context.errors).last().isEqualTo("over");
    }

    @Test
    void showsItsTargetsAsPrometheusDoes() {
        config.relabel = List.of(
                ScrapeConfigs.rule(RelabelAction.DROP, "__address__", "b.*"),
                ScrapeConfigs.replace("__meta_source", "(.*)", "from", "$1"));
        start();
        discovery.find(FakeDiscovery.group("one", "a:1", "b:1"));
        scheduler.advance(Duration.ZERO);
        assertThat(active())
                .extracting("health", "lastScrape")
                .containsExactly(tuple("unknown", "0001-01-01T00:00:00Z"));
        interval();

        assertThat(active()).hasSize(1);
        assertThat(active().get(0))
                .containsEntry("labels", Map.of("from", "one", "instance", "a:1", "job", "node"))
                .containsEntry(
                        "discoveredLabels",
                        Map.of(
                                "__address__", "a:1",
                                "__meta_source", "one",
                                "__metrics_path__", "/metrics",
                                "__scheme__", "http",
                                "__scrape_interval__", "10s",
                                "__scrape_timeout__", "10s",
                                "job", "node"))
                .containsEntry("scrapePool", "node")
                .containsEntry("scrapeUrl", "http://a:1/metrics")
                .containsEntry("health", "up")
                .containsEntry("lastError", "")
                .containsEntry("scrapeInterval", "10s");
        assertThat(shown()).containsEntry("droppedTargetCounts", Map.of("node", 1));

        target.failure(new IOException("connection refused"));
        interval();
        assertThat(active()).extracting("health", "lastError").containsExactly(tuple("down", "connection refused"));
    }

    private Map<String, Object> shown() {
        return context.shown.get("targets").get();
    }

    @SuppressWarnings("unchecked") // the document is JSON
    private List<Map<String, Object>> active() {
        return (List<Map<String, Object>>) shown().get("activeTargets");
    }

    @Test
    void makesNothingAgainOfAGroupThatIsTheSame() {
        config.relabel = List.of(ScrapeConfigs.rule(RelabelAction.DROP, "__address__", "b.*"));
        JobTargets targets = new JobTargets(config.build(), Shard.ALL);
        targets.found(0, List.of(FakeDiscovery.group("one", "a:1"), FakeDiscovery.group("two", "b:1")));
        var before = targets.targets();

        targets.found(0, List.of(FakeDiscovery.group("two", "b:1"), FakeDiscovery.group("one", "a:1")));

        assertThat(targets.targets()).hasSize(1).isSameAs(before);
        assertThat(targets.discovered()).isEqualTo(2);
    }
}

package dev.millrace.plugin.input.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.plugin.lib.prometheus.relabel.RelabelAction;
import dev.millrace.spi.config.ByteSize;
import dev.millrace.spi.testing.VirtualScheduler;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LimitsTest {
    private static final String LABELS = "prometheus_target_scrape_pool_exceeded_label_limits_total[]";

    private final VirtualScheduler scheduler = new VirtualScheduler(1_700_000_000_000L);
    private final FakeTarget target = new FakeTarget();
    private final FakeContext context = new FakeContext(scheduler, target);
    private final FakeSink sink = new FakeSink();
    private final LogLines log = new LogLines();
    private final ScrapeConfigs config = new ScrapeConfigs();

    @AfterEach
    void closeLog() {
        log.close();
    }

    private void scrape() {
        new PrometheusInput(ScrapeConfigs.options(List.of(config.build())), context, scheduler::nanoTime).start(sink);
        scheduler.advance(config.interval);
    }

    @SuppressWarnings("unchecked") // what is shown is made of lists and maps
    private List<Map<String, Object>> shown(String list) {
        return (List<Map<String, Object>>) context.shown.get("targets").get().getOrDefault(list, List.of());
    }

    private static ScrapeLimits labels(int count, int name, int value) {
        return new ScrapeLimits(Optional.empty(), 0, count, name, value, 0, 0, 0, 0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "3 | 0 | 0 | label_limit exceeded (metric: a, number of labels: 4, limit: 3)",
                "0 | 8 | 0 | label_name_length_limit exceeded (metric: a, label name: instance2, length: 9, limit: 8)",
                "0 | 0 | 9 | label_value_length_limit exceeded (metric: a, label name: instance2, value: \"äöüäö\","
                        + " length: 10, limit: 9)",
            })
    void aPageWithLabelsOverALimitFails(int count, int name, int value, String problem) {
        config.limits = labels(count, name, value);
        target.page("a{instance2=\"äöüäö\"} 1");
        scrape();

        assertThat(sink.report()).contains("up 0.0");
        assertThat(shown("activeTargets").get(0)).containsEntry("lastError", problem);
        assertThat(context.metrics.counters).containsEntry(LABELS, 1L);
    }

    @Test
    void withOneTargetTooManyAllFail() {
        config.limits = new ScrapeLimits(Optional.empty(), 0, 0, 0, 0, 1, 0, 0, 0);
        config.targets = List.of(new StaticConfig(List.of("a:1", "b:1"), Map.of()));
        target.page("a 1");
        scrape();

        assertThat(target.requests).isEmpty();
        assertThat(sink.kept)
                .hasSize(2)
                .allSatisfy(batch ->
                        assertThat(Double.longBitsToDouble(batch.valueBits(0))).isZero());
        assertThat(shown("activeTargets"))
                .extracting(shown -> shown.get("lastError"))
                .containsOnly("target_limit exceeded (number of targets: 2, limit: 1)");
        assertThat(context.metrics.counters)
                .containsEntry("prometheus_target_scrape_pool_exceeded_target_limit_total[]", 2L);
    }

    @Test
    void showsAsManyDroppedTargetsAsItIsTo() {
        config.relabel = List.of(ScrapeConfigs.rule(RelabelAction.DROP, "__address__", ".*"));
        config.targets = List.of(new StaticConfig(List.of("a:1", "b:1", "c:1"), Map.of()));
        config.limits = new ScrapeLimits(Optional.empty(), 0, 0, 0, 0, 0, 2, 0, 0);
        scrape();

        assertThat(shown("droppedTargets"))
                .extracting(shown -> ((Map<?, ?>) shown.get("discoveredLabels")).get("__address__"))
                .isEqualTo(List.of("a:1", "b:1"));
    }

    @Test
    void reportsMoreWhereItIsTo() {
        config.extraScrapeMetrics = Optional.of(true);
        config.sampleLimit = 7;
        target.page("a 1");
        scrape();
        assertThat(sink.report())
                .endsWith("scrape_timeout_seconds 10.0", "scrape_sample_limit 7.0", "scrape_body_size_bytes 3.0");

        target.answer(500, "", new byte[0]);
        scheduler.advance(config.interval);
        assertThat(sink.samples()).contains("up 0.0");
        assertThat(sink.report()).endsWith("scrape_body_size_bytes 0.0");
    }

    @Test
    void tellsOfAPageThatIsTooLarge() {
        config.extraScrapeMetrics = Optional.of(true);
        config.bodySizeLimit = ByteSize.parse("10B");
        target.page("a 1234567890");
        scrape();
        assertThat(sink.samples()).contains("up 0.0");
        assertThat(sink.report()).endsWith("scrape_body_size_bytes -1.0");
        assertThat(context.metrics.counters)
                .containsEntry("prometheus_target_scrapes_exceeded_body_size_limit_total[]", 1L);
    }
}

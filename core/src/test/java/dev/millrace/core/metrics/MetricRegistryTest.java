package dev.millrace.core.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.spi.BodyBuffer;
import dev.millrace.spi.metrics.Counter;
import dev.millrace.spi.metrics.Distribution;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class MetricRegistryTest {
    private final MetricRegistry registry = new MetricRegistry();

    @Test
    void publishesTheMetricsOfAComponentWithItsLabels() throws IOException {
        MetricScope scope = registry.componentMetrics("web", "flusher/a");
        Counter counter = scope.counter("millrace_sent_total", "What was sent.", "reason", "old\"\n");
        counter.add(41);
        counter.increment();
        assertThat(page())
                .contains("# HELP millrace_sent_total What was sent.\n# TYPE millrace_sent_total counter\n")
                .contains("millrace_sent_total{component=\"flusher/a\",pipeline=\"web\",reason=\"old\\\"\\n\"} 42.0\n");
    }

    @Test
    void sharesAFamilyAmongComponents() throws IOException {
        registry.componentMetrics("a", "x").counter("shared_total", "First.").add(1);
        registry.componentMetrics("b", "x").counter("shared_total", "Second.").add(2);
        assertThat(page())
                .containsOnlyOnce("# TYPE shared_total")
                .contains("First.")
                .doesNotContain("Second.")
                .contains("shared_total{component=\"x\",pipeline=\"a\"} 1.0")
                .contains("shared_total{component=\"x\",pipeline=\"b\"} 2.0");
    }

    @Test
    void removesTheSeriesOfAClosedScopeAndKeepsTheOthers() throws IOException {
        MetricScope gone = registry.componentMetrics("a", "x");
        gone.counter("shared_total", "Help.").add(1);
        registry.componentMetrics("b", "x").counter("shared_total", "Help.").add(2);
        gone.close();
        assertThat(page()).doesNotContain("pipeline=\"a\"").contains("pipeline=\"b\"");
    }

    @Test
    void ofAComponentThatIsReplacedTheOlderScopeIsPublishedUntilItIsClosed() throws IOException {
        MetricScope old = registry.componentMetrics("a", "x");
        old.counter("c_total", "Help.").add(1);
        registry.componentMetrics("a", "x").counter("c_total", "Help.").add(2);
        assertThat(page())
                .contains("c_total{component=\"x\",pipeline=\"a\"} 1.0")
                .doesNotContain("} 2.0");
        old.close();
        assertThat(page()).contains("c_total{component=\"x\",pipeline=\"a\"} 2.0");
    }

    @Test
    void givesTheSameMetricForTheSameNameAndLabels() throws IOException {
        MetricScope scope = registry.componentMetrics("a", "x");
        assertThat(scope.counter("c_total", "Help.", "k", "v"))
                .isSameAs(scope.counter("c_total", "Help.", "k", "v"))
                .isNotSameAs(scope.counter("c_total", "Help.", "k", "w"));
    }

    @Test
    void readsCallbacksWhenScraped() throws IOException {
        AtomicLong value = new AtomicLong(1);
        registry.host().gauge("depth", "Help.", value::get);
        registry.host().counter("read_total", "Help.", value::get, "k", "v");
        registry.host().counters("by_reason_total", "Help.", "reason", () -> Map.of("late", value.get()), "k", "v");
        value.set(7);
        assertThat(page())
                .contains("depth 7.0\n", "read_total{k=\"v\"} 7.0\n", "by_reason_total{k=\"v\",reason=\"late\"} 7.0");
    }

    @Test
    void aCallbackThatFailsLeavesOutOnlyItself() throws IOException {
        MetricScope scope = registry.componentMetrics("a", "x");
        scope.gauge("broken", "Help.", () -> {
            throw new IllegalStateException("no value today");
        });
        scope.counter("negative_total", "Help.", () -> -1);
        scope.counter("fine_total", "Help.").add(1);
        assertThat(page()).contains("fine_total").doesNotContain("broken", "negative_total");
    }

    @Test
    void aSourceIsTakenWholeOrNotAtAll() throws IOException {
        AtomicLong calls = new AtomicLong();
        MetricRegistry.Publication registration = registry.register(sink -> {
            long number = calls.incrementAndGet();
            sink.counter("appended_total", "Help.", 10 * number, "pipeline", "p");
            if (number == 2) {
                throw new IllegalStateException("half way");
            }
            sink.gauge("backlog", "Help.", 10.0 * number, "pipeline", "p");
        });
        assertThat(page()).contains("appended_total{pipeline=\"p\"} 10.0", "backlog{pipeline=\"p\"} 10.0");
        assertThat(page()).doesNotContain("appended_total", "backlog");
        assertThat(page()).contains("appended_total{pipeline=\"p\"} 30.0", "backlog{pipeline=\"p\"} 30.0");
        registration.close();
        assertThat(page()).doesNotContain("appended_total");
    }

    @Test
    void anotherKindUnderAKnownNameLeavesOutOnlyItself() throws IOException {
        registry.componentMetrics("a", "x").gauge("same", "Help.", () -> 1);
        registry.componentMetrics("b", "x").distribution("same", "Help.").observe(1);
        assertThat(page()).contains("same{component=\"x\",pipeline=\"a\"} 1.0").doesNotContain("pipeline=\"b\"");
    }

    @Test
    void twoValuesForOneSeriesDoNotSpoilThePage() throws IOException {
        registry.register(sink -> sink.gauge("twice", "Help.", 1));
        registry.register(sink -> sink.gauge("twice", "Help.", 2));
        assertThat(page()).contains("twice 1.0").doesNotContain("twice 2.0");
    }

    @Test
    void hasTheBucketsThatPrometheusHasForTheDurationOfRequests() throws IOException {
        registry.host().distribution("sent_seconds", "Sent.");
        assertThat(page())
                .contains(Stream.of(
                                0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 25.0, 60.0, 120.0, 300.0)
                        .map(bound -> "sent_seconds_bucket{le=\"" + bound + "\"} 0\n")
                        .toList());
    }

    @Test
    void countsObservationsInBuckets() throws IOException {
        Distribution seconds = registry.host().distribution("wait_seconds", "Help.");
        seconds.observe(0.001);
        seconds.observe(0.3);
        seconds.observe(1000);
        assertThat(page())
                .contains("wait_seconds_bucket{le=\"0.001\"} 1\n")
                .contains("wait_seconds_bucket{le=\"0.25\"} 1\n")
                .contains("wait_seconds_bucket{le=\"0.5\"} 2\n")
                .contains("wait_seconds_bucket{le=\"+Inf\"} 3\n")
                .contains("wait_seconds_count 3\n")
                .contains("wait_seconds_sum 1000.301");
        registry.host().distribution("size_bytes", "Help.").observe(5000);
        assertThat(page()).contains("size_bytes_bucket{le=\"16384.0\"} 1\n");
    }

    @Test
    void writesOpenMetricsWhereItIsAskedFor() throws IOException {
        registry.host().counter("c_total", "Help.").add(1);
        registry.host().gauge("millrace_build_info", "Help.", () -> 1, "version", "0.1.0");
        BodyBuffer output = new BodyBuffer(0);
        String type = registry.write(output, "application/openmetrics-text;version=1.0.0;q=0.6,text/plain;q=0.3");
        assertThat(type).startsWith("application/openmetrics-text; version=1.0.0");
        assertThat(output.toString())
                .contains("# TYPE c counter\n", "c_total 1.0\n", "millrace_build_info{version=\"0.1.0\"} 1.0\n")
                .endsWith("# EOF\n");
        assertThat(registry.write(new BodyBuffer(0), "*/*")).startsWith("text/plain; version=0.0.4");
        assertThat(registry.write(new BodyBuffer(0), null)).startsWith("text/plain; version=0.0.4");
    }

    @Test
    void refusesNamesAndLabelsThatItCanNotPublish() {
        MetricScope scope = registry.componentMetrics("a", "x");
        assertThatThrownBy(() -> scope.counter("no_suffix", "Help.")).hasMessageContaining("_total");
        assertThatThrownBy(() -> scope.gauge("gauge_total", "Help.", () -> 1)).hasMessageContaining("_total");
        assertThatThrownBy(() -> scope.counter("sp ace_total", "Help.")).hasMessageContaining("'sp ace_total'");
        assertThatThrownBy(() -> scope.counter("c_total", "Help.", "pipeline", "b"))
                .hasMessageContaining("'pipeline'");
    }

    private String page() throws IOException {
        BodyBuffer output = new BodyBuffer(0);
        registry.write(output, "text/plain");
        return output.toString();
    }
}

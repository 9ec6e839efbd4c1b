package dev.millrace.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.distribution.numbered.NumberedTarget;
import dev.millrace.distribution.numbered.Sample;
import dev.millrace.distribution.run.Await;
import dev.millrace.distribution.run.Equations;
import dev.millrace.distribution.run.Millrace;
import dev.millrace.distribution.run.RemoteWriteReceiver;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What processors make of series, and which flusher gets which of them, also after a kill in an outage. */
@Tag("servers") // no server, but some time
final class RoutingIT {
    private static final int SERIES = 20;
    private static final String PROCESSORS = """
            processors:
              - Type: processor_filter
                Exclude: {__name__: 'scrape_.*'}
              - Type: processor_add_fields
                Fields: {zone: a}
              - Type: processor_rename
                SourceKeys: [job]
                DestKeys: [service]
              - Type: processor_relabel
                RelabelConfigs:
                  - {source_labels: [__name__], regex: up, target_label: kind, replacement: health}
              - Type: processor_drop
                DropKeys: [instance]
              - Type: processor_limit
                Limits: [{By: [__name__], MaxSeries: 12}]
            """;

    @TempDir
    Path folder;

    @Test
    void eachFlusherGetsItsOwnOfWhatProcessorsMade() throws Exception {
        try (NumberedTarget target = NumberedTarget.start(SERIES);
                RemoteWriteReceiver pages = RemoteWriteReceiver.start();
                RemoteWriteReceiver health = RemoteWriteReceiver.start();
                Millrace millrace = Millrace.in(folder)) {
            millrace.pipeline(
                    "web",
                    Pipelines.inputs("1s", target.address())
                            + PROCESSORS
                            + "flushers:\n"
                            + Pipelines.flusher("pages", pages.endpoint(), "Matchers: ['kind=\"\"', 'zone=\"a\"']")
                            + Pipelines.flusher("health", health.endpoint(), "Matchers: ['kind=~\"hea.*\"']"));
            millrace.start();
            Await.until("both have something", Duration.ofSeconds(30), () -> has(pages) && has(health));

            Await.until(
                    "a page was limited, and another one met what was kept of it",
                    Duration.ofSeconds(30),
                    () -> millrace.metrics().sum("millrace_processor_limit_dropped_samples_total", "limit", "__name__")
                                    > 0
                            && millrace.metrics().sum("millrace_cache_hits_total", "cache", "labels") > 0);
            pages.pause();
            long before = target.pages();
            Await.until("pages are scraped in the outage", Duration.ofSeconds(30), () -> target.pages() > before + 3);
            millrace.kill();
            pages.resume();
            millrace.start();
            Await.until(
                    "the pages of the outage have come",
                    Duration.ofSeconds(30),
                    () -> pages.samples(NumberedTarget.METRIC).values().stream()
                            .anyMatch(samples -> samples.size() > before + 3));

            assertThat(pages.samples(NumberedTarget.METRIC))
                    .hasSize(12)
                    .allSatisfy((series, samples) ->
                            assertThat(samples).extracting(Sample::timestamp).isSorted());
            assertThat(pages.requests().stream().flatMap(request -> request.samples().stream()))
                    .allSatisfy(sample -> assertThat(sample.series())
                            .contains(NumberedTarget.METRIC, "service=\"test\"", "zone=\"a\"")
                            .doesNotContain("instance", "job="));
            assertThat(health.requests().stream().flatMap(request -> request.samples().stream()))
                    .isNotEmpty()
                    .allSatisfy(sample -> assertThat(sample.series()).contains("up", "kind=\"health\""));
            Equations.hold(millrace.metrics());
        }
    }

    private static boolean has(RemoteWriteReceiver receiver) {
        return receiver.arrived() > 0;
    }
}

package dev.millrace.plugin.input.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.plugin.input.prometheus.PrometheusFile.Global;
import dev.millrace.spi.config.ByteSize;
import dev.millrace.spi.config.Document;
import dev.millrace.spi.config.DocumentFile;
import dev.millrace.spi.config.Ignored;
import dev.millrace.spi.config.InvalidOptionException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class PrometheusFileTest {
    private static final Ignored NO = new Ignored();

    private final ScrapeConfigs config = new ScrapeConfigs();

    private static PrometheusFile file(String interval, String timeout, ScrapeConfig... jobs) {
        Global global = new Global(
                seconds(interval),
                seconds(timeout),
                new ScrapeLimits(Optional.of(ByteSize.parse("1MB")), 7, 0, 0, 0, 3, 0, 0, 0),
                new Negotiation(
                        List.of("PrometheusProto"),
                        Optional.empty(),
                        true,
                        Optional.of(true),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()),
                Optional.of(true),
                NO,
                NO,
                NO,
                NO,
                NO);
        return new PrometheusFile(global, List.of(jobs), List.of(), NO, NO, NO, NO, NO, NO, NO, NO);
    }

    private static Optional<Duration> seconds(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(Duration.ofSeconds(Long.parseLong(text)));
    }

    @Test
    void jobsHaveTheDefaultsOfTheFile() {
        ScrapeConfig own = config.build();
        assertThat(file("120", "30", own).jobs())
                .singleElement()
                .satisfies(job -> assertThat(job.interval()).hasSeconds(10))
                .satisfies(job -> assertThat(job.timeout()).hasSeconds(10));
    }

    @Test
    void jobsHaveTheLimitsAndFormatsOfTheFile() {
        config.sampleLimit = 5;
        ScrapeConfig job = file("", "", config.build()).jobs().get(0);

        assertThat(job.limits().sampleLimit()).isEqualTo(5);
        assertThat(job.limits().targetLimit()).isEqualTo(3);
        assertThat(job.limits().body()).hasToString("64MiB");
        assertThat(job.negotiation().natives()).isTrue();
        assertThat(job.negotiation().accept())
                .startsWith("application/vnd.google.protobuf")
                .hasSizeLessThan(200);
        assertThat(job.extraMetrics()).isTrue();
    }

    @Test
    void jobsOfFurtherFilesHaveThemToo() {
        PrometheusFile whole = file("120", "30");
        PrometheusFile.Jobs further = new PrometheusFile.Jobs(List.of(config.build()));
        PrometheusFile both = new PrometheusFile(
                whole.global(), List.of(), List.of(new DocumentFile<>(further)), NO, NO, NO, NO, NO, NO, NO, NO);

        assertThat(both.jobs())
                .singleElement()
                .satisfies(job -> assertThat(job.limits().targetLimit()).isEqualTo(3));
    }

    @Test
    void jobsOfAllPlacesAreScraped() {
        config.interval = Duration.ofSeconds(1);
        ScrapeConfig job = config.build();
        PrometheusInputOptions options =
                new PrometheusInputOptions(List.of(), Optional.of(job), Optional.empty(), Optional.empty(), Shard.ALL);
        assertThat(options.jobs()).containsExactly(job);
        assertThatThrownBy(() -> new PrometheusInputOptions(
                        List.of(job),
                        Optional.empty(),
                        Optional.of(new Document<>(file("", "", job))),
                        Optional.of(new DocumentFile<>(file("", ""))),
                        Shard.ALL))
                .isInstanceOf(InvalidOptionException.class)
                .hasMessage("job_name 'node' twice (expected: once)");
    }
}

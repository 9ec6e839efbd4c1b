package dev.millrace.plugin.processor.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.spi.event.Buckets;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.Metadata;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.event.MetricType;
import dev.millrace.spi.event.NativeHistogram;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class AggregateProcessorTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final List<String> BY_JOB = List.of("job");

    private static AggregateOptions with(AggregateOptions base, boolean keepInput, Late late, int maxSeries) {
        return new AggregateOptions(
                base.interval(),
                base.by(),
                base.without(),
                base.outputs(),
                base.buckets(),
                base.include(),
                keepInput,
                base.name(),
                base.delay(),
                late,
                maxSeries);
    }

    @Test
    void makesOneSampleOfEachGroupAndWindow() {
        Bench bench = new Bench(
                Bench.options(BY_JOB, Output.SUM, Output.MIN, Output.MAX, Output.COUNT, Output.LAST, Output.AVG));
        bench.flush();
        bench.advance(SECOND).add(4, "__name__", "m", "job", "a", "instance", "1");
        bench.advance(SECOND).add(1, "__name__", "m", "job", "a", "instance", "2");
        assertThat(bench.flush()).isEmpty();
        bench.advance(SECOND).add(7, "__name__", "m", "job", "b");
        bench.advance(SECOND).add(4, "__name__", "m", "job", "a", "instance", "1");
        assertThat(bench.advance(MINUTE).flush())
                .containsExactly(
                        "{__name__=\"m:1m_by_job_avg\", job=\"a\"} 3.0 @60",
                        "{__name__=\"m:1m_by_job_avg\", job=\"b\"} 7.0 @60",
                        "{__name__=\"m:1m_by_job_count\", job=\"a\"} 3.0 @60",
                        "{__name__=\"m:1m_by_job_count\", job=\"b\"} 1.0 @60",
                        "{__name__=\"m:1m_by_job_last\", job=\"a\"} 4.0 @60",
                        "{__name__=\"m:1m_by_job_last\", job=\"b\"} 7.0 @60",
                        "{__name__=\"m:1m_by_job_max\", job=\"a\"} 4.0 @60",
                        "{__name__=\"m:1m_by_job_max\", job=\"b\"} 7.0 @60",
                        "{__name__=\"m:1m_by_job_min\", job=\"a\"} 1.0 @60",
                        "{__name__=\"m:1m_by_job_min\", job=\"b\"} 7.0 @60",
                        "{__name__=\"m:1m_by_job_sum\", job=\"a\"} 9.0 @60",
                        "{__name__=\"m:1m_by_job_sum\", job=\"b\"} 7.0 @60");
        assertThat(bench.advance(MINUTE).flush()).isEmpty();
    }

    @Test
    void aWindowHasTheSamplesUpToItsEnd() {
        Bench bench = new Bench(Bench.options(BY_JOB, Output.SUM));
        bench.flush();
        bench.addAt(Bench.START + 60_000, 1, "__name__", "m").addAt(Bench.START + 60_001, 2, "__name__", "m");
        bench.flush();
        bench.advance(MINUTE).advance(MINUTE);
        assertThat(bench.flush())
                .containsExactly("{__name__=\"m:1m_by_job_sum\"} 1.0 @60", "{__name__=\"m:1m_by_job_sum\"} 2.0 @120");
    }

    @Test
    void histogramsAreClassicOnes() {
        AggregateOptions options = new AggregateOptions(
                MINUTE,
                List.of(),
                List.of("instance"),
                List.of(Output.HISTOGRAM),
                List.of(0.5, 2.0),
                Map.of(),
                false,
                Optional.of("{metric}:{output}"),
                Duration.ZERO,
                Late.DROP,
                10_000);
        Bench bench = new Bench(options);
        bench.flush();
        for (double value : new double[] {0.5, 0.6, 2, 3}) {
            bench.advance(SECOND).add(value, "__name__", "m", "job", "a", "instance", "" + value);
        }
        bench.flush();
        assertThat(bench.restart(options).advance(MINUTE).flush())
                .containsExactly(
                        "{__name__=\"m:histogram_bucket\", job=\"a\", le=\"+Inf\"} 4.0 @60",
                        "{__name__=\"m:histogram_bucket\", job=\"a\", le=\"0.5\"} 1.0 @60",
                        "{__name__=\"m:histogram_bucket\", job=\"a\", le=\"2\"} 3.0 @60",
                        "{__name__=\"m:histogram_count\", job=\"a\"} 4.0 @60",
                        "{__name__=\"m:histogram_sum\", job=\"a\"} 6.1 @60");
    }

    @Test
    void whatIsNotAggregatedPasses() {
        AggregateOptions options = new AggregateOptions(
                MINUTE,
                BY_JOB,
                List.of(),
                List.of(Output.COUNT),
                List.of(),
                Map.of("__name__", "a.*"),
                false,
                Optional.empty(),
                Duration.ZERO,
                Late.DROP,
                10_000);
        NativeHistogram histogram = new NativeHistogram(
                false, 0, 0, 0, 0, 0, Buckets.NONE, Buckets.NONE, NativeHistogram.ResetHint.UNKNOWN, List.of());
        Bench bench = new Bench(options);
        bench.add(Bench.batch()
                .add(Labels.of("__name__", "abc"), Bench.START + 1, 0)
                .add(Labels.of("__name__", "b"), Bench.START + 1, 0)
                .metadata(new Metadata("b", MetricType.GAUGE, "", ""))
                .add(Labels.of("__name__", "ah"), Bench.START + 1, histogram)
                .add(Labels.of("__name__", "a2"), Bench.START + 1, MetricBatch.STALE_NAN)
                .build());
        assertThat(bench.flush()).containsExactly("{__name__=\"ah\"} 0.0 @0", "{__name__=\"b\"} 0.0 @0");
        assertThat(bench.advance(MINUTE).flush()).containsExactly("{__name__=\"abc:1m_by_job_count\"} 1.0 @60");
    }

    @Test
    void theInputGoesOnAsWellWhereItIsKept() {
        Bench bench = new Bench(with(Bench.options(BY_JOB, Output.COUNT), true, Late.DROP, 10_000));
        bench.flush();
        bench.advance(SECOND).add(5, "__name__", "m");
        assertThat(bench.flush()).containsExactly("{__name__=\"m\"} 5.0 @1");
        assertThat(bench.advance(MINUTE).flush()).containsExactly("{__name__=\"m:1m_by_job_count\"} 1.0 @60");
    }

    @Test
    void aLateSampleIsDroppedAndCountedOrCountsForThePresent() {
        Bench dropping = new Bench(Bench.options(BY_JOB, Output.COUNT));
        dropping.flush();
        dropping.advance(MINUTE).flush();
        dropping.advance(SECOND).addAt(Bench.START + 59_000, 1, "__name__", "m").flush();
        assertThat(dropping.advance(MINUTE).flush()).isEmpty();
        assertThat(dropping.dropped("late")).isEqualTo(1);

        Bench current = new Bench(with(Bench.options(BY_JOB, Output.COUNT), false, Late.CURRENT, 10_000));
        current.flush();
        current.advance(MINUTE).flush();
        current.advance(SECOND).addAt(Bench.START + 59_000, 1, "__name__", "m").flush();
        assertThat(current.advance(MINUTE).flush()).containsExactly("{__name__=\"m:1m_by_job_count\"} 1.0 @120");
    }

    @Test
    void whatIsNoNumberOrFarAheadIsCounted() {
        Bench bench = new Bench(Bench.options(BY_JOB, Output.COUNT));
        bench.add(Double.NaN, "__name__", "m").addAt(Bench.START + 3_600_000, 1, "__name__", "m");
        bench.flush();
        assertThat(bench.advance(Duration.ofHours(2)).flush()).isEmpty();
        assertThat(bench.dropped("nan")).isEqualTo(1);
        assertThat(bench.dropped("ahead")).isEqualTo(1);
    }

    @Test
    void groupsBeyondTheLimitAreCountedAndNamed() {
        Bench bench = new Bench(with(Bench.options(List.of("path"), Output.SUM, Output.COUNT), false, Late.DROP, 5));
        bench.flush();
        bench.advance(SECOND);
        for (int i = 0; i < 3; i++) {
            bench.add(1, "__name__", "m", "path", "/" + i);
        }
        assertThat(bench.errors).singleElement().asString().contains("MaxSeries of 5", "path=\"/2\"", "path (2)");
        bench.flush();
        assertThat(bench.advance(MINUTE).flush()).hasSize(4);
        assertThat(bench.dropped("max_series")).isEqualTo(1);
        bench.advance(SECOND).add(1, "__name__", "m", "path", "/2").flush();
        assertThat(bench.advance(MINUTE).flush()).hasSize(2);
    }

    @Test
    void windowsUnderWayEndUnderTheirOldNamesWhereOptionsChange() {
        Bench bench = new Bench(Bench.options(BY_JOB, Output.SUM));
        bench.flush();
        bench.advance(SECOND).add(5, "__name__", "m", "job", "a").flush();
        bench.restart(Bench.options(List.of("zone"), Output.COUNT)).advance(SECOND);
        bench.add(5, "__name__", "m", "zone", "z");
        assertThat(bench.flush()).containsExactly("{__name__=\"m:1m_by_job_sum\", job=\"a\"} 5.0 @2");
        assertThat(bench.advance(MINUTE).flush())
                .containsExactly("{__name__=\"m:1m_by_zone_count\", zone=\"z\"} 1.0 @60");
    }

    @Test
    void clientsThatWaitedForARestartAreNotLate() {
        AggregateOptions base = Bench.options(BY_JOB, Output.COUNT);
        AggregateOptions patient = new AggregateOptions(
                base.interval(),
                base.by(),
                base.without(),
                base.outputs(),
                base.buckets(),
                base.include(),
                false,
                base.name(),
                Duration.ofSeconds(10),
                Late.DROP,
                10_000);
        Bench bench = new Bench(patient);
        bench.flush();
        bench.advance(SECOND).add(1, "__name__", "m").flush();
        bench.advance(Duration.ofMinutes(5)).restart(patient);
        assertThat(bench.flush()).isEmpty();
        bench.addAt(Bench.START + 30_000, 1, "__name__", "m")
                .addAt(Bench.START + 90_000, 1, "__name__", "m")
                .flush();
        assertThat(bench.advance(Duration.ofSeconds(10)).flush())
                .containsExactly(
                        "{__name__=\"m:1m_by_job_count\"} 1.0 @120", "{__name__=\"m:1m_by_job_count\"} 2.0 @60");
    }

    @Test
    void onlyGroupsWithSamplesAreWritten() {
        Bench bench = new Bench(Bench.options(List.of("path"), Output.SUM));
        bench.flush();
        bench.advance(SECOND);
        for (int i = 0; i < 100; i++) {
            bench.add(1, "__name__", "m", "path", "/" + i);
        }
        int all = bench.flushedBytes();
        bench.add(1, "__name__", "m", "path", "/7");
        assertThat(bench.flushedBytes()).isBetween(1, all / 50);
        assertThat(bench.flushedBytes()).isZero();
    }
}

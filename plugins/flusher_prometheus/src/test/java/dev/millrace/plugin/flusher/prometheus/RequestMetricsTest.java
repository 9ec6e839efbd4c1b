package dev.millrace.plugin.flusher.prometheus;

import static dev.millrace.plugin.flusher.prometheus.FakeContext.answer;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.spi.event.Buckets;
import dev.millrace.spi.event.Exemplar;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.event.NativeHistogram;
import dev.millrace.spi.http.HttpHeaders;
import dev.millrace.spi.pipeline.Flusher;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What is counted of requests, by kind: in all, failed, and sent again. */
final class RequestMetricsTest {
    private static final String PREFIX = "prometheus_remote_storage_";
    private static final String[] WRITTEN_ALL = {
        "X-Prometheus-Remote-Write-Samples-Written", "2", "X-Prometheus-Remote-Write-Histograms-Written", "1"
    };

    private final FakeContext context = new FakeContext(VersionEncoder.ofBoth());
    private final OptionsForTests options = new OptionsForTests();

    @Test
    void countsWhatWasTaken() throws Exception {
        context.receiver = request -> answer(204, WRITTEN_ALL);

        send(batch(), false);

        assertThat(counts()).isEqualTo(Map.of("samples_total", 2, "histograms_total", 1));
    }

    @Test
    void countsWhatIsSentAgainWithEachRequest() throws Exception {
        context.receiver = request -> answer(503);

        send(batch(), false);
        send(batch(), true);

        assertThat(counts())
                .isEqualTo(Map.of(
                        "samples_total", 4,
                        "samples_retried_total", 4,
                        "histograms_total", 2,
                        "histograms_retried_total", 2));
    }

    @Test
    void countsAsFailedWhatWasRefused() throws Exception {
        options.protocol = "1.0";
        context.receiver = request -> answer(400);

        send(batch(), false);

        assertThat(counts())
                .isEqualTo(Map.of(
                        "samples_total", 2,
                        "samples_failed_total", 2,
                        "histograms_total", 1,
                        "histograms_failed_total", 1));
    }

    @Test
    void countsARefusedRepeatAsNotFailedBecauseTheReceiverMayHaveIt() throws Exception {
        options.protocol = "1.0";
        context.receiver = request -> answer(400);

        send(batch(), true);

        assertThat(counts()).isEqualTo(Map.of("samples_total", 2, "histograms_total", 1));
    }

    @Test
    void countsAsFailedWhatTheReceiverSaysItHasNotWritten() throws Exception {
        options.protocol = "2.0";
        for (int status : new int[] {204, 400}) {
            context.receiver = request -> answer(status, "X-Prometheus-Remote-Write-Samples-Written", "1");
            send(batch(), false);
        }

        assertThat(counts())
                .isEqualTo(Map.of(
                        "samples_total", 4,
                        "samples_failed_total", 2,
                        "histograms_total", 2,
                        "histograms_failed_total", 2));
    }

    @Test
    void countsAsFailedExemplarsThatTheReceiverSaysItHasNotWritten() throws Exception {
        options.protocol = "2.0";
        context.receiver = request -> answer(
                204,
                "X-Prometheus-Remote-Write-Samples-Written",
                "1",
                "X-Prometheus-Remote-Write-Exemplars-Written",
                "0");
        Exemplar exemplar = new Exemplar(Labels.of("trace_id", "x"), 1, 1);

        send(
                MetricBatch.builder(1)
                        .add(series("a"), 1, 0)
                        .exemplars(List.of(exemplar, exemplar))
                        .build(),
                false);

        assertThat(counts()).isEqualTo(Map.of("samples_total", 1, "exemplars_total", 2, "exemplars_failed_total", 2));
    }

    @Test
    void countsNoFailureWhereTheReceiverTakesTheOtherVersion() throws Exception {
        for (int refusal : new int[] {204, 400, 415}) {
            FakeContext fresh = new FakeContext(VersionEncoder.ofBoth());
            fresh.receiver = request -> answer(isVersion2(request.headers()) ? refusal : 204);

            send(fresh, batch(), false);

            assertThat(counts(fresh))
                    .isEqualTo(Map.of(
                            "samples_total", 4,
                            "samples_retried_total", 2,
                            "histograms_total", 2,
                            "histograms_retried_total", 1));
        }
    }

    @Test
    void countsASingleRowThatIsTooLargeAsFailedAndSeveralAsSentAgain() throws Exception {
        options.protocol = "1.0";
        context.receiver = request -> answer(413);

        send(batch(), false);
        send(MetricBatch.builder(1).add(series("a"), 1, 0).build(), false);

        assertThat(counts())
                .isEqualTo(Map.of(
                        "samples_total", 3,
                        "samples_retried_total", 2,
                        "samples_failed_total", 1,
                        "histograms_total", 1,
                        "histograms_retried_total", 1));
    }

    private static boolean isVersion2(HttpHeaders headers) {
        return headers.first("Content-Type").orElseThrow().equals(VersionEncoder.V2_TYPE);
    }

    private Map<String, Integer> counts() {
        return counts(context);
    }

    /* All counts of kinds that are not 0. */
    private static Map<String, Integer> counts(FakeContext context) {
        Map<String, Integer> counts = new TreeMap<>();
        context.metrics.read().forEach((name, value) -> {
            String plain = name.replaceFirst("\\[.*", "").replace(PREFIX, "");
            if (plain.matches("(samples|histograms|exemplars|metadata)(_failed|_retried)?_total") && value > 0) {
                counts.put(plain, value.intValue());
            }
        });
        return counts;
    }

    private static Labels series(String name) {
        return Labels.of(Labels.METRIC_NAME, name);
    }

    private static MetricBatch batch() {
        NativeHistogram empty = new NativeHistogram(
                false, 0, 0, 3, 0, 0, Buckets.NONE, Buckets.NONE, NativeHistogram.ResetHint.UNKNOWN, List.of());
        return MetricBatch.builder(3)
                .add(series("a"), 1, 0)
                .add(series("b"), 1, 0)
                .add(series("c"), 1, empty)
                .build();
    }

    private void send(MetricBatch batch, boolean repeated) throws Exception {
        send(context, batch, repeated);
    }

    private void send(FakeContext to, MetricBatch batch, boolean repeated) throws Exception {
        Flusher flusher = new PrometheusFlusherFactory().create(options.options(), to);
        flusher.send(new AttemptedSlice(batch, repeated ? 1 : 0))
                .toCompletableFuture()
                .get(10, SECONDS);
    }
}

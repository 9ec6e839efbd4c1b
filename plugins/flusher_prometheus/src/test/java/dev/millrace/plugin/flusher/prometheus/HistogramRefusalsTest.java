package dev.millrace.plugin.flusher.prometheus;

import static dev.millrace.plugin.flusher.prometheus.FakeContext.answer;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.spi.event.Buckets;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.event.NativeHistogram;
import dev.millrace.spi.http.HttpRequest;
import dev.millrace.spi.http.HttpResponse;
import dev.millrace.spi.pipeline.Flusher;
import dev.millrace.spi.pipeline.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a receiver of 1.0 that answers 500 to a whole request with a native histogram, as Prometheus without the flag. */
final class HistogramRefusalsTest {
    private static final String FLOAT = " {__name__=\"up\"}@1000";
    private static final String HISTOGRAM = " {__name__=\"latency\"}#1000";
    private static final Outcome REFUSED = new Outcome.Delivered(Map.of("native_histograms_refused", 1));

    private final FakeContext context = new FakeContext(VersionEncoder.ofBoth());
    private final OptionsForTests options = new OptionsForTests();

    @BeforeEach
    void speak10() {
        options.protocol = "1.0";
        context.receiver = this::withoutTheFlag;
    }

    @Test
    void retriesAFewTimesBeforeItDoubtsTheHistograms() throws Exception {
        assertThat(send(flusher(), batch(true, true), 3)).isInstanceOf(Outcome.Retry.class);
        assertThat(context.bodies).containsExactly("1.0" + FLOAT + HISTOGRAM);
    }

    @Test
    void deliversTheFloatsAndGivesUpTheHistogramsOnlyWhenTheyAreRefusedAloneAgainAndAgain() throws Exception {
        assertThat(send(flusher(), batch(true, true), 4)).isEqualTo(REFUSED);
        assertThat(context.bodies)
                .containsExactly(
                        "1.0" + FLOAT + HISTOGRAM,
                        "1.0" + FLOAT,
                        "1.0" + HISTOGRAM,
                        "1.0" + HISTOGRAM,
                        "1.0" + HISTOGRAM,
                        "1.0" + FLOAT);
    }

    @Test
    void letsTheStreamFlowWithoutHistogramsForAWhile() throws Exception {
        Flusher flusher = flusher();
        send(flusher, batch(true, true), 4);
        context.bodies.clear();

        assertThat(send(flusher, batch(true, true), 0)).isEqualTo(REFUSED);
        assertThat(send(flusher, batch(false, true), 0)).isEqualTo(REFUSED);
        assertThat(context.bodies).containsExactly("1.0" + FLOAT);
    }

    @Test
    void triesHistogramsAgainWithOneRequestWhenTheIntervalHasPassed() throws Exception {
        Flusher flusher = flusher();
        send(flusher, batch(true, true), 4);
        context.now = context.now.plus(Duration.ofMinutes(5));
        context.receiver = request -> answer(204);
        context.bodies.clear();

        assertThat(send(flusher, batch(true, true), 0)).isEqualTo(Outcome.Delivered.ALL);
        assertThat(send(flusher, batch(true, true), 0)).isEqualTo(Outcome.Delivered.ALL);
        assertThat(context.bodies).hasSize(2).containsOnly("1.0" + FLOAT + HISTOGRAM);
    }

    @Test
    void aTrialThatSucceedsOnlyInTwoEndsTheRefusalToo() throws Exception {
        Flusher flusher = flusher();
        send(flusher, batch(true, true), 4);
        context.now = context.now.plus(Duration.ofMinutes(5));
        context.bodies.clear();
        context.receiver = request -> answer(context.bodies.size() == 1 ? 500 : 204);

        assertThat(send(flusher, batch(true, true), 0)).isEqualTo(Outcome.Delivered.ALL);
        assertThat(send(flusher, batch(true, true), 0)).isEqualTo(Outcome.Delivered.ALL);
        assertThat(context.bodies).last().isEqualTo("1.0" + FLOAT + HISTOGRAM);
    }

    @Test
    void givesNothingUpWhereTheFloatsAreNotTakenAfterwards() throws Exception {
        context.receiver = request -> answer(context.bodies.size() == 2 ? 204 : 500);

        assertThat(send(flusher(), batch(true, true), 4)).isInstanceOf(Outcome.Retry.class);
        assertThat(context.bodies).hasSize(6);
        context.bodies.clear();
        assertThat(send(flusher(), batch(false, true), 4)).isInstanceOf(Outcome.Retry.class);
        assertThat(context.bodies).hasSize(6);
    }

    @Test
    void asksWithAnEmptyRequestWhereThereAreNoFloats() throws Exception {
        assertThat(send(flusher(), batch(false, true), 4)).isEqualTo(REFUSED);
        assertThat(context.bodies).element(1).isEqualTo("");
    }

    @Test
    void givesNothingUpWhereTheReceiverIsDown() throws Exception {
        context.receiver = request -> answer(500);

        assertThat(send(flusher(), batch(true, true), 4)).isInstanceOf(Outcome.Retry.class);
        assertThat(send(flusher(), batch(false, true), 9)).isInstanceOf(Outcome.Retry.class);
    }

    @Test
    void losesNothingWhereHistogramsAreTakenAlone() throws Exception {
        context.receiver = request -> answer(
                context.bodies.get(context.bodies.size() - 1).contains("up") && context.bodies.size() == 1 ? 500 : 204);

        assertThat(send(flusher(), batch(true, true), 4)).isEqualTo(Outcome.Delivered.ALL);
    }

    @Test
    void looksAtNoOtherStatus() throws Exception {
        context.receiver = request -> answer(503);

        assertThat(send(flusher(), batch(true, true), 4)).isInstanceOf(Outcome.Retry.class);
        assertThat(context.bodies).hasSize(1);
    }

    private HttpResponse withoutTheFlag(HttpRequest request) {
        return answer(context.bodies.get(context.bodies.size() - 1).contains("#") ? 500 : 204);
    }

    private Flusher flusher() {
        return new PrometheusFlusherFactory().create(options.options(), context);
    }

    private static MetricBatch batch(boolean sample, boolean histogram) {
        var rows = MetricBatch.builder(2);
        if (sample) {
            rows.add(Labels.of(Labels.METRIC_NAME, "up"), 1000, 0);
        }
        if (histogram) {
            NativeHistogram empty = new NativeHistogram(
                    false, 0, 0, 3, 0, 0, Buckets.NONE, Buckets.NONE, NativeHistogram.ResetHint.UNKNOWN, List.of());
            rows.add(Labels.of(Labels.METRIC_NAME, "latency"), 1000, empty);
        }
        return rows.build();
    }

    private static Outcome send(Flusher flusher, MetricBatch batch, int attempt) throws Exception {
        return flusher.send(new AttemptedSlice(batch, attempt))
                .toCompletableFuture()
                .get(10, SECONDS);
    }
}

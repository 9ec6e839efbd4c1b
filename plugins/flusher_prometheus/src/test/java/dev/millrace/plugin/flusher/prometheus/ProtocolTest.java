package dev.millrace.plugin.flusher.prometheus;

import static dev.millrace.plugin.flusher.prometheus.FakeContext.answer;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.millrace.plugin.flusher.http.spi.AnswerSettings;
import dev.millrace.plugin.flusher.http.spi.StatusTable;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.http.HttpRequest;
import dev.millrace.spi.http.HttpResponse;
import dev.millrace.spi.pipeline.Flusher;
import dev.millrace.spi.pipeline.Outcome;
import dev.millrace.spi.testing.WholeBatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

final class ProtocolTest {
    private static final Labels UP = Labels.of(Labels.METRIC_NAME, "up");
    private static final String SAMPLES = " {__name__=\"up\"}@1000 {__name__=\"up\"}@2000";
    private static final Outcome ALL = Outcome.Delivered.ALL;

    private final VersionEncoder encoder = VersionEncoder.ofBoth();
    private final FakeContext context = new FakeContext(encoder);
    private final OptionsForTests options = new OptionsForTests();
    private final Recorded slice = new Recorded();

    @Test
    void beginsWith20AndStaysWithItWhereTheReceiverSaysWhatItWrote() throws Exception {
        context.receiver = request -> answer(204, "X-Prometheus-Remote-Write-Samples-Written", "2");
        Flusher flusher = flusher();

        assertThat(version()).isEqualTo(0);
        assertThat(send(flusher)).isEqualTo(ALL);
        assertThat(send(flusher)).isEqualTo(ALL);

        assertThat(context.bodies).containsExactly("2.0" + SAMPLES, "2.0" + SAMPLES);
        assertThat(context.requests.get(0).headers().first("Content-Type")).contains(VersionEncoder.V2_TYPE);
        assertThat(context.requests.get(0).headers().first("X-Prometheus-Remote-Write-Version"))
                .contains("2.0.0");
        assertThat(version()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {415, 400, 200, 204})
    void fallsBackTo10WithTheSameSamplesInTheSameCallAndRemembersIt(int toVersion2) throws Exception {
        context.receiver = only10(toVersion2);
        Flusher flusher = flusher();

        assertThat(send(flusher)).isEqualTo(ALL);
        assertThat(context.bodies).containsExactly("2.0" + SAMPLES, "1.0" + SAMPLES);
        assertThat(slice.protocols).containsExactly("prometheus 2.0", "prometheus 1.0");
        assertThat(version()).isEqualTo(1);

        assertThat(send(flusher)).isEqualTo(ALL);
        assertThat(context.bodies).hasSize(3).last().isEqualTo("1.0" + SAMPLES);
    }

    @Test
    void takesHeadersThatAreNoNumbersAsAbsent() throws Exception {
        context.receiver = request ->
                isVersion2(request) ? answer(204, "X-Prometheus-Remote-Write-Samples-Written", "many") : answer(204);

        assertThat(send(flusher())).isEqualTo(ALL);
        assertThat(context.bodies).hasSize(2);
    }

    @Test
    void asksAgainWithOneRequestAtATimeWhenTheIntervalHasPassed() throws Exception {
        context.receiver = only10(415);
        Flusher flusher = flusher();
        send(flusher);
        context.bodies.clear();

        context.now = context.now.plus(Duration.ofMinutes(61));
        send(flusher);
        send(flusher);

        assertThat(context.bodies).containsExactly("2.0" + SAMPLES, "1.0" + SAMPLES, "1.0" + SAMPLES);
    }

    @Test
    void goesOnWith20WhenAReceiverHasLearntIt() throws Exception {
        context.receiver = only10(204);
        Flusher flusher = flusher();
        send(flusher);
        context.bodies.clear();
        context.receiver = request -> answer(200, "X-Prometheus-Remote-Write-Samples-Written", "2");

        send(flusher);
        context.now = context.now.plus(Duration.ofHours(1));
        send(flusher);
        send(flusher);

        assertThat(context.bodies).containsExactly("1.0" + SAMPLES, "2.0" + SAMPLES, "2.0" + SAMPLES);
    }

    @ParameterizedTest
    @ValueSource(ints = {415, 204})
    void fallsBackFromAReceiverThatChangedItsMind(int toVersion2) throws Exception {
        context.receiver = request -> answer(204, "X-Prometheus-Remote-Write-Samples-Written", "2");
        Flusher flusher = flusher();
        send(flusher);
        context.receiver = only10(toVersion2);

        assertThat(send(flusher)).isEqualTo(ALL);
        assertThat(context.bodies).containsExactly("2.0" + SAMPLES, "2.0" + SAMPLES, "1.0" + SAMPLES);
        assertThat(version()).isEqualTo(1);
    }

    @Test
    void goesOverTo20AtOnceWhereAReceiverNoLongerTakes10() throws Exception {
        context.receiver = only10(415);
        Flusher flusher = flusher();
        send(flusher);
        context.bodies.clear();
        context.receiver = request ->
                isVersion2(request) ? answer(204, "X-Prometheus-Remote-Write-Samples-Written", "2") : answer(415);

        assertThat(send(flusher)).isEqualTo(ALL);
        assertThat(context.bodies).containsExactly("1.0" + SAMPLES, "2.0" + SAMPLES);
        assertThat(version()).isEqualTo(2);
    }

    @Test
    void repeatsOnlyWhatWasInFlightWhenAReceiverStored20WithoutSayingSo() throws Exception {
        List<CompletableFuture<HttpResponse>> answers = new ArrayList<>();
        context.later = request -> {
            CompletableFuture<HttpResponse> answer = new CompletableFuture<>();
            answers.add(answer);
            return answer;
        };
        Flusher flusher = flusher();
        CompletionStage<Outcome> first = flusher.send(new Recorded());
        CompletionStage<Outcome> second = flusher.send(new Recorded());
        assertThat(context.bodies).containsExactly("2.0" + SAMPLES, "2.0" + SAMPLES);

        answers.get(0).complete(answer(204));
        CompletionStage<Outcome> third = flusher.send(new Recorded());
        answers.get(1).complete(answer(204));
        for (int i = 2; i < answers.size(); i++) {
            answers.get(i).complete(answer(204));
        }

        for (CompletionStage<Outcome> stage : List.of(first, second, third)) {
            assertThat(stage.toCompletableFuture().get(10, SECONDS)).isEqualTo(ALL);
        }
        assertThat(context.bodies)
                .containsExactly("2.0" + SAMPLES, "2.0" + SAMPLES, "1.0" + SAMPLES, "1.0" + SAMPLES, "1.0" + SAMPLES);
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 503, 429})
    void learnsNothingFromAReceiverThatIsDown(int status) throws Exception {
        context.receiver = request -> answer(status);
        Flusher flusher = flusher();

        assertThat(send(flusher)).isInstanceOf(Outcome.Retry.class);
        assertThat(context.bodies).containsExactly("2.0" + SAMPLES);
        assertThat(version()).isEqualTo(0);
    }

    @Test
    void rejectsWhatBothVersionsAreRefusedForAndAsksInBothOnlyOnceAMinute() throws Exception {
        context.receiver = request -> answer(400);
        Flusher flusher = flusher();

        assertThat(send(flusher)).isEqualTo(new Outcome.Rejected("400", ""));
        assertThat(send(flusher)).isEqualTo(new Outcome.Rejected("400", ""));
        assertThat(context.bodies).containsExactly("2.0" + SAMPLES, "1.0" + SAMPLES, "1.0" + SAMPLES);
        context.bodies.clear();

        context.now = context.now.plus(Duration.ofMinutes(1));
        send(flusher);
        send(flusher);
        assertThat(context.bodies).containsExactly("2.0" + SAMPLES, "1.0" + SAMPLES, "1.0" + SAMPLES);
    }

    @Test
    void takesA400WithoutWrittenHeadersForARefusalWhereTheReceiverHasTaken20() throws Exception {
        context.receiver = request -> answer(204, "X-Prometheus-Remote-Write-Samples-Written", "2");
        Flusher flusher = flusher();
        send(flusher);
        context.receiver = request -> answer(400);

        assertThat(send(flusher)).isEqualTo(new Outcome.Rejected("400", ""));

        assertThat(context.bodies).containsExactly("2.0" + SAMPLES, "2.0" + SAMPLES);
        assertThat(version()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {415, 400, 204})
    void cutsWhatFitsIn20ButNotIn10WhereItFallsBack(int toVersion2) throws Exception {
        context.receiver = only10(toVersion2);
        encoder.rowsOf1 = 1;
        Flusher flusher = flusher();

        assertThat(send(flusher))
                .isInstanceOfSatisfying(
                        Outcome.Split.class,
                        split -> assertThat(split.delivered()).isZero());
        assertThat(context.bodies).containsExactly("2.0" + SAMPLES);

        assertThat(send(flusher, 1000)).isEqualTo(ALL);
        assertThat(send(flusher, 2000)).isEqualTo(ALL);
        assertThat(context.bodies).endsWith("1.0 {__name__=\"up\"}@1000", "1.0 {__name__=\"up\"}@2000");
        assertThat(version()).isEqualTo(1);
    }

    @Test
    void losesNothingMoreWhereTheFirstRowsAreAtFaultAndAReceiverOf10Answers400To20() throws Exception {
        context.receiver = request -> answer(400);
        Flusher flusher = flusher();
        send(flusher);

        context.receiver = only10(400);
        assertThat(send(flusher)).isEqualTo(ALL);
        context.now = context.now.plus(Duration.ofMinutes(1));
        assertThat(send(flusher)).isEqualTo(ALL);
        assertThat(send(flusher)).isEqualTo(ALL);
    }

    @Test
    void probesAgainSoonWhereTheEndpointWasDown() throws Exception {
        context.receiver = only10(415);
        Flusher flusher = flusher();
        send(flusher);
        context.now = context.now.plus(Duration.ofHours(1));
        context.receiver = request -> answer(503);
        send(flusher);
        context.bodies.clear();

        send(flusher);
        context.now = context.now.plus(Duration.ofMinutes(1));
        send(flusher);

        assertThat(context.bodies).containsExactly("1.0" + SAMPLES, "2.0" + SAMPLES);
    }

    @Test
    void holdsWhatAReceiverRefusesInBothVersions() throws Exception {
        context.receiver = request -> answer(415);
        Flusher flusher = flusher();

        assertThat(send(flusher)).isInstanceOf(Outcome.Held.class);
        assertThat(send(flusher)).isInstanceOf(Outcome.Held.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {415, 204})
    void holdsWhereTheUserDemands20AndTheReceiverDoesNotKnowIt(int toVersion2) throws Exception {
        context.receiver = only10(toVersion2);
        options.protocol = "2.0";

        assertThat(send(flusher()))
                .isInstanceOfSatisfying(
                        Outcome.Held.class, held -> assertThat(held.reason()).contains("set Protocol: auto"));
        assertThat(context.bodies).containsExactly("2.0" + SAMPLES);
    }

    @ParameterizedTest
    @CsvSource({"auto, 415, 415", "1.0, 415, 415", "2.0, 415, 415", "2.0, 204, misconfigured"})
    void givesUpWhatNoVersionIsTakenForWhereTheUserWantsIt(String protocol, int status, String counted)
            throws Exception {
        context.receiver = request -> answer(status);
        options.protocol = protocol;
        options.answers = new AnswerSettings(Map.of(), AnswerSettings.OnMisconfigured.REJECT, false);

        assertThat(send(flusher()))
                .isInstanceOfSatisfying(
                        Outcome.Rejected.class,
                        rejected -> assertThat(rejected.status()).isEqualTo(counted));
    }

    @Test
    void holdsWhereTheUserDemands10AndTheReceiverDoesNotKnowIt() throws Exception {
        context.receiver = request -> answer(415);
        options.protocol = "1.0";
        assertThat(send(flusher()))
                .isInstanceOfSatisfying(
                        Outcome.Held.class, held -> assertThat(held.reason()).contains("set Protocol: auto"));

        options.answers = new AnswerSettings(
                Map.of("415", StatusTable.Meaning.REJECTED), AnswerSettings.OnMisconfigured.HOLD, false);
        assertThat(send(flusher())).isInstanceOf(Outcome.Rejected.class);
    }

    @Test
    void sendsNothingBut10WhereTheUserDemandsIt() throws Exception {
        options.protocol = "1.0";

        assertThat(send(flusher())).isEqualTo(ALL);
        assertThat(context.bodies).containsExactly("1.0" + SAMPLES);
        assertThat(version()).isEqualTo(1);
    }

    @Test
    void countsWhatWasNotWrittenThoughTheAnswerWasGood() throws Exception {
        context.receiver = request -> answer(204, "X-Prometheus-Remote-Write-Samples-Written", "1");

        assertThat(send(flusher())).isEqualTo(new Outcome.Delivered(Map.of("not_written", 1)));
    }

    @Test
    void warnsOnceAMinuteOfAllThatWasNotWritten() throws Exception {
        Logger logger = (Logger) LoggerFactory.getLogger(PrometheusFlusher.class);
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        logger.addAppender(log);
        try {
            context.receiver = request -> answer(204, "X-Prometheus-Remote-Write-Samples-Written", "1");
            Flusher flusher = flusher();
            send(flusher);
            context.now = context.now.plusSeconds(59);
            send(flusher);
            assertThat(log.list).singleElement().asString().contains(": 1 rows were not written, says ");

            context.now = context.now.plusSeconds(1);
            send(flusher);
            assertThat(log.list).hasSize(2).last().asString().contains(": 2 rows were not written, says ");
        } finally {
            logger.detachAppender(log);
        }
    }

    @Test
    void readsAMissingHeaderAsZeroWhereAnotherIsThere() throws Exception {
        context.receiver = request -> answer(204, "X-Prometheus-Remote-Write-Histograms-Written", "0");

        assertThat(send(flusher())).isEqualTo(new Outcome.Delivered(Map.of("not_written", 2)));
    }

    @Test
    void tellsHowMuchOfARequestThatIsCutWasWritten() throws Exception {
        context.receiver = request -> answer(400, "X-Prometheus-Remote-Write-Samples-Written", "1");

        options.answers = new AnswerSettings(Map.of(), AnswerSettings.OnMisconfigured.HOLD, true);

        assertThat(send(flusher()))
                .isInstanceOfSatisfying(
                        Outcome.Split.class,
                        split -> assertThat(split.delivered()).isEqualTo(1));
    }

    @Test
    void countsAsRejectedOnlyWhatAnAnswerOf400HasNotWritten() throws Exception {
        context.receiver = request -> answer(400, "X-Prometheus-Remote-Write-Samples-Written", "1");

        assertThat(send(flusher())).isEqualTo(new Outcome.Rejected("400", "", 1));
        assertThat(context.bodies).hasSize(1);
    }

    @Test
    void passesWhatItKnowsToItsSuccessorForTheSameEndpoint() throws Exception {
        context.receiver = only10(415);
        send(flusher());
        context.bodies.clear();

        send(flusher());
        options.endpoint = "http://other/api/v1/write";
        send(flusher());

        assertThat(context.bodies).containsExactly("1.0" + SAMPLES, "2.0" + SAMPLES, "1.0" + SAMPLES);
    }

    @Test
    void refusesAProtocolThatIsNone() {
        options.protocol = "3.0";

        assertThatThrownBy(options::options).hasMessage("'3.0' (expected: auto, 1.0 or 2.0)");
    }

    private static Function<HttpRequest, HttpResponse> only10(int toVersion2) {
        return request -> answer(isVersion2(request) ? toVersion2 : 204);
    }

    private static boolean isVersion2(HttpRequest request) {
        return request.headers().first("Content-Type").orElse("").equals(VersionEncoder.V2_TYPE);
    }

    private Flusher flusher() {
        return new PrometheusFlusherFactory().create(options.options(), context);
    }

    private Outcome send(Flusher flusher) throws Exception {
        return flusher.send(slice).toCompletableFuture().get(10, SECONDS);
    }

    private static Outcome send(Flusher flusher, long timestamp) throws Exception {
        MetricBatch batch = MetricBatch.builder(1).add(UP, timestamp, 0).build();
        return flusher.send(new WholeBatch(batch)).toCompletableFuture().get(10, SECONDS);
    }

    private double version() {
        return context.metrics.read().get("millrace_flusher_remote_write_version[]");
    }

    private static final class Recorded extends WholeBatch {
        final List<String> protocols = new ArrayList<>();

        Recorded() {
            super(MetricBatch.builder(2).add(UP, 1000, 0).add(UP, 2000, 0).build());
        }

        @Override
        public CompletionStage<Void> record(String protocol, int bodyChecksum) {
            protocols.add(protocol);
            return super.record(protocol, bodyChecksum);
        }
    }
}

package dev.millrace.distribution.compliance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.distribution.run.Millrace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code Protocol: auto}, the default, with receivers of each kind. What a receiver took is what it stores. */
final class AutomaticVersionIT {
    private static final int SCRAPES = 6;
    private static final int CHANGES_AT = 3;

    @TempDir
    private static Path folder;

    private static final Map<String, Scenario> SCENARIOS = new LinkedHashMap<>();
    private static Millrace millrace;

    @BeforeAll
    static void start() {
        millrace = Millrace.in(folder);
        Stream.of(
                        scenario("both", Answer::taken, ""),
                        scenario("only1", Answer::onlyVersion1, ""),
                        scenario("silent1", request -> Answer.of(204), ""),
                        scenario(
                                "bad1",
                                request ->
                                        Answer.of(request.second() ? 400 : 204).text("no proto"),
                                ""),
                        scenario(
                                "mind",
                                request -> request.number() < CHANGES_AT
                                        ? Answer.taken(request)
                                        : Answer.onlyVersion1(request),
                                ""),
                        scenario(
                                "learns",
                                request -> request.number() < CHANGES_AT
                                        ? Answer.onlyVersion1(request)
                                        : Answer.taken(request),
                                "ProtocolProbeInterval: 2s"),
                        scenario(
                                "refuses",
                                request -> request.number() == 0
                                        ? Answer.taken(request)
                                        : Answer.of(request.number() == 1 ? 400 : 204)
                                                .written(
                                                        request.number() == 1
                                                                ? 0
                                                                : request.message()
                                                                        .samples(),
                                                        0,
                                                        0),
                                ""))
                .forEach(scenario -> {
                    SCENARIOS.put(scenario.name(), scenario);
                    scenario.addTo(millrace);
                });
        millrace.start();
    }

    @AfterAll
    static void stop() {
        millrace.close();
        SCENARIOS.values().forEach(Scenario::close);
    }

    private static Scenario scenario(String name, RecordingReceiver.Script script, String flusher) {
        PageTarget target = PageTarget.of(
                PageTarget.TEXT, scrape -> "# TYPE letter_steady counter\nletter_steady " + scrape + "\n");
        return Scenario.of(name, target, script, "Concurrency: 1\n" + flusher);
    }

    @Test
    void aReceiverOfBothGetsVersion2AndNothingElse() {
        assertThat(stored("both", SentRequest::second)).allMatch(SentRequest::second);
        assertWhole("both", SentRequest::second);
    }

    @Test
    void sendersMayFallBackIfTheReceiverReturns415() {
        assertFallsBack("only1");
        assertWhole("only1", request -> !request.second());
    }

    @Test
    void sendersShouldAssume415OnA2xxWithoutAnyWrittenHeader() {
        assertFallsBack("silent1");
        assertWhole("silent1", request -> !request.second());
    }

    @Test
    void sendersShouldExpect400ForUnsupportedContentFromReceiversOf1() {
        assertFallsBack("bad1");
        assertWhole("bad1", request -> !request.second());
    }

    @Test
    void toReceiversOf1SendersMustUseVersion010AndShouldUseTheBareContentType() {
        List<SentRequest> requests = stored("only1", request -> !request.second());
        assertThat(requests.stream().filter(request -> !request.second()))
                .isNotEmpty()
                .allSatisfy(request -> {
                    assertThat(request.header("X-Prometheus-Remote-Write-Version"))
                            .hasValue("0.1.0");
                    assertThat(request.header("Content-Type")).hasValue("application/x-protobuf");
                });
    }

    @Test
    void aReceiverThatChangesItsMindGetsTheSameSamplesAgainInTheOtherVersion() {
        List<SentRequest> requests = stored("mind", request -> !request.second());
        assertThat(samples(requests.get(CHANGES_AT + 1))).isEqualTo(samples(requests.get(CHANGES_AT)));
        assertThat(requests.get(CHANGES_AT + 1).second()).isFalse();
        assertWhole("mind", request -> request.number() < CHANGES_AT || !request.second());
    }

    @Test
    void aReceiverThatLearnsVersion2IsProbedAgain() {
        Scenario learns = SCENARIOS.get("learns");
        List<SentRequest> requests = learns.await(
                "version 2 again",
                all -> all.stream().anyMatch(request -> request.number() > CHANGES_AT && request.second()));
        int probe = requests.stream()
                .filter(request -> request.number() >= CHANGES_AT && request.second())
                .findFirst()
                .orElseThrow()
                .number();
        learns.await("more", all -> all.size() > probe + 2);
        assertThat(learns.requests().subList(probe, probe + 3)).allMatch(SentRequest::second);
        assertWhole("learns", request -> request.number() >= CHANGES_AT || !request.second());
    }

    @Test
    void aReceiverThatStoredVersion2WithoutSayingSoGetsOnlyTheRequestInFlightAgain() {
        List<SentRequest> requests = stored("silent1", request -> !request.second());
        assertThat(requests.stream().filter(SentRequest::second)).hasSize(1);
        assertThat(samples(requests.get(1))).isEqualTo(samples(requests.get(0)));
    }

    @Test
    void a400WithWrittenHeadersIsARefusalAndNoReasonToFallBack() {
        List<SentRequest> requests = stored("refuses", SentRequest::second);
        assertThat(requests).allMatch(SentRequest::second);
        assertThat(SenderRules.bodies(requests).values()).allMatch(times -> times == 1);
    }

    private static void assertFallsBack(String name) {
        List<SentRequest> requests = stored(name, request -> !request.second());
        assertThat(requests.get(0).second()).isTrue();
        assertThat(requests.get(1).second()).isFalse();
        assertThat(samples(requests.get(1))).isEqualTo(samples(requests.get(0)));
        assertThat(requests.subList(1, requests.size())).noneMatch(SentRequest::second);
    }

    /** All requests, once those that the receiver stores hold some scrapes. */
    private static List<SentRequest> stored(String name, Predicate<SentRequest> stores) {
        return SCENARIOS
                .get(name)
                .await("stored samples", requests -> values(requests, stores).size() >= SCRAPES);
    }

    /** What the receiver stored is every scrape from the first on, once each. */
    private static void assertWhole(String name, Predicate<SentRequest> stores) {
        List<Double> values = values(stored(name, stores), stores);
        List<Double> expected = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            expected.add((double) i);
        }
        assertThat(values).isEqualTo(expected);
    }

    private static List<Double> values(List<SentRequest> requests, Predicate<SentRequest> stores) {
        return requests.stream()
                .filter(stores)
                .flatMap(request -> request.series("letter_steady").stream())
                .flatMap(series -> series.samples().stream())
                .map(Sent.Sample::value)
                .toList();
    }

    /** The samples of a request by series, whatever its version. */
    private static Map<String, List<Long>> samples(SentRequest request) {
        Map<String, List<Long>> samples = new HashMap<>();
        for (Sent.Series series : request.message().series()) {
            for (Sent.Sample sample : series.samples()) {
                List<Long> list = samples.computeIfAbsent(
                        new TreeMap<>(series.labelMap()).toString(), unused -> new ArrayList<>());
                list.add(sample.timestamp());
                list.add(sample.bits());
            }
        }
        return samples;
    }
}

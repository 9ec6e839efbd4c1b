package dev.millrace.distribution.compliance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.distribution.run.Await;
import dev.millrace.distribution.run.LogLine;
import dev.millrace.distribution.run.MetricsPage;
import dev.millrace.distribution.run.Millrace;
import dev.millrace.distribution.run.Web;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a request for each kind of answer, and of one that gets none. The specifications leave most of it open. */
final class OutcomeIT {
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final String TAKEN = "/taken";
    private static final int SCRAPES = 4;
    private static final int ERROR_BYTES = 1 << 20;

    @TempDir
    private static Path folder;

    private static final Map<String, Scenario> SCENARIOS = new LinkedHashMap<>();
    private static Millrace millrace;

    @BeforeAll
    static void start() {
        millrace = Millrace.in(folder);
        Stream.of(
                        scenario("s401", request -> Answer.of(401), ""),
                        scenario("s404", request -> Answer.of(404), ""),
                        scenario("s302", request -> Answer.of(302).with("Location", TAKEN), ""),
                        scenario(
                                "s308",
                                request -> request.path().equals(TAKEN)
                                        ? Answer.taken(request)
                                        : Answer.of(308).with("Location", TAKEN),
                                ""),
                        scenario("s999", request -> first(request, Answer.of(999)), ""),
                        scenario(
                                "long-answer",
                                request -> first(request, Answer.of(500).text("x".repeat(ERROR_BYTES))),
                                ""),
                        scenario(
                                "s413",
                                request ->
                                        request.message().series().size() > 2 ? Answer.of(413) : Answer.taken(request),
                                ""),
                        scenario(
                                "isolated",
                                request -> request.series("letter_bad").isEmpty()
                                        ? Answer.taken(request)
                                        : Answer.of(400).written(0, 0, 0),
                                "IsolateRejected: true"),
                        scenario(
                                "not-written",
                                request -> request.number() == 0
                                        ? Answer.of(204)
                                                .written(request.message().samples() - 2, 0, 0)
                                        : Answer.taken(request),
                                ""),
                        scenario(
                                "partly-refused",
                                request -> request.number() == 0
                                        ? Answer.of(400)
                                                .written(request.message().samples() - 3, 0, 0)
                                        : Answer.taken(request),
                                ""),
                        scenario(
                                "repeat",
                                request -> request.number() == 0
                                        ? Answer.of(500)
                                        : request.number() == 1
                                                ? Answer.of(400).written(0, 0, 0)
                                                : Answer.taken(request),
                                ""),
                        scenario(
                                "s408", request -> first(request, Answer.of(408).written(0, 0, 0)), ""),
                        scenario("s409", request -> first(request, Answer.of(409)), "Statuses: {409: retry}"))
                .forEach(scenario -> {
                    SCENARIOS.put(scenario.name(), scenario);
                    scenario.addTo(millrace);
                });
        millrace.pipeline("unresolvable", pipeline("http://host.invalid/api/v1/write"));
        millrace.pipeline("scheme", pipeline("gopher://127.0.0.1:9/api/v1/write"));
        millrace.pipeline("given-up", pipeline("ftp://127.0.0.1:9/api/v1/write") + "    OnMisconfigured: reject\n");
        millrace.start();
    }

    @AfterAll
    static void stop() {
        millrace.close();
        SCENARIOS.values().forEach(Scenario::close);
    }

    private static Scenario scenario(String name, RecordingReceiver.Script script, String flusher) {
        PageTarget target = PageTarget.of(
                PageTarget.TEXT,
                scrape -> "# TYPE letter_steady counter\nletter_steady " + scrape + "\nletter_bad 1\nletter_good "
                        + scrape + "\n");
        return Scenario.of(name, target, script, "Protocol: '2.0'\nConcurrency: 1\n" + flusher);
    }

    private static String pipeline(String endpoint) {
        return "inputs:\n  - Type: metric_mock\nflushers:\n  - Type: flusher_prometheus\n    Endpoint: '" + endpoint
                + "'\n";
    }

    private static Answer first(SentRequest request, Answer answer) {
        return request.number() == 0 ? answer : Answer.taken(request);
    }

    @Test
    void wrongCredentialsAndPathsAreHeldAndNothingIsLost() {
        for (String name : List.of("s401", "s404")) {
            Scenario scenario = SCENARIOS.get(name);
            awaitMetric(page -> page.sum("millrace_flusher_held", "pipeline", name) == 1);
            assertThat(scenario.requests()).as("one probe a minute").hasSize(1);
            assertNothingIsRejected(name);
        }
    }

    @Test
    void aRedirectOf302IsHeldAndNotFollowed() {
        awaitMetric(page -> page.sum("millrace_flusher_held", "pipeline", "s302") == 1);
        assertThat(SCENARIOS.get("s302").requests())
                .allSatisfy(request -> assertThat(request.method()).isEqualTo("POST"))
                .noneMatch(request -> request.path().equals(TAKEN));
        assertNothingIsRejected("s302");
    }

    @Test
    void aRedirectOf308IsFollowedWithTheSameRequest() {
        List<SentRequest> requests = SCENARIOS.get("s308").await("followed", all -> all.size() > 1);
        assertThat(requests.get(1).path()).isEqualTo(TAKEN);
        assertThat(requests.get(1).method()).isEqualTo("POST");
        assertThat(requests.get(1).body()).isEqualTo(requests.get(0).body());
    }

    @Test
    void aStatusOf999IsRejectedOnceAndCounted() {
        awaitMetric(page -> page.sum("millrace_flusher_rejected_items_total", "pipeline", "s999", "reason", "999") > 0);
        assertOnce("s999");
    }

    @Test
    void anErrorWithABodyOfAMebibyteIsRetriedAndLoggedShort() {
        List<SentRequest> requests = SCENARIOS.get("long-answer").await("the retry", all -> all.size() > 1);
        assertThat(requests.get(1).body()).isEqualTo(requests.get(0).body());
        assertThat(complaints("long-answer/"))
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line).hasSizeLessThan(1000));
    }

    @Test
    void a413IsSplitUntilItFits() {
        Scenario scenario = SCENARIOS.get("s413");
        List<SentRequest> requests = scenario.await(
                "small requests",
                all -> all.stream()
                        .anyMatch(request -> request.message().series().size() <= 2
                                && !request.series("letter_good").isEmpty()));
        assertEveryScrapeOnce(scenario, request -> request.message().series().size() <= 2);
        assertThat(requests.get(0).message().series()).hasSizeGreaterThan(2);
        assertNothingIsRejected("s413");
    }

    @Test
    void isolateRejectedLeavesOnlyTheOffendingSeriesBehind() {
        Scenario scenario = SCENARIOS.get("isolated");
        scenario.await(
                "the good series",
                all -> all.stream()
                        .anyMatch(request -> request.series("letter_bad").isEmpty()
                                && !request.series("letter_good").isEmpty()));
        assertEveryScrapeOnce(scenario, request -> request.series("letter_bad").isEmpty());
        awaitMetric(
                page -> page.sum("millrace_flusher_rejected_items_total", "pipeline", "isolated", "reason", "400") > 0);
    }

    @Test
    void fewerWrittenThanSentOnA2xxIsCountedAsNotWritten() {
        awaitMetric(page ->
                page.sum("millrace_flusher_dropped_items_total", "pipeline", "not-written", "reason", "not_written")
                        == 2);
        assertOnce("not-written");
    }

    @Test
    void ofARefusedRequestOnlyWhatWasNotWrittenIsRejected() {
        awaitMetric(page ->
                page.sum("millrace_flusher_rejected_items_total", "pipeline", "partly-refused", "reason", "400") == 3);
        assertOnce("partly-refused");
    }

    @Test
    void a400ToARepeatWhoseFirstAnswerIsUnknownIsNoLoss() {
        awaitMetric(page ->
                page.sum("millrace_flusher_dropped_items_total", "pipeline", "repeat", "reason", "repeat_refused") > 0);
        assertNothingIsRejected("repeat");
    }

    @Test
    void a408IsNotRetriedBecauseTheSpecificationForbidsIt() {
        awaitMetric(page -> page.sum("millrace_flusher_rejected_items_total", "pipeline", "s408", "reason", "408") > 0);
        assertOnce("s408");
    }

    @Test
    void aStatusCanBeGivenAnotherMeaning() {
        List<SentRequest> requests = SCENARIOS.get("s409").await("the retry", all -> all.size() > 1);
        assertThat(requests.get(1).body()).isEqualTo(requests.get(0).body());
    }

    @Test
    void anUnresolvableHostIsRetriedAndTheProcessStaysUpAndSaysSo() throws IOException {
        awaitComplaint("unresolvable/", "host.invalid");
        assertThat(millrace.process().alive()).isTrue();
        assertNothingIsRejected("unresolvable");
    }

    @Test
    void anUnknownSchemeOfTheUrlIsHeldAndTheProcessStaysUpAndSaysSo() throws IOException {
        awaitMetric(page -> page.sum("millrace_flusher_held", "pipeline", "scheme") == 1);
        awaitMetric(page -> page.sum("millrace_flusher_backlog_items", "pipeline", "scheme") > 0);
        awaitComplaint("scheme/", "held");
        assertThat(complaints("scheme/")).anyMatch(line -> line.contains("'gopher' (expected: http or https)"));
        assertThat(Web.get(millrace.admin() + "/api/v1/status").body()).contains("'gopher' (expected: http or https)");
        assertThat(Web.get(millrace.admin() + "/-/ready?pipeline=scheme").statusCode())
                .isEqualTo(200);
        assertThat(millrace.process().alive()).isTrue();
        assertNothingIsRejected("scheme");
    }

    @Test
    void anUnknownSchemeOfTheUrlIsGivenUpWhereTheUserWantsThat() {
        awaitMetric(page ->
                page.sum("millrace_flusher_rejected_items_total", "pipeline", "given-up", "reason", "misconfigured")
                        > 0);
    }

    /* What the receiver took of the good series is what it was shown of it, once and in order. */
    private static void assertEveryScrapeOnce(Scenario scenario, Predicate<SentRequest> taken) {
        List<SentRequest> requests = scenario.await(
                "some scrapes", all -> good(all.stream().filter(taken)).size() >= SCRAPES);
        List<Double> numbers = good(requests.stream().filter(taken));
        double newest = numbers.get(numbers.size() - 1);
        assertThat(numbers)
                .isEqualTo(good(requests.stream()).stream()
                        .filter(number -> number <= newest)
                        .distinct()
                        .toList());
    }

    private static List<Double> good(Stream<SentRequest> requests) {
        return requests.flatMap(request -> request.series("letter_good").stream())
                .flatMap(series -> series.samples().stream())
                .filter(sample -> !sample.stale())
                .map(Sent.Sample::value)
                .toList();
    }

    private static void assertOnce(String name) {
        SCENARIOS.get(name).await("more requests", all -> all.size() > 2);
        assertThat(SenderRules.bodies(SCENARIOS.get(name).requests()).values()).allMatch(times -> times == 1);
    }

    private static void assertNothingIsRejected(String pipeline) {
        awaitMetric(page -> page.sum("millrace_flusher_rejected_items_total", "pipeline", pipeline) == 0);
    }

    private static void awaitMetric(Predicate<MetricsPage> condition) {
        Await.until("a metric", DEADLINE, () -> condition.test(millrace.metrics()), OutcomeIT::state);
    }

    private static void awaitComplaint(String start, String text) {
        Await.until(
                "a line with " + text,
                DEADLINE,
                () -> complaints(start).stream().anyMatch(line -> line.contains(text)),
                OutcomeIT::state);
    }

    private static List<String> complaints(String start) {
        return LogLine.complaints(millrace.lines()).stream()
                .filter(line -> line.startsWith(start))
                .toList();
    }

    private static String state() {
        try {
            return String.join("\n", millrace.lines()) + "\n"
                    + millrace.metrics().samples().stream()
                            .filter(sample -> sample.name().startsWith("millrace_flusher"))
                            .map(MetricsPage.Sample::toString)
                            .reduce("", (all, one) -> all + "\n" + one);
        } catch (IOException e) {
            return String.join("\n", millrace.lines());
        }
    }
}

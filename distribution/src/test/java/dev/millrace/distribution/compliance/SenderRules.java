package dev.millrace.distribution.compliance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.distribution.run.Await;
import dev.millrace.distribution.run.LogLine;
import dev.millrace.distribution.run.Millrace;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * What both versions of the specification ask of a sender. One process holds all scenarios; each test looks at what the
 * receiver of one recorded, and fails where that is nothing.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class SenderRules {
    /** What a receiver says of a request that it refuses; nothing in it may be understood. */
    static final String REFUSAL = "sample 7 is out of order; HTTP 500, please retry";

    private static final int FAILURES = 4;
    private static final int VANISHES_AT = 3;
    private static final double LEAST_JITTER = 0.9;
    private static final int PARALLEL_SERIES = 100;
    private static final Duration SLOW = Duration.ofMillis(300);

    private final Map<String, Scenario> scenarios = new LinkedHashMap<>();
    private Path folder;
    private Millrace millrace;

    /** The value of {@code Protocol}. */
    abstract String protocol();

    /** Scenarios of one version. */
    abstract Stream<Scenario> more();

    @BeforeAll
    void start(@TempDir Path empty) {
        folder = empty;
        millrace = Millrace.in(folder);
        Stream.concat(common(), more()).forEach(scenario -> {
            scenarios.put(scenario.name(), scenario);
            scenario.addTo(millrace);
        });
        millrace.start();
    }

    @AfterAll
    void stop() {
        millrace.close();
        scenarios.values().forEach(Scenario::close);
    }

    private Stream<Scenario> common() {
        return Stream.of(
                scenario("letter", PageTarget.TEXT, SenderRules::letter, Answer::taken, ""),
                scenario(
                        "errors",
                        PageTarget.TEXT,
                        SenderRules::steady,
                        request -> request.number() < FAILURES
                                ? Answer.of(503).text("400 bad request, do not retry")
                                : Answer.taken(request),
                        "Concurrency: 1"),
                scenario(
                        "refused",
                        PageTarget.TEXT,
                        SenderRules::steady,
                        request -> request.number() < FAILURES
                                ? written(request, Answer.of(400).text(REFUSAL))
                                : Answer.taken(request),
                        "Concurrency: 1"),
                scenario(
                        "limited",
                        PageTarget.TEXT,
                        SenderRules::steady,
                        request ->
                                request.number() == 0 ? Answer.of(429).with("Retry-After", "2") : Answer.taken(request),
                        "Concurrency: 1"),
                scenario(
                        "chatty",
                        PageTarget.TEXT,
                        SenderRules::steady,
                        request -> new Answer(200, Answer.taken(request).headers(), new byte[0])
                                .text("error: nothing was stored, send it again"),
                        ""),
                scenario(
                        "parallel",
                        PageTarget.TEXT,
                        SenderRules::many,
                        SenderRules::slowly,
                        "Concurrency: 4\nSeriesLimit: 10"),
                scenario(
                        "failing",
                        PageTarget.TEXT,
                        scrape -> scrape == VANISHES_AT ? "" : steady(scrape),
                        Answer::taken,
                        ""));
    }

    final Scenario scenario(
            String name,
            String type,
            java.util.function.IntFunction<String> pages,
            RecordingReceiver.Script script,
            String flusher) {
        return Scenario.of(name, PageTarget.of(type, pages), script, "Protocol: '" + protocol() + "'\n" + flusher);
    }

    final Scenario scenario(String name) {
        return scenarios.get(name);
    }

    final Millrace millrace() {
        return millrace;
    }

    /* A receiver of 2.0 says how much of a request that it refused it has all the same: here nothing. */
    private static Answer written(SentRequest request, Answer answer) {
        return request.second() ? answer.written(0, 0, 0) : answer;
    }

    private static String steady(int scrape) {
        return "# TYPE letter_steady counter\nletter_steady " + scrape + "\n";
    }

    private static String many(int scrape) {
        return IntStream.range(0, PARALLEL_SERIES)
                .mapToObj(number -> "letter_many{number=\"" + number + "\"} " + scrape + "\n")
                .collect(Collectors.joining());
    }

    /* So slowly that one lane falls behind, and with a failure now and then that is to be repeated before the next. */
    private static Answer slowly(SentRequest request) {
        LockSupport.parkNanos(SLOW.toNanos());
        return fails(request) ? Answer.of(503) : Answer.taken(request);
    }

    private static boolean fails(SentRequest request) {
        return request.number() % 10 == 9;
    }

    /* What is easily missed. Its last line has no end. */
    private static String letter(int scrape) {
        return """
                # HELP letter_counter A counter without its suffix.
                # HELP letter_counter A counter without its suffix.
                # TYPE letter_counter counter
                letter_counter 5
                # A comment.
                letter_negative_zero -0
                letter_nan NaN
                letter_infinite +Inf
                letter_precise 0.1
                letter_labels{empty="",b="1",B="2",_a="3",a="4",aa="5"} 1
                letter_text{value="äöü€𝄞 \\"quoted\\" \\\\ \\n end"} 1
                up 42
                """
                + (scrape < VANISHES_AT
                        ? "letter_vanishing 1\nletter_timed 1 " + System.currentTimeMillis() + "\n"
                        : "")
                + steady(scrape)
                + "letter_last " + scrape;
    }

    final List<Sent.Series> allSeries() {
        scenario("letter").samples("letter_steady", VANISHES_AT + 2);
        return scenario("letter").requests().stream()
                .flatMap(request -> request.message().series().stream())
                .toList();
    }

    /** Requests of the first attempt, and those that repeat what was answered 503 and 429. */
    final List<SentRequest> withRetries() {
        List<SentRequest> all = new ArrayList<>(scenario("letter").requests());
        all.addAll(scenario("errors").await("all attempts", requests -> requests.size() > FAILURES));
        all.addAll(scenario("limited").await("the second attempt", requests -> requests.size() > 1));
        return all;
    }

    @Test
    void sendersMustSendTheMessageInTheBodyOfAnHttpPostRequestToTheProvidedUrlPath() {
        assertThat(withRetries()).allSatisfy(request -> {
            assertThat(request.method()).isEqualTo("POST");
            assertThat(request.path()).isEqualTo(RecordingReceiver.PATH);
            assertThat(request.body()).isNotEmpty();
        });
    }

    @Test
    void timestampsMustBeInt64CountedAsMillisecondsSinceTheUnixEpoch() {
        long now = System.currentTimeMillis();
        assertThat(scenario("letter").samples("letter_steady", 2))
                .allSatisfy(sample -> assertThat(sample.timestamp())
                        .isBetween(now - TimeUnit.MINUTES.toMillis(10), now + TimeUnit.MINUTES.toMillis(1)));
    }

    @Test
    void valuesMustBeFloat64() {
        Map<String, Long> bits = Map.of(
                "letter_precise", Double.doubleToRawLongBits(0.1),
                "letter_negative_zero", Double.doubleToRawLongBits(-0.0),
                "letter_infinite", Double.doubleToRawLongBits(Double.POSITIVE_INFINITY),
                "letter_last", Double.doubleToRawLongBits(0));
        bits.forEach((metric, value) -> assertThat(
                        scenario("letter").samples(metric, 1).get(0).bits())
                .as(metric)
                .isEqualTo(value));
    }

    @Test
    void contentEncodingMustBeSnappy() {
        assertThat(withRetries())
                .allSatisfy(request ->
                        assertThat(request.header("Content-Encoding")).hasValue("snappy"));
    }

    /* A framed stream begins with the chunk ff 06 00 00 "sNaPpY"; a block with its length. */
    @Test
    void theBlockFormatMustBeUsedTheFramedFormatMustNotBeUsed() {
        assertThat(scenario("letter").requests())
                .allSatisfy(request ->
                        assertThat(Arrays.copyOf(request.body(), 4)).isNotEqualTo(new byte[] {(byte) 0xff, 6, 0, 0}));
    }

    @Test
    void userAgentMustBeSentAndFollowRfc9110() {
        assertThat(withRetries())
                .allSatisfy(request -> assertThat(request.header("User-Agent"))
                        .hasValueSatisfying(
                                agent -> assertThat(agent).matches("(?i)millrace/[0-9]+\\.[0-9]+\\.[0-9]+\\S*")));
    }

    @Test
    void sendersMustIgnoreTheResponseBody() {
        List<SentRequest> requests = scenario("chatty").await("four requests", all -> all.size() >= VANISHES_AT + 1);
        assertThat(bodies(requests))
                .allSatisfy((body, times) -> assertThat(times).isEqualTo(1));
    }

    @Test
    void theCompleteSetOfLabelsMustBeSentWithEachSample() {
        assertThat(allSeries()).allSatisfy(series -> {
            assertThat(series.labelMap()).containsKeys(Sent.NAME, "job", "instance");
            assertThat(series.samples().size() + series.histograms().size()).isPositive();
        });
        assertThat(scenario("letter").series("letter_labels").labelMap())
                .containsEntry("b", "1")
                .containsEntry("B", "2")
                .containsEntry("_a", "3")
                .containsEntry("a", "4")
                .containsEntry("aa", "5")
                .containsEntry("job", "letter")
                .containsEntry("instance", scenario("letter").target().address());
    }

    @Test
    void shouldContainANameLabel() {
        assertThat(allSeries()).allSatisfy(series -> assertThat(series.name()).isNotEmpty());
    }

    @Test
    void mustNotContainRepeatedLabelNames() {
        assertThat(allSeries())
                .allSatisfy(series -> assertThat(series.labels().stream().map(Sent.Label::name))
                        .doesNotHaveDuplicates());
    }

    @Test
    void mustHaveLabelNamesSortedInLexicographicalOrder() {
        assertThat(allSeries()).allSatisfy(series -> {
            List<byte[]> names = series.labels().stream()
                    .map(label -> label.name().getBytes(java.nio.charset.StandardCharsets.UTF_8))
                    .toList();
            for (int i = 1; i < names.size(); i++) {
                assertThat(Arrays.compareUnsigned(names.get(i - 1), names.get(i)))
                        .isNegative();
            }
        });
        assertThat(scenario("letter").series("letter_labels").labels().stream().map(Sent.Label::name))
                .containsExactly("B", Sent.NAME, "_a", "a", "aa", "b", "instance", "job");
    }

    @Test
    void mustNotContainAnyEmptyLabelNamesOrValues() {
        assertThat(allSeries())
                .allSatisfy(series -> assertThat(series.labels()).allSatisfy(label -> {
                    assertThat(label.name()).isNotEmpty();
                    assertThat(label.value()).isNotEmpty();
                }));
        assertThat(scenario("letter").series("letter_labels").labelMap()).doesNotContainKey("empty");
    }

    @Test
    void labelValuesMayBeAnySequenceOfUtf8Characters() {
        assertThat(scenario("letter").series("letter_text").value("value")).isEqualTo("äöü€𝄞 \"quoted\" \\ \n end");
    }

    @Test
    void labelNamesBeginningWithTwoUnderscoresShouldNotBeUsed() {
        assertThat(allSeries())
                .allSatisfy(series -> assertThat(
                                series.labels().stream().map(Sent.Label::name).filter(name -> name.startsWith("__")))
                        .containsExactly(Sent.NAME));
    }

    @Test
    void sendersMustNotTryAndInterpretTheErrorMessageAndShouldLogItAsIs() {
        scenario("refused").await("more requests", requests -> requests.size() > FAILURES);
        Await.until(
                "the answer is logged",
                Duration.ofSeconds(30),
                () -> LogLine.complaints(millrace.lines()).stream()
                        .anyMatch(line -> line.startsWith("refused/") && line.contains(REFUSAL)),
                () -> String.join("\n", millrace.lines()));
        List<SentRequest> requests = scenario("errors").await("more requests", all -> all.size() > FAILURES);
        assertThat(bodies(requests).values())
                .as("a text that says not to retry")
                .contains(FAILURES + 1L);
    }

    @Test
    void sendersMustSendSamplesForAnyGivenSeriesInTimestampOrder() {
        for (String name : List.of("letter", "errors", "limited")) {
            assertInOrder(
                    name,
                    distinct(scenario(name)
                            .await(
                                    "samples of some scrapes",
                                    requests -> distinct(requests).size() >= VANISHES_AT)));
        }
    }

    /* Two requests are in flight where the second came before the first was answered. */
    @Test
    void whenSendersImplementParallelisationTheyMustPreservePerSeriesSampleOrdering() {
        List<SentRequest> requests = scenario("parallel")
                .await(
                        "parallel requests of several scrapes",
                        all -> overlapping(all) >= 10
                                && samples(all, "letter_many").anyMatch(sample -> sample.value() > VANISHES_AT));
        assertInOrder(
                "parallel", requests.stream().filter(request -> !fails(request)).toList());
    }

    private static void assertInOrder(String name, List<SentRequest> requests) {
        Map<Map<String, String>, Long> newest = new HashMap<>();
        for (SentRequest request : requests) {
            for (Sent.Series series : request.message().series()) {
                for (Sent.Sample sample : series.samples()) {
                    Long before = newest.put(series.labelMap(), sample.timestamp());
                    assertThat(before == null || before < sample.timestamp())
                            .as("%s: %s", name, series)
                            .isTrue();
                }
            }
        }
    }

    /* How many requests came sooner behind the one before than that was answered. */
    private static long overlapping(List<SentRequest> requests) {
        return IntStream.range(1, requests.size())
                .filter(i -> requests.get(i).nanos() - requests.get(i - 1).nanos() < SLOW.toNanos())
                .count();
    }

    private static Stream<Sent.Sample> samples(List<SentRequest> requests, String metric) {
        return requests.stream()
                .flatMap(request -> request.series(metric).stream())
                .flatMap(series -> series.samples().stream());
    }

    @Test
    void sendersMustRetryWriteRequestsOnHttp5xxResponses() {
        List<SentRequest> requests = scenario("errors").await("another request", all -> all.size() > FAILURES + 1);
        byte[] first = requests.get(0).body();
        for (int i = 1; i <= FAILURES; i++) {
            assertThat(requests.get(i).body()).as("attempt %s", i).isEqualTo(first);
        }
        assertThat(requests.get(FAILURES + 1).body()).isNotEqualTo(first);
    }

    @Test
    void sendersMustUseABackoffAlgorithmToPreventOverwhelmingTheServer() {
        List<SentRequest> requests = scenario("errors").await("all attempts", all -> all.size() > FAILURES);
        for (int i = 1; i <= FAILURES; i++) {
            long gap = requests.get(i).nanos() - requests.get(i - 1).nanos();
            assertThat(TimeUnit.NANOSECONDS.toMillis(gap))
                    .as("before attempt %s", i)
                    .isGreaterThanOrEqualTo((long) (LEAST_JITTER * (50L << (i - 1))));
        }
    }

    @Test
    void sendersMustNotRetryWriteRequestsOnHttp2xxResponses() {
        List<SentRequest> requests = scenario("letter").await("some requests", all -> all.size() > VANISHES_AT);
        assertThat(bodies(requests))
                .allSatisfy((body, times) -> assertThat(times).isEqualTo(1));
    }

    @Test
    void sendersMustNotRetryWriteRequestsOn4xxResponsesOtherThan429() {
        List<SentRequest> requests = scenario("refused").await("more requests", all -> all.size() > FAILURES + 1);
        Set<Map.Entry<Map<String, String>, Long>> seen = new HashSet<>();
        for (SentRequest request : requests) {
            for (Sent.Series series : request.message().series()) {
                assertThat(series.samples())
                        .allSatisfy(sample -> assertThat(seen.add(Map.entry(series.labelMap(), sample.timestamp())))
                                .as("%s in request %s", series, request.number())
                                .isTrue());
            }
        }
        assertThat(seen).hasSizeGreaterThan(FAILURES);
    }

    @Test
    void sendersMayRetryOnHttp429AndHandleRetryAfter() {
        List<SentRequest> requests = scenario("limited").await("the second attempt", all -> all.size() > 1);
        assertThat(requests.get(1).body()).isEqualTo(requests.get(0).body());
        assertThat(requests.get(1).nanos() - requests.get(0).nanos())
                .isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(1900));
    }

    @Test
    void sendersMustSendStaleMarkersWhenATimeSeriesWillNoLongerBeAppendedTo() {
        List<Sent.Sample> vanished = scenario("letter").samples("letter_vanishing", VANISHES_AT + 1);
        assertThat(vanished).hasSize(VANISHES_AT + 1).last().matches(Sent.Sample::stale);
        assertThat(vanished.subList(0, VANISHES_AT)).noneMatch(Sent.Sample::stale);
        List<Sent.Sample> failed = scenario("failing").samples("letter_steady", VANISHES_AT + 3);
        int back = failed.stream().map(Sent.Sample::value).toList().indexOf(VANISHES_AT + 1.0);
        assertThat(failed.get(back - 1))
                .as("before the next page, because the target could not be scraped")
                .matches(Sent.Sample::stale);
        assertThat(scenario("failing")
                        .samples("up", VANISHES_AT + 1)
                        .get(VANISHES_AT)
                        .value())
                .isZero();
    }

    @Test
    void staleMarkersMustBeSignalledByTheSpecialNanValueWhichMustNotBeUsedOtherwise() {
        List<Sent.Series> all = allSeries();
        assertThat(all.stream().filter(series -> series.samples().stream().anyMatch(Sent.Sample::stale)))
                .allSatisfy(series -> assertThat(series.name()).isEqualTo("letter_vanishing"))
                .hasSize(1);
        assertThat(scenario("letter").samples("letter_nan", 1).get(0).bits()).isEqualTo(0x7ff8000000000001L);
    }

    @Test
    void aTargetThatExposesUpItselfDoesNotReplaceTheOneOfTheScrape() {
        assertThat(scenario("letter").samples("up", 2)).allMatch(sample -> sample.value() == 1);
    }

    @Test
    void anInputWithoutAFinalNewlineDuplicateHelpLinesAndCountersWithoutTotalAreRead() {
        assertThat(scenario("letter").samples("letter_last", 2)).hasSizeGreaterThanOrEqualTo(2);
        assertThat(scenario("letter").samples("letter_counter", 1).get(0).value())
                .isEqualTo(5);
    }

    @Test
    void sendersMustNotAllowUsersToSendReservedHeaders() {
        List<String> reserved = Stream.of(
                        "Content-Type", "content-encoding", "USER-AGENT", "X-Prometheus-Remote-Write-Version")
                .toList();
        for (String name : reserved) {
            Millrace other = Millrace.in(folder.resolve("reserved-" + name))
                    .pipeline(
                            "reserved",
                            "inputs:\n  - Type: metric_mock\nflushers:\n  - Type: flusher_prometheus\n"
                                    + "    Endpoint: 'http://127.0.0.1:9/w'\n    Protocol: '" + protocol()
                                    + "'\n    Headers: {" + name + ": mine}\n");
            var result = dev.millrace.distribution.run.Commands.millrace(
                    "validate", "--conf", other.conf().toString());
            assertThat(result.exitCode()).as(name).isNotZero();
            assertThat(String.join("\n", result.errors())).contains("'" + name + "'");
        }
    }

    @Test
    void staleMarkersAreNeverSentOnShutdown() {
        try (Millrace other = Millrace.in(folder.resolve("shutdown"));
                Scenario last = scenario("shutdown", PageTarget.TEXT, SenderRules::steady, Answer::taken, "")) {
            last.addTo(other);
            other.start();
            last.samples("letter_steady", 2);
            assertThat(other.stop()).isZero();
            assertThat(last.requests().stream()
                            .flatMap(request -> request.message().series().stream())
                            .flatMap(series -> series.samples().stream()))
                    .noneMatch(Sent.Sample::stale);
        }
    }

    /** How often each body came. */
    static Map<String, Long> bodies(List<SentRequest> requests) {
        return requests.stream()
                .collect(Collectors.groupingBy(request -> Arrays.toString(request.body()), Collectors.counting()));
    }

    /** The requests without those that repeat the one before. */
    static List<SentRequest> distinct(List<SentRequest> requests) {
        List<SentRequest> distinct = new ArrayList<>();
        for (SentRequest request : requests) {
            if (distinct.stream().noneMatch(one -> Arrays.equals(one.body(), request.body()))) {
                distinct.add(request);
            }
        }
        return distinct;
    }
}

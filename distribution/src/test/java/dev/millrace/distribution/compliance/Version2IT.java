package dev.millrace.distribution.compliance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The sentences of remote write 2.0. */
final class Version2IT extends SenderRules {
    /** Where the pages say that counting began, in milliseconds. */
    private static final long CREATED = 1_700_000_000_500L;

    private static final int COUNTER = 1;
    private static final int GAUGE = 2;
    private static final int HISTOGRAM = 3;
    private static final int SCRAPES = 2;

    @Override
    String protocol() {
        return "2.0";
    }

    @Override
    Stream<Scenario> more() {
        return Stream.of(
                scenario("open-metrics", PageTarget.OPEN_METRICS, Version2IT::openMetrics, Answer::taken, ""),
                scenario("names", PageTarget.TEXT, Version2IT::anyNames, Answer::taken, ""),
                Scenario.of("native", NativePage.target(), Answer::taken, "Protocol: '2.0'"),
                Scenario.of("mixed", NativePage.mixedTarget(), Answer::taken, "Protocol: '2.0'\nBatchTimeout: 4s"),
                scenario(
                        "other-version",
                        PageTarget.TEXT,
                        scrape -> "letter_steady " + scrape + "\n",
                        request -> Answer.taken(request).with("X-Prometheus-Remote-Write-Version", "0.1.0"),
                        ""),
                scenario(
                        "partly",
                        PageTarget.TEXT,
                        scrape -> "letter_steady " + scrape + "\nletter_other 1\n",
                        request -> request.number() < 2 ? Answer.of(500).written(1, 0, 0) : Answer.taken(request),
                        "Concurrency: 1"));
    }

    private static String openMetrics(int scrape) {
        return """
                # TYPE letter_requests counter
                # HELP letter_requests The requests.
                letter_requests_total{code="200"} %s # {trace_id="abc",span_id="1"} 0.5
                letter_requests_created{code="200"} 1700000000.5
                # TYPE letter_latency_seconds histogram
                # UNIT letter_latency_seconds seconds
                # HELP letter_latency_seconds The latency.
                letter_latency_seconds_bucket{le="0.1"} 3 # {trace_id="def"} 0.05 1700000001.25
                letter_latency_seconds_bucket{le="+Inf"} 4
                letter_latency_seconds_count 4
                letter_latency_seconds_sum 1.5
                letter_latency_seconds_created 1700000000.5
                # TYPE letter_temperature_celsius gauge
                # UNIT letter_temperature_celsius celsius
                # HELP letter_temperature_celsius The temperature.
                letter_temperature_celsius 21.5
                # TYPE letter_old counter
                letter_old_total 1
                letter_old_created 0
                # EOF
                """.formatted(scrape);
    }

    /* U+FB00 comes before U+1D11E in UTF-8, and behind it in UTF-16. */
    private static String anyNames(int scrape) {
        return """
                {"letter.dotted","ﬀ"="1","𝄞"="2","a.b"="3"} %s
                """.formatted(scrape);
    }

    private Stream<Sent.Series> everything() {
        return Stream.of("letter", "open-metrics", "names", "native")
                .flatMap(name -> scenario(name).await("some requests", requests -> requests.size() >= SCRAPES).stream())
                .flatMap(request -> request.message().series().stream());
    }

    @Test
    void contentTypeShouldNameTheMessageOfVersion2() {
        assertThat(withRetries())
                .allSatisfy(
                        request -> assertThat(request.header("Content-Type")).hasValue(SentRequest.VERSION_2));
    }

    @Test
    void sendersShouldUseTheNewestVersionTheyAreCompatibleWith() {
        assertThat(withRetries())
                .allSatisfy(request -> assertThat(request.header("X-Prometheus-Remote-Write-Version"))
                        .hasValue("2.0.0"));
    }

    @Test
    void sendersMustSupportTheMessageOfVersion2() {
        assertThat(everything()).isNotEmpty();
        assertThat(scenario("letter").requests()).allMatch(SentRequest::second);
    }

    @Test
    void sendersShouldSendSamplesForMultipleSeriesInASingleRequest() {
        assertThat(scenario("letter").requests())
                .anyMatch(request -> request.message().series().size() > 5);
    }

    @Test
    void theSymbolsTableMustBeProvidedDeduplicatedAndBeginWithAnEmptyString() {
        for (String name : List.of("letter", "open-metrics", "names", "native")) {
            assertThat(scenario(name).requests()).allSatisfy(request -> {
                List<String> symbols = request.message().symbols();
                assertThat(symbols).doesNotHaveDuplicates();
                assertThat(symbols.get(0)).isEmpty();
            });
        }
    }

    /* The reader of the receiver fails at a reference beyond the table, and at one without its pair. */
    @Test
    void referencesMustPointToAnExistingIndex() {
        assertThat(everything())
                .allSatisfy(series -> assertThat(series.labels()).isNotEmpty());
    }

    @Test
    void labelsRefsMustBeProvided() {
        assertThat(everything())
                .allSatisfy(series -> assertThat(series.labels()).hasSizeGreaterThanOrEqualTo(3));
    }

    @Test
    void atLeastOneElementInSamplesOrInHistogramsMustBeProvidedAndNotBoth() {
        assertThat(everything())
                .allSatisfy(series -> assertThat(series.samples().isEmpty()
                                != series.histograms().isEmpty())
                        .as("%s", series)
                        .isTrue());
    }

    /* The target has a histogram and a float of one name in turn, and several scrapes share a request. */
    @Test
    void forSeriesWhichMixFloatAndHistogramSamplesASeparateTimeSeriesMustBeUsed() {
        SentRequest request =
                scenario("mixed").await("both in a request", all -> all.stream().anyMatch(Version2IT::mixed)).stream()
                        .filter(Version2IT::mixed)
                        .findFirst()
                        .orElseThrow();
        assertThat(request.series(NativePage.MIXED))
                .hasSizeGreaterThan(1)
                .allSatisfy(series -> assertThat(series.samples().isEmpty()
                                != series.histograms().isEmpty())
                        .as("%s", series)
                        .isTrue());
        assertThat(request.series(NativePage.MIXED).stream()
                        .map(Sent.Series::labels)
                        .distinct())
                .hasSize(1);
    }

    private static boolean mixed(SentRequest request) {
        List<Sent.Series> series = request.series(NativePage.MIXED);
        return series.stream().anyMatch(one -> one.samples().stream().anyMatch(sample -> sample.value() == 1))
                && series.stream().anyMatch(one -> !one.histograms().isEmpty());
    }

    @Test
    void metadataSubFieldsShouldBeProvided() {
        assertThat(scenario("open-metrics").series("letter_requests_total").metadata())
                .hasValue(new Sent.Metadata("", COUNTER, "The requests.", ""));
        assertThat(scenario("open-metrics")
                        .series("letter_latency_seconds_bucket")
                        .metadata())
                .hasValue(new Sent.Metadata("", HISTOGRAM, "The latency.", "seconds"));
        assertThat(scenario("open-metrics").series("letter_temperature_celsius").metadata())
                .hasValue(new Sent.Metadata("", GAUGE, "The temperature.", "celsius"));
        assertThat(scenario("letter").series("letter_counter").metadata())
                .hasValue(new Sent.Metadata("", COUNTER, "A counter without its suffix.", ""));
        assertThat(scenario("letter")
                        .series("scrape_duration_seconds")
                        .metadata()
                        .map(Sent.Metadata::type))
                .hasValue(GAUGE);
    }

    @Test
    void exemplarsShouldBeProvidedIfTheyExist() {
        assertThat(scenario("open-metrics").series("letter_requests_total").exemplars())
                .singleElement()
                .satisfies(exemplar -> assertThat(exemplar.labels())
                        .containsExactly(new Sent.Label("span_id", "1"), new Sent.Label("trace_id", "abc")));
    }

    @Test
    void eachExemplarMustContainAValue() {
        assertThat(exemplars())
                .hasSizeGreaterThanOrEqualTo(2)
                .allSatisfy(exemplar -> assertThat(exemplar.value()).isPresent());
        assertThat(scenario("open-metrics")
                        .series("letter_requests_total")
                        .exemplars()
                        .get(0)
                        .value())
                .map(Double::longBitsToDouble)
                .hasValue(0.5);
    }

    @Test
    void eachExemplarMustContainATimestampWhichIsThatOfTheScrapeWhereItHasNone() {
        assertThat(exemplars())
                .allSatisfy(exemplar -> assertThat(exemplar.timestamp()).isPositive());
        Sent.Series without = scenario("open-metrics").series("letter_requests_total");
        assertThat(without.exemplars().get(0).timestamp())
                .isEqualTo(without.samples().get(0).timestamp());
        assertThat(scenario("open-metrics")
                        .series("letter_latency_seconds_bucket")
                        .exemplars()
                        .get(0)
                        .timestamp())
                .isEqualTo(1_700_000_001_250L);
    }

    private List<Sent.Exemplar> exemplars() {
        scenario("open-metrics").series("letter_requests_total");
        return scenario("open-metrics").requests().stream()
                .flatMap(request -> request.message().series().stream())
                .flatMap(series -> series.exemplars().stream())
                .toList();
    }

    @Test
    void startTimestampShouldBeProvidedForTypesThatFollowCounterSemantics() {
        for (String metric : List.of(
                "letter_requests_total",
                "letter_latency_seconds_bucket",
                "letter_latency_seconds_count",
                "letter_latency_seconds_sum")) {
            assertThat(scenario("open-metrics").samples(metric, 1).get(0).startTimestamp())
                    .as(metric)
                    .isEqualTo(CREATED);
        }
        assertThat(scenario("open-metrics")
                        .samples("letter_temperature_celsius", 1)
                        .get(0)
                        .startTimestamp())
                .isZero();
        assertThat(scenario("native")
                        .series("letter_native")
                        .histograms()
                        .get(0)
                        .startTimestamp())
                .isEqualTo(CREATED);
    }

    @Test
    void aStartAtTheEpochIsSentAsOneMillisecond() {
        assertThat(Math.abs(scenario("open-metrics")
                        .samples("letter_old_total", 1)
                        .get(0)
                        .startTimestamp()))
                .isEqualTo(1);
    }

    @Test
    void namesAndValuesMustBeAnySequenceOfUtf8Characters() {
        Sent.Series series = scenario("names").series("letter.dotted");
        assertThat(series.labels().stream().map(Sent.Label::name))
                .containsExactly("__name__", "a.b", "instance", "job", "ﬀ", "𝄞");
        List<byte[]> names = series.labels().stream()
                .map(label -> label.name().getBytes(StandardCharsets.UTF_8))
                .toList();
        for (int i = 1; i < names.size(); i++) {
            assertThat(Arrays.compareUnsigned(names.get(i - 1), names.get(i))).isNegative();
        }
    }

    @Test
    void integerHistogramsAreSentAsTheyAre() {
        Sent.Histogram histogram =
                scenario("native").series("letter_native").histograms().get(0);
        assertThat(histogram.countInt()).hasValue(NativePage.COUNT);
        assertThat(histogram.countFloat()).isEmpty();
        assertThat(histogram.schema()).isEqualTo(NativePage.SCHEMA);
        assertThat(histogram.positiveDeltas()).isEqualTo(NativePage.DELTAS);
        assertThat(Double.longBitsToDouble(histogram.sum())).isEqualTo(NativePage.SUM);
    }

    @Test
    void staleMarkersMustBeSentUnlessAnExplicitTimestampWasUsed() {
        scenario("letter").samples("letter_vanishing", 4);
        assertThat(scenario("letter").samples("letter_timed", 3)).hasSize(3).noneMatch(Sent.Sample::stale);
    }

    @Test
    void sendersMustNotAssumeTheReceiversVersionFromTheResponseHeaders() {
        assertThat(scenario("other-version").await("three requests", requests -> requests.size() >= 3))
                .allMatch(SentRequest::second);
    }

    @Test
    void aPartialWriteThatIsToBeRetriedIsRepeatedAsAWhole() {
        List<SentRequest> requests = scenario("partly").await("the third attempt", all -> all.size() > 2);
        assertThat(requests.get(1).body()).isEqualTo(requests.get(0).body());
        assertThat(requests.get(2).body()).isEqualTo(requests.get(0).body());
    }

    @Test
    void timeSeriesOfOneRequestMayRepeatLabelsButNoSampleTwice() {
        Set<Map.Entry<Map<String, String>, Long>> seen = new HashSet<>();
        for (SentRequest request : distinct(scenario("letter").requests())) {
            for (Sent.Series series : request.message().series()) {
                for (Sent.Sample sample : series.samples()) {
                    assertThat(seen.add(Map.entry(series.labelMap(), sample.timestamp())))
                            .as("%s", series)
                            .isTrue();
                }
            }
        }
        assertThat(seen).isNotEmpty();
    }
}

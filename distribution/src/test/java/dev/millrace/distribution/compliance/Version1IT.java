package dev.millrace.distribution.compliance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The sentences of remote write 1.0. */
final class Version1IT extends SenderRules {
    private static final Pattern METRIC = Pattern.compile("[a-zA-Z_:]([a-zA-Z0-9_:])*");
    private static final String ESCAPED = "U__letter_2e_dotted";
    private static final Pattern LABEL = Pattern.compile("[a-zA-Z_]([a-zA-Z0-9_])*");

    @Override
    String protocol() {
        return "1.0";
    }

    @Override
    Stream<Scenario> more() {
        return Stream.of(scenario("no-headers", PageTarget.TEXT, Version1IT::names, request -> Answer.of(204), ""));
    }

    private static String names(int scrape) {
        return "letter_steady " + scrape + "\n{\"letter.dotted\",\"a.b\"=\"3\"} 1\n";
    }

    @Test
    void contentTypeMustBeApplicationXProtobuf() {
        assertThat(withRetries())
                .allSatisfy(
                        request -> assertThat(request.header("Content-Type")).hasValue("application/x-protobuf"));
    }

    @Test
    void sendersMustSendTheVersionNumberInAHeader() {
        assertThat(withRetries())
                .allSatisfy(request -> assertThat(request.header("X-Prometheus-Remote-Write-Version"))
                        .hasValue("0.1.0"));
    }

    /* The reader of the receiver knows the fields of the schema and no other. */
    @Test
    void mustUseTheSchemaDefinedAbove() {
        assertThat(allSeries()).isNotEmpty();
    }

    @Test
    void sendersMustNotAssumeThatAMissingWrittenHeaderMeansNothingWasWritten() {
        Scenario scenario = scenario("no-headers");
        scenario.samples("letter_steady", 3);
        assertThat(bodies(scenario.requests()).values()).allMatch(times -> times == 1);
        assertThat(scenario.requests()).noneMatch(SentRequest::second);
    }

    @Test
    void metricNamesMustAdhereToTheRegex() {
        assertThat(everything()).allSatisfy(series -> assertThat(series.name()).matches(METRIC));
    }

    @Test
    void labelNamesMustAdhereToTheRegex() {
        assertThat(everything())
                .allSatisfy(series -> assertThat(series.labels())
                        .allSatisfy(label -> assertThat(label.name()).matches(LABEL)));
    }

    private Stream<Sent.Series> everything() {
        scenario("no-headers").series(ESCAPED);
        return Stream.of("letter", "no-headers")
                .flatMap(name -> scenario(name).requests().stream())
                .flatMap(request -> request.message().series().stream());
    }
}

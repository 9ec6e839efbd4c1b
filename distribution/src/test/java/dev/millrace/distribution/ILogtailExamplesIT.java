package dev.millrace.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.distribution.numbered.NumberedTarget;
import dev.millrace.distribution.numbered.Ports;
import dev.millrace.distribution.run.Await;
import dev.millrace.distribution.run.Commands;
import dev.millrace.distribution.run.Millrace;
import dev.millrace.distribution.run.RemoteWriteReceiver;
import dev.millrace.distribution.run.TextReceiver;
import dev.millrace.distribution.run.Web;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The examples that iLogtail's documentation has for the plugins that are here too: only addresses and paths are changed, or
 * what {@code from-ilogtail.md} says has to be.
 */
@Tag("servers")
final class ILogtailExamplesIT {
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private static String example(String name) throws IOException {
        return Files.readString(Path.of("src/test/resources/ilogtail", name + ".yaml"));
    }

    @Test
    void bytesAreGroupedByAParameterAndForwarded() throws Exception {
        String address = "127.0.0.1:" + Ports.free();
        try (TextReceiver receiver = TextReceiver.start();
                Millrace millrace = Millrace.in(folder)) {
            millrace.pipeline(
                            "web",
                            example("aggregator-metadata-group")
                                    .replace("127.0.0.1:12345", address)
                                    .replace("127.0.0.1:8086", receiver.address()))
                    .start();
            post(address, "db=mydb", "test,host=server01,region=cn value=0.1");
            post(address, "db=other", "second");

            Await.until("both are there", DEADLINE, () -> receiver.posts().size() == 2);
            assertThat(receiver.posts())
                    .containsExactlyInAnyOrder(
                            new TextReceiver.Post("/write?db=mydb", "test,host=server01,region=cn value=0.1"),
                            new TextReceiver.Post("/write?db=other", "second"));
        }
    }

    @ParameterizedTest
    @CsvSource({"flusher-prometheus", "flusher-http"})
    void aConfigurationOfPrometheusIsScrapedAndWritten(String name) throws Exception {
        Path configuration = folder.resolve("prometheus.yml");
        try (NumberedTarget target = NumberedTarget.start(10);
                RemoteWriteReceiver receiver = RemoteWriteReceiver.start();
                Millrace millrace = Millrace.in(folder)) {
            receiver.demand("Basic "
                    + Base64.getEncoder()
                            .encodeToString("YOUR_USERNAME:YOUR_PASSWORD".getBytes(StandardCharsets.UTF_8)));
            Files.writeString(configuration, """
                    global: {scrape_interval: 1s, evaluation_interval: 1s}
                    rule_files: [rules.yml]
                    scrape_configs:
                      - job_name: numbered
                        static_configs: [{targets: ['%s']}]
                    """.formatted(target.address()));
            millrace.pipeline(
                            "web",
                            example(name)
                                    .replace("/etc/prometheus/prometheus.yml", configuration.toString())
                                    .replace(
                                            "PROMETHEUS_REMOTEWRITE_ADDRESS",
                                            URI.create(receiver.endpoint()).getAuthority()))
                    .start();
            Await.until(
                    "samples arrive",
                    DEADLINE,
                    () -> !receiver.samples(NumberedTarget.METRIC).isEmpty());

            Files.writeString(
                    configuration, Files.readString(configuration).replace("job_name: numbered", "job_name: renamed"));
            Await.until(
                    "a change of the file is taken",
                    DEADLINE,
                    () -> receiver.samples(NumberedTarget.METRIC).keySet().stream()
                            .anyMatch(series -> series.contains("renamed")));
        }
    }

    @Test
    void labelsDecideWhatIsSentWhere() throws Exception {
        try (TextReceiver receiver = TextReceiver.start();
                Millrace millrace = Millrace.in(folder)) {
            millrace.pipeline(
                            "web", named(example("ext-groupinfo-filter")).replace("localhost:8086", receiver.address()))
                    .start();
            Await.until(
                    "both destinations have something",
                    DEADLINE,
                    () -> receiver.posts().stream()
                                    .map(TextReceiver.Post::target)
                                    .distinct()
                                    .count()
                            == 2);
            assertThat(receiver.posts())
                    .allSatisfy(post -> assertThat(post.body())
                            .startsWith("{\"contents\":{\"__name__\":\"mock_metric\"")
                            .contains(post.target().endsWith("tag1") ? "tag1#$#tag1" : "tag2#$#tag2"));
        }
    }

    @Test
    void aBreakerStandsInTheWayOfRequests() throws Exception {
        try (TextReceiver receiver = TextReceiver.start();
                Millrace millrace = Millrace.in(folder)) {
            millrace.pipeline(
                            "web",
                            named(example("ext-request-breaker"))
                                    .replace("tag1: tag1\n", "tag1: {Pattern: tag1}\n")
                                    .replace("GroupTags:\n      tag1: {Pattern: tag1}", "GroupTags:\n      tag1: tag1")
                                    .replace("localhost:8086", receiver.address()))
                    .start();
            Await.until("events arrive", DEADLINE, () -> receiver.posts().size() > 10);
            receiver.answer(503);
            awaitLine(millrace, "it lets one request pass each second until one succeeds");
            receiver.answer(204);
            awaitLine(millrace, "a request has succeeded; all pass again");
            int before = receiver.posts().size();
            Await.until("events arrive again", DEADLINE, () -> receiver.posts().size() > before + 3);
        }
    }

    private static void awaitLine(Millrace millrace, String end) {
        Await.until(
                end,
                DEADLINE,
                () -> millrace.lines().stream().anyMatch(line -> line.endsWith(end)),
                () -> String.join("\n", millrace.lines()));
    }

    @Test
    void anEncoderIsReachedByItsId() throws Exception {
        try (TextReceiver receiver = TextReceiver.start();
                Millrace millrace = Millrace.in(folder)) {
            millrace.pipeline(
                            "web",
                            "inputs:\n  - Type: metric_mock\n    IntervalMs: 200\n"
                                    + example("ext-default-encoder")
                                            .replace(
                                                    "Address: http://127.0.0.1:8080/write",
                                                    "RemoteURL: " + receiver.url()))
                    .start();
            Await.until(
                    "series in protobuf arrive",
                    DEADLINE,
                    () -> receiver.posts().stream().anyMatch(post -> post.body().contains("mock_metric")),
                    () -> String.join("\n", millrace.lines()));
        }
    }

    @Test
    void countersArePrinted() throws Exception {
        try (Millrace millrace = Millrace.in(folder)) {
            millrace.pipeline("web", example("metric-mock")).start();
            String line =
                    "mock_metric{field1=\"field1\",field2=\"field2\",series=\"0\",tag1=\"tag1\",tag2=\"tag2\"} 101 ";
            Await.until(
                    "a line",
                    DEADLINE,
                    () -> millrace.lines().stream().anyMatch(each -> each.contains(line)),
                    () -> String.join("\n", millrace.lines()));
        }
    }

    @Test
    void aRawBodyIsPrintedWithTheLabelsOfItsRequest() throws Exception {
        String address = "127.0.0.1:" + Ports.free();
        try (Millrace millrace = Millrace.in(folder)) {
            millrace.pipeline("web", example("service-http-server").replace("127.0.0.1:12345", address))
                    .start();
            post(address, "QueryKey=queryValue", "test_measurement,host=server01,region=cn value=0.5");
            String line = "\"test_measurement,host=server01,region=cn value=0.5\""
                    + " {_header_prefix_HeaderKey=\"headerValue\",_param_prefix_QueryKey=\"queryValue\"}";
            Await.until(
                    "a line",
                    DEADLINE,
                    () -> millrace.lines().stream().anyMatch(each -> each.contains(line)),
                    () -> String.join("\n", millrace.lines()));
        }
    }

    /** What cannot work as it is documented gets an error for each of its mistakes. */
    @Test
    void mistakesOfExamplesAreNamed() throws Exception {
        assertThat(validate("ext-default-encoder"))
                .anyMatch(line -> line.contains("missing required key 'inputs'"))
                .anyMatch(line -> line.contains("unknown key 'Address'"));
        assertThat(validate("ext-groupinfo-filter"))
                .anyMatch(line -> line.contains("a second 'metric_mock' beside inputs[0]")
                        && line.contains("name each, such as 'Type: metric_mock/one'"));
        assertThat(validate("ext-request-breaker"))
                .anyMatch(line -> line.contains("Tags.tag1: a text (expected: a mapping of keys)"));
    }

    private List<String> validate(String name) throws IOException {
        Millrace millrace = Millrace.in(folder.resolve(name)).pipeline("web", example(name));
        Commands.Result result =
                Commands.millrace("validate", "--conf", millrace.conf().toString());
        assertThat(result.exitCode()).isEqualTo(3);
        return result.errors();
    }

    /** Two inputs of one type need names here. */
    private static String named(String pipeline) {
        return pipeline.replaceFirst("Type: metric_mock\n", "Type: metric_mock/one\n")
                .replaceFirst("Type: metric_mock\n", "Type: metric_mock/two\n")
                .replaceFirst("- Type: flusher_http\n", "- Type: flusher_http/one\n")
                .replaceFirst("- Type: flusher_http\n", "- Type: flusher_http/two\n");
    }

    private static void post(String address, String query, String body) throws IOException {
        assertThat(Web.send(HttpRequest.newBuilder(URI.create("http://" + address + "/?" + query))
                                .header("HeaderKey", "headerValue")
                                .POST(HttpRequest.BodyPublishers.ofString(body)))
                        .statusCode())
                .isEqualTo(204);
    }
}

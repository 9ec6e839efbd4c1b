package dev.millrace.core.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.core.metrics.MetricRegistry;
import dev.millrace.core.status.ComponentHealth;
import dev.millrace.core.status.ComponentState;
import dev.millrace.core.status.History;
import dev.millrace.core.status.HostFacts;
import dev.millrace.core.status.Reading;
import dev.millrace.core.status.ShownDocuments;
import dev.millrace.core.status.Status;
import dev.millrace.core.tap.Taps;
import dev.millrace.spi.BodyBuffer;
import dev.millrace.spi.http.HttpBody;
import dev.millrace.spi.http.HttpHeaders;
import dev.millrace.spi.http.HttpRequest;
import dev.millrace.spi.http.HttpResponse;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class AdminHandlerTest {
    private static final String REPLAY = "/api/v1/dead-letters/replay";

    private final CompletableFuture<Operations.Report> report = new CompletableFuture<>();
    private final Status status = new Status(
            new HostFacts("1.2.3", "17", 4711, 0, "/data"),
            OptionalLong.empty(),
            new History().upTo(Reading.of(0, 0, List.of())));
    private boolean ready;
    private final List<ComponentHealth> health = List.of(
            new ComponentHealth("web", "input_some", "input", ComponentState.OK, Optional.empty(), 0, 70),
            new ComponentHealth(
                    "web", "flusher_some", "flusher", ComponentState.HELD, Optional.of("the answer is 401"), 1000, 69));

    private final ShownDocuments shown = new ShownDocuments();

    /** A host with the pipelines {@code web}, which runs, and {@code a b}, which does not. */
    private final AdminHandler handler = new AdminHandler(
            new Operations() {
                @Override
                public Optional<Map<String, Object>> shown(String name, Optional<String> pipeline) {
                    return shown.of(name, pipeline);
                }

                @Override
                public CompletionStage<Report> replay(
                        Optional<String> pipeline, Optional<String> flusher, Optional<String> letter) {
                    if (letter.equals(Optional.of("none"))) {
                        throw new IllegalArgumentException("letter: none (expected: one that is listed)");
                    }
                    return CompletableFuture.completedFuture(new Report(
                            flusher.isEmpty(),
                            Stream.of(pipeline, flusher, letter)
                                            .map(asked -> asked.orElse("all"))
                                            .collect(Collectors.joining(" "))
                                    + "\n"));
                }

                @Override
                public boolean ready() {
                    return ready;
                }

                @Override
                public List<ComponentHealth> health() {
                    return health;
                }

                @Override
                public Optional<Boolean> ready(String pipeline) {
                    return switch (pipeline) {
                        case "web" -> Optional.of(true);
                        case "a b" -> Optional.of(false);
                        default -> Optional.empty();
                    };
                }

                @Override
                public Status status() {
                    return status;
                }

                @Override
                public CompletionStage<Report> reload() {
                    return report;
                }

                @Override
                public CompletionStage<Report> planned() {
                    return CompletableFuture.completedFuture(new Report(true, "pipeline web: unchanged\n"));
                }

                @Override
                public CompletionStage<Report> effective() {
                    return CompletableFuture.completedFuture(new Report(true, "enable: true\n"));
                }

                @Override
                public CompletionStage<Report> changed(Optional<String> list) {
                    return CompletableFuture.completedFuture(new Report(false, "web.yaml: no such file\n"));
                }
            },
            new MetricRegistry(),
            new TapAnswer(new Taps(), Runnable::run));

    private CompletableFuture<HttpResponse> ask(String method, String target) {
        return handler.handle(new HttpRequest(method, URI.create(target), HttpHeaders.EMPTY, HttpBody.empty()))
                .toCompletableFuture();
    }

    private int status(String method, String target) throws Exception {
        return ask(method, target).get(10, TimeUnit.SECONDS).status();
    }

    @Test
    void readyIsForAllWithoutAPipelineAndStrictForOne() throws Exception {
        assertThat(status("GET", "/-/ready")).isEqualTo(503);
        ready = true;
        assertThat(status("GET", "/-/ready")).isEqualTo(200);
        assertThat(status("GET", "/-/ready?pipeline=web")).isEqualTo(200);
        assertThat(status("GET", "/-/ready?pipeline=a%20b")).isEqualTo(503);
        assertThat(status("GET", "/-/ready?verbose=1&pipeline=none")).isEqualTo(404);
    }

    @Test
    void answersWithWhatComponentsShow() throws Exception {
        assertThat(status("GET", "/api/v1/targets")).isEqualTo(404);
        AutoCloseable one = shown.add(
                "targets",
                "web",
                "input_a",
                () -> Map.of("active", List.of(Map.of("up", true)), "dropped", Map.of("x", 1)));
        AutoCloseable before = shown.add("targets", "db", "input_a", () -> Map.of("active", List.of("never seen")));
        shown.add("targets", "db", "input_a", () -> Map.of("active", List.of(), "dropped", Map.of("x", 2, "y", 3)));
        before.close(); // its successor shows it already

        assertThat(text("/api/v1/targets").replaceAll("\\s", ""))
                .contains("\"status\":\"success\"", "\"active\":[{\"up\":true}]", "\"x\":3", "\"y\":3");
        assertThat(text("/api/v1/targets?pipeline=web")).contains("\"x\": 1").doesNotContain("\"y\"");
        assertThat(status("GET", "/api/v1/targets?pipeline=none")).isEqualTo(404);
        assertThat(status("GET", "/api/v1/others")).isEqualTo(404);
        one.close();
        assertThat(status("GET", "/api/v1/targets?pipeline=web")).isEqualTo(404);
    }

    @Test
    void readyNamesWhatIsNotOk() throws Exception {
        ready = true;
        assertThat(text("/-/ready")).isEqualTo("ready\nweb/flusher_some: held for 1 m 9 s: the answer is 401\n");
        assertThat(text("/-/ready?format=json")).isEqualTo(text("/api/v1/components"));
        assertThat(status("GET", "/-/ready?format=xml")).isEqualTo(400);
    }

    @Test
    void componentsAreGivenAsJson() throws Exception {
        String all = text("/api/v1/components");
        assertThat(all).isEqualTo("""
                [{"pipeline":"web","component":"input_some","kind":"input","state":"ok","reason":null,\
                "since":"1970-01-01T00:00:00Z","seconds":70},\
                {"pipeline":"web","component":"flusher_some","kind":"flusher","state":"held",\
                "reason":"the answer is 401","since":"1970-01-01T00:00:01Z","seconds":69}]
                """);
        assertThat(text("/api/v1/components?pipeline=web")).isEqualTo(all);
        assertThat(status("GET", "/api/v1/components?pipeline=none")).isEqualTo(404);
        assertThat(status("POST", "/api/v1/components")).isEqualTo(405);
    }

    @Test
    void theConfigurationThatRunsIsOnlyRead() throws Exception {
        assertThat(status("GET", "/api/v1/config")).isEqualTo(200);
        assertThat(status("POST", "/api/v1/config")).isEqualTo(405);
        assertThat(status("GET", "/api/v1/config/diff")).isEqualTo(500);
    }

    @Test
    void aPlanIsNoReload() throws Exception {
        assertThat(status("POST", "/-/reload?dry-run=true")).isEqualTo(200);
        assertThat(report).isNotDone();
        assertThat(status("GET", "/-/reload?dry-run=true")).isEqualTo(405);
    }

    @Test
    void aReloadAnswersWhenItIsDone() throws Exception {
        CompletableFuture<HttpResponse> answer = ask("POST", "/-/reload");
        assertThat(answer).isNotDone();
        report.complete(new Operations.Report(false, "web.yaml: broken\n"));
        assertThat(answer.get(10, TimeUnit.SECONDS).status()).isEqualTo(500);
    }

    @Test
    void aReplayIsOfTheLettersThatAreAskedFor() throws Exception {
        assertThat(replay("")).isEqualTo("200 all all all\n");
        assertThat(replay("?pipeline=a%20b&letter=0001-0%2F3")).isEqualTo("200 a b all 0001-0/3\n");
    }

    @Test
    void aReplayThatLeavesLettersIsAnError() throws Exception {
        assertThat(replay("?flusher=flusher_http/backup")).isEqualTo("500 all flusher_http/backup all\n");
    }

    @Test
    void aReplayOfWhatThereIsNotIsRefusedWithWhatIsRight() throws Exception {
        assertThat(replay("?letter=none")).isEqualTo("400 letter: none (expected: one that is listed)\n");
    }

    @Test
    void aReplayIsAskedForByPostOnly() throws Exception {
        HttpResponse answer = ask("GET", REPLAY).get(10, TimeUnit.SECONDS);
        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.headers().first("Allow")).contains("POST");
    }

    private String replay(String query) throws Exception {
        HttpResponse answer = ask("POST", REPLAY + query).get(10, TimeUnit.SECONDS);
        return answer.status() + " " + text(answer);
    }

    private String statusBody(String query, String accept) throws Exception {
        HttpRequest request = new HttpRequest(
                "GET", URI.create("/api/v1/status" + query), HttpHeaders.of("Accept", accept), HttpBody.empty());
        HttpResponse answer = handler.handle(request).toCompletableFuture().get(10, TimeUnit.SECONDS);
        return answer.status() + " " + answer.headers().first("Content-Type").orElse("") + " " + text(answer);
    }

    private String text(String target) throws Exception {
        return text(ask("GET", target).get(10, TimeUnit.SECONDS));
    }

    private static String text(HttpResponse answer) throws Exception {
        BodyBuffer body = answer.body()
                .collect(new BodyBuffer(1 << 10), 1 << 20)
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
        return new String(body.toByteArray(), StandardCharsets.UTF_8);
    }

    @Test
    void theStatusIsJsonUnlessTextIsAskedFor() throws Exception {
        assertThat(statusBody("", "*/*")).startsWith("200 application/json; charset=utf-8 {\"version\":\"1.2.3\"");
        assertThat(statusBody("", "text/plain")).startsWith("200 text/plain; charset=utf-8 millrace 1.2.3,");
        assertThat(statusBody("", "text/plain, application/json")).startsWith("200 application/json");
        assertThat(statusBody("?format=json", "text/plain")).startsWith("200 application/json");
        assertThat(statusBody("?format=text&width=80", "*/*"))
                .startsWith("200 text/plain")
                .doesNotContain("\u001b");
        assertThat(statusBody("?format=text&colour=true", "*/*")).contains("\u001b[1mmillrace 1.2.3\u001b[0m");
    }

    @Test
    void aStatusInAnotherFormIsRefusedWithWhatIsRight() throws Exception {
        String text = "400 text/plain; charset=utf-8 ";
        assertThat(statusBody("?format=xml", "*/*")).isEqualTo(text + "format: xml (expected: json or text)\n");
        assertThat(statusBody("?format=text&width=wide", "*/*"))
                .isEqualTo(text + "width: wide (expected: 40 to 1000)\n");
        assertThat(statusBody("?format=text&width=39", "*/*")).isEqualTo(text + "width: 39 (expected: 40 to 1000)\n");
    }

    @Test
    void otherMethodsAndPathsAreRefused() throws Exception {
        assertThat(status("GET", "/-/reload")).isEqualTo(405);
        assertThat(status("POST", "/metrics")).isEqualTo(405);
        assertThat(status("HEAD", "/metrics")).isEqualTo(200);
        assertThat(status("GET", "/metrics/")).isEqualTo(404);
        assertThat(status("GET", "/-/ready?pipeline")).isEqualTo(503);
        assertThat(status("CONNECT", "host:80")).as("a target without a path").isEqualTo(404);
    }
}

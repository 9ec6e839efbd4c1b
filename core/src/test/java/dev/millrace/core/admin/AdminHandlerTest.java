package dev.millrace.core.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.core.metrics.MetricRegistry;
import dev.millrace.spi.http.HttpBody;
import dev.millrace.spi.http.HttpHeaders;
import dev.millrace.spi.http.HttpRequest;
import dev.millrace.spi.http.HttpResponse;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class AdminHandlerTest {
    private final CompletableFuture<Operations.Report> report = new CompletableFuture<>();
    private boolean ready;

    /** A host with the pipelines {@code web}, which runs, and {@code a b}, which does not. */
    private final AdminHandler handler = new AdminHandler(
            new Operations() {
                @Override
                public boolean ready() {
                    return ready;
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
                public CompletionStage<Report> reload() {
                    return report;
                }
            },
            new MetricRegistry());

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
    void aReloadAnswersWhenItIsDone() throws Exception {
        CompletableFuture<HttpResponse> answer = ask("POST", "/-/reload");
        assertThat(answer).isNotDone();
        report.complete(new Operations.Report(false, "web.yaml: broken\n"));
        assertThat(answer.get(10, TimeUnit.SECONDS).status()).isEqualTo(500);
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

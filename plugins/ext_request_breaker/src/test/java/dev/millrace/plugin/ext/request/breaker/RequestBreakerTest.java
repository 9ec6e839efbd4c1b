package dev.millrace.plugin.ext.request.breaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.spi.PluginFactory;
import dev.millrace.spi.config.InvalidOptionException;
import dev.millrace.spi.extension.RequestInterceptor;
import dev.millrace.spi.http.HttpRequest;
import dev.millrace.spi.http.HttpResponse;
import dev.millrace.spi.http.NotSentException;
import dev.millrace.spi.testing.VirtualScheduler;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ServiceLoader;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class RequestBreakerTest {
    private static final HttpRequest REQUEST = HttpRequest.get(URI.create("http://host/x"));

    private final VirtualScheduler time = new VirtualScheduler(1_700_000_000_000L);
    private final RequestInterceptor breaker =
            new RequestBreaker(new RequestBreakerOptions(0.1, 10), "ext_request_breaker", time.clock());
    private int sent;

    @Test
    void isFoundAsAService() {
        assertThat(ServiceLoader.load(PluginFactory.class))
                .extracting(factory -> factory.type())
                .containsExactly("ext_request_breaker");
    }

    @Test
    void staysClosedUpToTenRequests() {
        for (int i = 0; i < 10; i++) {
            send(500);
        }
        assertThat(sent).isEqualTo(10);

        send(500);

        assertThat(sent).isEqualTo(11);
        assertRefused();
    }

    @Test
    void opensOnlyAboveTheRatio() {
        for (int i = 0; i < 18; i++) {
            send(204);
        }
        send(503);
        send(404);
        assertThat(send(204)).isCompleted(); // 2 of 20 were not above

        send(500);

        assertThat(breaker.intercept(REQUEST, this::unexpected))
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .havingRootCause()
                .isInstanceOfSatisfying(
                        NotSentException.class,
                        refused -> assertThat(refused.delay()).contains(Duration.ofSeconds(1)))
                .withMessage("ext_request_breaker is open: 3 of 22 requests failed within 10 s");
    }

    @Test
    void countsARequestWithoutAnAnswerAsFailed() {
        for (int i = 0; i < 11; i++) {
            breaker.intercept(REQUEST, request -> CompletableFuture.failedFuture(new IOException("refused")));
        }
        assertRefused();
    }

    @Test
    void forgetsWhatIsOlderThanTheWindow() {
        for (int i = 0; i < 10; i++) {
            send(500);
        }
        pass(10_000);

        send(500);

        assertThat(send(204)).isCompleted();
    }

    @Test
    void forgetsWhatWasCountedBeforeTheClockWasSetBack() {
        Window window = new Window(10);
        window.add(10_000, true);
        window.add(9_995, true);
        assertThat(window.failures(9_995)).isEqualTo(2);

        assertThat(window.failures(5_000)).isZero();
        window.add(5_000, true);
        assertThat(window.failures(5_009)).isEqualTo(1);
        assertThat(window.failures(5_010)).isZero();
    }

    @Test
    void letsOneProbePassAfterASecondAndAllWhenItSucceeds() {
        open();
        pass(999);
        assertRefused();
        pass(1);

        CompletableFuture<HttpResponse> answer = new CompletableFuture<>();
        CompletableFuture<HttpResponse> probe =
                breaker.intercept(REQUEST, request -> answer).toCompletableFuture();

        assertRefused();
        answer.complete(HttpResponse.empty(204));
        assertThat(probe).isCompleted();
        for (int i = 0; i < 10; i++) {
            assertThat(send(500)).as("counting starts anew").isCompleted();
        }
    }

    @Test
    void staysOpenForAnotherSecondWhenTheProbeFails() {
        open();
        pass(1_000);
        send(500);
        assertRefused();
        pass(1_000);

        assertThat(send(204)).isCompleted();
        assertThat(send(204)).isCompleted();
    }

    @Test
    void aThrowingWayCountsAsFailedAndEndsTheProbe() {
        open();
        pass(1_000);
        CompletableFuture<HttpResponse> probe = breaker.intercept(REQUEST, request -> {
                    throw new IllegalStateException("bug");
                })
                .toCompletableFuture();
        assertThat(probe).isCompletedExceptionally();
        pass(1_000);

        assertThat(send(204)).isCompleted();
    }

    @Test
    void wantsAShareAndATime() {
        assertThatThrownBy(() -> new RequestBreakerOptions(1, 10)).isInstanceOf(InvalidOptionException.class);
        assertThatThrownBy(() -> new RequestBreakerOptions(0.5, 0)).isInstanceOf(InvalidOptionException.class);
    }

    private void open() {
        for (int i = 0; i < 11; i++) {
            send(500);
        }
        assertRefused();
    }

    private CompletableFuture<HttpResponse> send(int status) {
        return breaker.intercept(REQUEST, request -> {
                    sent++;
                    return CompletableFuture.completedFuture(HttpResponse.empty(status));
                })
                .toCompletableFuture();
    }

    private void assertRefused() {
        assertThat(breaker.intercept(REQUEST, this::unexpected)).isCompletedExceptionally();
    }

    private CompletableFuture<HttpResponse> unexpected(HttpRequest request) {
        throw new AssertionError("sent: " + request);
    }

    private void pass(int millis) {
        time.advance(Duration.ofMillis(millis));
    }
}

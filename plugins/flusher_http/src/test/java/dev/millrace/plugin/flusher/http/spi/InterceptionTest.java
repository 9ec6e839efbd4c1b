package dev.millrace.plugin.flusher.http.spi;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.spi.config.ComponentRef;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.extension.ClientAuthenticator;
import dev.millrace.spi.extension.FlushInterceptor;
import dev.millrace.spi.extension.RequestInterceptor;
import dev.millrace.spi.extension.Target;
import dev.millrace.spi.http.HttpHeaders;
import dev.millrace.spi.http.HttpRequest;
import dev.millrace.spi.http.NotSentException;
import dev.millrace.spi.pipeline.Outcome;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What stands between a slice and the network. */
final class InterceptionTest {
    private final MockWebServer server = new MockWebServer();
    private final FakeContext context = new FakeContext(new JdkHttpClient());
    private final ConcurrentLinkedQueue<String> seen = new ConcurrentLinkedQueue<>();

    @BeforeEach
    void start() throws IOException {
        server.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void interceptorsSeeRequestAndAnswerTheFirstAroundTheOthersAndBeforeTheCredentials() throws Exception {
        server.enqueue(answer(200));
        ComponentRef<ClientAuthenticator> token = context.add("ext_token", request -> {
            seen.add("token");
            return CompletableFuture.completedFuture(
                    request.withHeaders(request.headers().with("Authorization", "Token 1")));
        });
        SettingsForTests settings = new SettingsForTests()
                .authenticator(token)
                .interceptors(List.of(named("first"), named("second")), Optional.empty());

        assertThat(send(settings, FakeSlice.of(1))).isEqualTo(Outcome.Delivered.ALL);

        assertThat(seen).containsExactly("first -> []", "second -> []", "token", "second <- 200", "first <- 200");
        assertThat(server.takeRequest().getHeaders().get("Authorization")).isEqualTo("Token 1");
    }

    @Test
    void aRefusedRequestIsSentAgainAndNothingIsDropped() throws Exception {
        ComponentRef<RequestInterceptor> closed = context.add(
                "ext_closed",
                (request, next) ->
                        CompletableFuture.failedFuture(new NotSentException("the way is shut", Duration.ofSeconds(1))));

        Outcome outcome = send(new SettingsForTests().interceptors(List.of(closed), Optional.empty()), FakeSlice.of(3));

        assertThat(outcome).isInstanceOfSatisfying(Outcome.NotSent.class, refused -> {
            assertThat(refused.reason()).endsWith("/write: the way is shut");
            assertThat(refused.delay()).contains(Duration.ofSeconds(1));
        });
        assertThat(server.getRequestCount()).isZero();
    }

    @Test
    void sendsTheRowsThatPassAndCountsTheOthers() throws Exception {
        server.enqueue(answer(204));
        ComponentRef<FlushInterceptor> odd = context.add("ext_odd", (batch, row) -> row % 2 == 1);
        SettingsForTests settings = new SettingsForTests().interceptors(List.of(), Optional.of(odd));

        assertThat(send(settings, FakeSlice.of(5))).isEqualTo(new Outcome.Delivered(Map.of("filtered", 3)));
        assertThat(send(settings, FakeSlice.of(1))).isEqualTo(new Outcome.Delivered(Map.of("filtered", 1)));
        assertThat(server.getRequestCount()).isEqualTo(1);
    }

    @Test
    void asksAgainOnceWithOtherCredentials() throws Exception {
        server.enqueue(answer(401));
        server.enqueue(answer(200));
        Renewing renewing = new Renewing();

        assertThat(send(new SettingsForTests().authenticator(context.add("ext_token", renewing)), FakeSlice.of(1)))
                .isEqualTo(Outcome.Delivered.ALL);

        assertThat(server.takeRequest().getHeaders().get("Authorization")).isEqualTo("1");
        assertThat(server.takeRequest().getHeaders().get("Authorization")).isEqualTo("2");
    }

    @Test
    void isHeldWhereTheOtherCredentialsAreRefusedToo() throws Exception {
        server.enqueue(answer(401));
        server.enqueue(answer(401));

        assertThat(send(
                        new SettingsForTests().authenticator(context.add("ext_token", new Renewing())),
                        FakeSlice.of(1)))
                .isInstanceOf(Outcome.Held.class);
        assertThat(server.getRequestCount()).isEqualTo(2);
    }

    private static final class Renewing implements ClientAuthenticator {
        private final AtomicInteger token = new AtomicInteger(1);

        @Override
        public CompletionStage<HttpRequest> authenticate(HttpRequest request) {
            return CompletableFuture.completedFuture(
                    request.withHeaders(request.headers().with("Authorization", token.toString())));
        }

        @Override
        public boolean refused(HttpRequest request) {
            token.incrementAndGet();
            return true;
        }
    }

    private ComponentRef<RequestInterceptor> named(String name) {
        return context.add("ext_" + name, (request, next) -> {
            seen.add(name + " -> " + request.headers().all("Authorization"));
            return next.send(request).thenApply(response -> {
                seen.add(name + " <- " + response.status());
                return response;
            });
        });
    }

    private Outcome send(SettingsForTests settings, FakeSlice slice) throws Exception {
        HttpSender sender = new HttpSender(
                context,
                settings.settings(),
                Endpoint.parse("url", server.url("/write").toString()),
                new TextEncoder(0, false),
                StatusTable.DEFAULT);
        return sender.send(slice, new Target(TextEncoder.FORMAT, Labels.EMPTY, 1 << 20), HttpHeaders.EMPTY)
                .toCompletableFuture()
                .get(10, SECONDS)
                .outcome();
    }

    private static MockResponse answer(int status) {
        return new MockResponse.Builder().code(status).build();
    }
}

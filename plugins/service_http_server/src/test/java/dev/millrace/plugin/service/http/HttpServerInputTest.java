package dev.millrace.plugin.service.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.plugin.lib.push.BodyBudget;
import dev.millrace.plugin.lib.push.BodyReader;
import dev.millrace.plugin.lib.push.PushHandler;
import dev.millrace.plugin.lib.push.RateLimits;
import dev.millrace.spi.BodyBuffer;
import dev.millrace.spi.PluginFactory;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.extension.ServerAuthenticator;
import dev.millrace.spi.http.HttpBody;
import dev.millrace.spi.http.HttpHeaders;
import dev.millrace.spi.http.HttpRequest;
import dev.millrace.spi.http.HttpResponse;
import dev.millrace.spi.pipeline.Acknowledgement;
import dev.millrace.spi.pipeline.Input;
import dev.millrace.spi.pipeline.Refusal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HttpServerInputTest {
    private static final int LIMIT = 1000;
    private static final ServerAuthenticator AUTHENTICATOR = request -> CompletableFuture.completedFuture(
            request.headers().first("Authorization").isPresent()
                    ? new ServerAuthenticator.Granted("somebody")
                    : new ServerAuthenticator.Refused(401, "who is asking?", List.of("Basic")));

    private static final RateLimits NO_LIMITS = RateLimits.NONE;

    private final FakeContext context = new FakeContext(new LineDecoder(), AUTHENTICATOR);
    private final FakeSink sink = new FakeSink();

    @BeforeEach
    void start() throws Exception {
        HttpServerOptions options = OptionsForTests.of("127.0.0.1:12345", Optional.empty(), LIMIT);
        Input input = new HttpServerFactory().create(options, context);
        input.start(sink);
    }

    @Test
    void isFoundAsAService() {
        assertThat(ServiceLoader.load(PluginFactory.class))
                .extracting(factory -> factory.type())
                .containsExactly("service_http_server");
    }

    @Test
    void listensAtThePathOfItsFormat() {
        assertThat(context.listening).isEqualTo("127.0.0.1:12345/api/v1/write 1000");
    }

    @Test
    void answersOnlyWhenAllBatchesAreCommitted() throws Exception {
        CompletableFuture<HttpResponse> answer = post("a\nb\n");

        assertThat(sink.batches)
                .extracting(batch -> ((MetricBatch) batch).labels(0).get(Labels.METRIC_NAME))
                .containsExactly("a", "b");
        assertThat(sink.waiting)
                .allSatisfy(waiting -> assertThat(waiting.waiting()).isTrue());
        sink.waiting.get(1).committed();
        assertThat(answer).isNotDone();
        sink.waiting.get(0).committed();
        assertThat(answer.get(10, SECONDS).status()).isEqualTo(204);
        assertThat(answer.get().headers().first("X-Kept")).contains("2");
        assertThat(context.metrics.counters).containsExactly(entry("204", 1));
    }

    @ParameterizedTest
    @CsvSource({
        "FLUSHER_FULL, 429",
        "BUSY, 429",
        "DISK_FULL, 503",
        "JOURNAL_FAILED, 503",
        "STOPPING, 503",
        "PROCESSOR_FAILED, 500",
    })
    void saysWhenToComeAgain(Refusal.Reason reason, int status) throws Exception {
        CompletableFuture<HttpResponse> answer = post("a\nb\n");

        sink.waiting.get(0).refused(new Refusal(reason, "flusher x: full", Duration.ofMillis(2100)));
        assertThat(answer).isNotDone();
        sink.waiting.get(1).committed();

        assertThat(answer.get(10, SECONDS).status()).isEqualTo(status);
        assertThat(answer.get().headers().first("Retry-After")).contains("3");
        assertThat(answer.get().headers().first("X-Kept")).contains("1");
        assertThat(text(answer)).isEqualTo("flusher x: full\n");
    }

    @Test
    void asksTheAuthenticatorBeforeItReadsTheBody() throws Exception {
        startAgain(OptionsForTests.guarded(true, 10, 1000));

        CompletableFuture<HttpResponse> answer = send("POST", "/api/v1/write", HttpHeaders.EMPTY, new Unread());

        assertThat(answer.get(10, SECONDS).status()).isEqualTo(401);
        assertThat(answer.get().headers().first("WWW-Authenticate")).contains("Basic");
        send("POST", "/api/v1/write", HttpHeaders.of("Authorization", "right"), HttpBody.of("a\n".getBytes(UTF_8)));
        assertThat(sink.waiting).hasSize(1);
    }

    @Test
    void takesNoMoreRequestsInASecondThanItIsTold() throws Exception {
        startAgain(OptionsForTests.guarded(false, 2, 1000));
        post("");
        post("");
        CompletableFuture<HttpResponse> third = post("");
        assertThat(third.get(10, SECONDS).status()).isEqualTo(429);
        assertThat(third.get().headers().first("Retry-After")).contains("1");
        context.now.addAndGet(500);
        assertThat(post("").get(10, SECONDS).status()).isEqualTo(204);
        assertThat(post("").get(10, SECONDS).status()).isEqualTo(429);
    }

    @Test
    void takesNoMoreBytesInASecondThanItIsTold() throws Exception {
        startAgain(OptionsForTests.guarded(false, 1000, 10));
        String comment = "#".repeat(35); // one body may be larger, and is waited for
        CompletableFuture<HttpResponse> first = post(comment);
        CompletableFuture<HttpResponse> second = post("");
        assertThat(second.get(10, SECONDS).status()).isEqualTo(429);
        assertThat(second.get().headers().first("Retry-After")).contains("3");
        context.now.addAndGet(2600);
        assertThat(post("").get(10, SECONDS).status()).isEqualTo(204);
        assertThat(first).isNotNull();
    }

    private void startAgain(HttpServerOptions options) throws Exception {
        new HttpServerFactory().create(options, context).start(sink);
    }

    @Test
    void doesNotReadABodyThatWouldBeRefused() throws Exception {
        sink.refusal = Optional.of(new Refusal(Refusal.Reason.DISK_FULL, "/data: full", Duration.ZERO));

        CompletableFuture<HttpResponse> answer = send("POST", "/api/v1/write", HttpHeaders.EMPTY, new Unread());

        assertThat(answer.get(10, SECONDS).status()).isEqualTo(503);
        assertThat(answer.get().headers().first("Retry-After")).contains("1");
    }

    @Test
    void acceptsABodyWithoutEvents() throws Exception {
        assertThat(post("").get(10, SECONDS).status()).isEqualTo(204);
        assertThat(sink.batches).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"bad, 400, line 1: bad (expected: good)", "other, 415, Content-Type: other (expected: this)"})
    void tellsTheClientWhatIsWrongWithItsBody(String body, int status, String text) throws Exception {
        CompletableFuture<HttpResponse> answer = post(body);

        assertThat(answer.get(10, SECONDS).status()).isEqualTo(status);
        assertThat(text(answer)).isEqualTo(text + "\n");
        assertThat(answer.get().headers().first("X-Kept")).contains("0");
        assertThat(sink.batches).isEmpty();
    }

    @Test
    void passesMistakesOfTheDecoderOn() {
        assertThatThrownBy(() -> post("bug").get(10, SECONDS)).hasRootCauseMessage("bug");
        assertThat(context.metrics.counters).containsExactly(entry("500", 1));
    }

    @Test
    void takesOnlyPost() throws Exception {
        CompletableFuture<HttpResponse> answer = send("PUT", "/api/v1/write", HttpHeaders.EMPTY, new Unread());

        assertThat(answer.get(10, SECONDS).status()).isEqualTo(405);
        assertThat(answer.get().headers().first("Allow")).contains("POST");
    }

    @Test
    void servesNoOtherPath() throws Exception {
        assertThat(send("POST", "/api/v1/write/more", HttpHeaders.EMPTY, new Unread())
                        .get(10, SECONDS)
                        .status())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({"br", "'gzip, snappy'", "deflate"})
    void refusesContentEncodingsItCannotUndo(String encoding) throws Exception {
        CompletableFuture<HttpResponse> answer =
                send("POST", "/api/v1/write", HttpHeaders.of("Content-Encoding", encoding), new Unread());

        assertThat(answer.get(10, SECONDS).status()).isEqualTo(415);
        assertThat(text(answer))
                .isEqualTo("Content-Encoding: " + encoding + " (expected: one of gzip, snappy, identity)\n");
    }

    @ParameterizedTest
    @CsvSource({"gzip, true", "' GZIP ', true", "identity, false", "'', false"})
    void undoesTheContentEncoding(String encoding, boolean compressed) throws Exception {
        byte[] body = compressed ? gzip("a\n") : ascii("a\n");

        send("POST", "/api/v1/write", HttpHeaders.of("Content-Encoding", encoding), HttpBody.of(body));

        assertThat(sink.batches).hasSize(1);
    }

    @Test
    void refusesABodyThatIsTooLargeAsReceivedOrDecompressed() throws Exception {
        String large = "a".repeat(LIMIT + 1);

        assertThat(post(large).get(10, SECONDS).status()).isEqualTo(413);
        assertThat(send("POST", "/api/v1/write", HttpHeaders.of("Content-Encoding", "gzip"), HttpBody.of(gzip(large)))
                        .get(10, SECONDS)
                        .status())
                .isEqualTo(413);
    }

    @Test
    void refusesABodyThatIsDamaged() throws Exception {
        CompletableFuture<HttpResponse> answer =
                send("POST", "/api/v1/write", HttpHeaders.of("Content-Encoding", "gzip"), HttpBody.of(ascii("plain")));

        assertThat(answer.get(10, SECONDS).status()).isEqualTo(400);
        assertThat(answer.get().headers().first("X-Kept")).contains("0");
    }

    @Test
    void saysWhatItsDecoderCannotRead() {
        HttpServerOptions raw =
                OptionsForTests.of("host:80", Optional.empty(), PushFormat.RAW, List.of(), List.of(), LIMIT);
        assertThatThrownBy(() -> new HttpServerFactory().create(raw, context))
                .hasMessage("Decoder: ext_default_decoder reads [prometheus 1] (expected: raw, which Format says)");
    }

    @Test
    void makesLabelsOfParametersAndHeaderFields() {
        HttpServerOptions options = OptionsForTests.of(
                "host:80",
                Optional.of("/x"),
                PushFormat.PROMETHEUS,
                List.of("db", "absent", "empty"),
                List.of("X-Team"),
                LIMIT);
        PushHandler handler = new PushHandler(
                new DecoderPush(options, new LineDecoder(), sink),
                new BodyReader(context.compression(), LIMIT, new BodyBudget(LIMIT)),
                NO_LIMITS,
                sink);
        handler.handle(new HttpRequest(
                "POST",
                URI.create("/x?other=1&db=my%20d%62&db=second&empty="),
                HttpHeaders.of("x-team", "red"),
                HttpBody.of(ascii("a\n"))));

        assertThat(sink.batches)
                .singleElement()
                .satisfies(batch -> assertThat(batch.labels(0))
                        .isEqualTo(Labels.of(Labels.METRIC_NAME, "a", "db", "my db", "header_X-Team", "red")));
    }

    @Test
    void pausesClientsWhenTooManyBodiesAreOnTheirWay() throws Exception {
        PushHandler handler = withinBudget(LIMIT);
        Unread slow = new Unread();
        send(handler, slow);

        HttpResponse refused = send(handler, HttpBody.of(ascii("a"))).get(10, SECONDS);
        slow.end();
        send(handler, HttpBody.of(ascii("b")));

        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.headers().first("Retry-After")).contains("1");
        assertThat(sink.batches).hasSize(1);
    }

    @Test
    void aBodyThatIsPromisedTakesOnlyTheRoomOfWhatHasCome() throws Exception {
        int room = 256 << 10;
        PushHandler handler = withinBudget(room, room);
        Unread promises = new Unread();
        CompletableFuture<HttpResponse> first = send(handler, promises);
        assertThat(kept(send(handler, HttpBody.of(ascii("a\n"))))).isEqualTo(204);

        Unread other = new Unread();
        CompletableFuture<HttpResponse> second = send(handler, other);
        promises.come(room / 2);
        other.come(room);

        assertThat(second.get(10, SECONDS).status()).isEqualTo(429);
        assertThat(other.cancelled).isTrue();
        assertThat(first).isNotDone();
        promises.end();
        assertThat(kept(first)).isEqualTo(204);
        assertThat(kept(send(handler, HttpBody.of(ascii("x".repeat(room))))))
                .as("all room is given back")
                .isEqualTo(204);
    }

    private int kept(CompletableFuture<HttpResponse> answer) throws Exception {
        sink.waiting.forEach(Acknowledgement::committed);
        sink.waiting.clear();
        return answer.get(10, SECONDS).status();
    }

    private PushHandler withinBudget(int budget) {
        return withinBudget(LIMIT, budget);
    }

    private PushHandler withinBudget(int limit, int budget) {
        return new PushHandler(
                new DecoderPush(OptionsForTests.of("host:80", Optional.of("/x"), limit), new LineDecoder(), sink),
                new BodyReader(context.compression(), limit, new BodyBudget(budget)),
                NO_LIMITS,
                sink);
    }

    private static CompletableFuture<HttpResponse> send(PushHandler handler, HttpBody body) {
        return handler.handle(new HttpRequest("POST", URI.create("/x"), HttpHeaders.EMPTY, body))
                .toCompletableFuture();
    }

    private CompletableFuture<HttpResponse> post(String body) {
        return send("POST", "/api/v1/write", HttpHeaders.EMPTY, HttpBody.of(ascii(body)));
    }

    private CompletableFuture<HttpResponse> send(String method, String path, HttpHeaders headers, HttpBody body) {
        return context.handler
                .handle(new HttpRequest(method, URI.create(path + "?a=b"), headers, body))
                .toCompletableFuture();
    }

    private static String text(CompletableFuture<HttpResponse> answer) throws Exception {
        return answer.get(10, SECONDS)
                .body()
                .collect(new BodyBuffer(100), LIMIT)
                .toCompletableFuture()
                .get()
                .toString();
    }

    private static Map.Entry<String, Long> entry(String code, long value) {
        return Map.entry("millrace_input_requests_total" + List.of("code", code), value);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(ascii(text));
        }
        return bytes.toByteArray();
    }

    /** A body of unknown length that comes when it is told to. */
    private static final class Unread implements HttpBody {
        private Optional<Flow.Subscriber<? super ByteBuffer>> subscriber = Optional.empty();
        private boolean cancelled;

        @Override
        public void subscribe(Flow.Subscriber<? super ByteBuffer> given) {
            subscriber = Optional.of(given);
            given.onSubscribe(new Flow.Subscription() {
                @Override
                public void request(long pieces) {}

                @Override
                public void cancel() {
                    cancelled = true;
                }
            });
        }

        void come(int bytes) {
            subscriber
                    .orElseThrow()
                    .onNext(ByteBuffer.wrap("a\n".repeat(bytes / 2).getBytes(StandardCharsets.US_ASCII)));
        }

        void end() {
            subscriber.orElseThrow().onComplete();
        }
    }
}

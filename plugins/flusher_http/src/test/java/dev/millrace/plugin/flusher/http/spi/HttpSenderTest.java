package dev.millrace.plugin.flusher.http.spi;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.spi.config.ComponentRef;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.event.Symbol;
import dev.millrace.spi.extension.ClientAuthenticator;
import dev.millrace.spi.extension.Encoder;
import dev.millrace.spi.extension.Target;
import dev.millrace.spi.http.HttpConfigurationException;
import dev.millrace.spi.http.HttpHeaders;
import dev.millrace.spi.pipeline.Outcome;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.zip.GZIPInputStream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class HttpSenderTest {
    private static final Encoder ENCODER = new TextEncoder(0, false);
    private static final Target TARGET = new Target(TextEncoder.FORMAT, Labels.EMPTY, 1 << 20);

    private final MockWebServer server = new MockWebServer();
    private final FakeContext context = new FakeContext(new JdkHttpClient());
    private final FakeSlice slice = FakeSlice.of(3);

    @BeforeEach
    void start() throws IOException {
        server.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void postsTheEncodedBodyWithTheHeadersOfAll() throws Exception {
        server.enqueue(answer(204));

        Exchange exchange = send(
                new SettingsForTests().headers("X-Mine", "1", "X-Format", "mine", "X-Fixed", "mine"),
                HttpHeaders.of("X-Fixed", "fixed"));

        assertThat(exchange.outcome()).isEqualTo(Outcome.Delivered.ALL);
        assertThat(exchange.status()).isEqualTo(204);
        assertThat(exchange.bytes()).isEqualTo(5);
        RecordedRequest request = server.takeRequest();
        assertThat(request.getRequestLine()).isEqualTo("POST /write HTTP/1.1");
        assertThat(request.getBody().utf8()).isEqualTo("hello");
        assertThat(request.getHeaders().get("Content-Type")).isEqualTo("text/plain");
        assertThat(request.getHeaders().get("Content-Encoding")).isNull();
        assertThat(request.getHeaders().values("X-Mine")).containsExactly("1");
        assertThat(request.getHeaders().values("X-Format")).containsExactly("text");
        assertThat(request.getHeaders().values("X-Fixed")).containsExactly("fixed");
    }

    @Test
    void letsTheUserChooseContentTypeAndUserAgent() throws Exception {
        server.enqueue(answer(200));

        send(new SettingsForTests().headers("content-type", "text/x", "user-agent", "me/1"), HttpHeaders.EMPTY);

        RecordedRequest request = server.takeRequest();
        assertThat(request.getHeaders().values("Content-Type")).containsExactly("text/x");
        assertThat(request.getHeaders().values("User-Agent")).containsExactly("me/1");
    }

    @Test
    void putsLabelsIntoQueryAndHeaderFields() throws Exception {
        server.enqueue(answer(200));
        SettingsForTests settings =
                new SettingsForTests().query("db", "%{metadata.db}").headers("X-Team", "<%{tag.team}>");
        HttpSender sender =
                sender(settings, Endpoint.parse("url", server.url("/write").toString()));
        MetricBatch batch = MetricBatch.builder(2)
                .add(Labels.of("__name__", "up", "db", "a b", "team", "x\ny"), 0, 0)
                .add(Labels.of("__name__", "up"), 0, 0)
                .build();

        sender.send(new FakeSlice(batch), TARGET, HttpHeaders.EMPTY)
                .toCompletableFuture()
                .get(10, SECONDS);

        RecordedRequest request = server.takeRequest();
        assertThat(request.getRequestLine()).isEqualTo("POST /write?db=a%20b HTTP/1.1");
        assertThat(request.getHeaders().get("X-Team")).isEqualTo("<x?y>");
        assertThat(sender.group(batch, 0)).isEqualTo(List.of(Symbol.of("a b"), Symbol.of("x\ny")));
        assertThat(sender.group(batch, 1)).isEqualTo(List.of(Symbol.EMPTY, Symbol.EMPTY));
    }

    @Test
    void addsTheQueryToThatOfTheUrl() throws Exception {
        server.enqueue(answer(200));
        Endpoint endpoint = Endpoint.parse("url", server.url("/write?a=1").toString());

        send(sender(new SettingsForTests().query("b c", "x&y=ä+", "d", ""), endpoint), HttpHeaders.EMPTY);

        assertThat(server.takeRequest().getTarget()).isEqualTo("/write?a=1&b%20c=x%26y%3D%C3%A4%2B&d=");
    }

    @Test
    void compressesByNameAndRecordsTheChecksumOfThePlainBody() throws Exception {
        server.enqueue(answer(200));
        HttpFlusherSettings gzip = new SettingsForTests().settings().withCompression(ContentEncoding.GZIP);

        send(new SettingsForTests(gzip), HttpHeaders.EMPTY);

        RecordedRequest request = server.takeRequest();
        assertThat(request.getHeaders().get("Content-Encoding")).isEqualTo("gzip");
        byte[] plain =
                new GZIPInputStream(new ByteArrayInputStream(request.getBody().toByteArray())).readAllBytes();
        assertThat(plain).asString().isEqualTo("hello");
        assertThat(slice.recorded).isEqualTo("text 1 9a71bb4c"); // CRC-32C of "hello"
    }

    @Test
    void sendsNothingBeforeTheRequestIsRecorded() throws Exception {
        server.enqueue(answer(200));
        slice.written = new CompletableFuture<>();

        CompletableFuture<Exchange> exchange = sender(new SettingsForTests())
                .send(slice, TARGET, HttpHeaders.EMPTY)
                .toCompletableFuture();

        assertThat(slice.recorded).isNotEmpty();
        assertThat(exchange).isNotDone();
        assertThat(server.getRequestCount()).isZero();
        slice.written.complete(null);
        assertThat(exchange.get(10, SECONDS).outcome()).isEqualTo(Outcome.Delivered.ALL);
    }

    @Test
    void failsWithTheRecord() {
        slice.written = CompletableFuture.failedFuture(new IOException("disk"));

        CompletableFuture<Exchange> exchange = sender(new SettingsForTests())
                .send(slice, TARGET, HttpHeaders.EMPTY)
                .toCompletableFuture();

        assertThatThrownBy(() -> exchange.get(10, SECONDS)).hasRootCauseMessage("disk");
        assertThat(server.getRequestCount()).isZero();
    }

    @Test
    void reportsWhatTheEncoderDropped() throws Exception {
        server.enqueue(answer(200));

        assertThat(send(new TextEncoder(2, false)).outcome()).isEqualTo(new Outcome.Delivered(Map.of("odd", 2)));
        assertThat(server.getRequestCount()).isOne();
    }

    @Test
    void sendsNoRequestWhereNoRowIsLeft() throws Exception {
        assertThat(send(new TextEncoder(3, false)).outcome()).isEqualTo(new Outcome.Delivered(Map.of("odd", 3)));
        assertThat(server.getRequestCount()).isZero();
        assertThat(slice.recorded).isEmpty();
    }

    @Test
    void splitsWhatTheEncoderFindsTooLarge() throws Exception {
        String reason = "body: 31 MiB (expected: at most 30 MiB)";
        assertThat(send(new TextEncoder(0, true)).outcome())
                .isEqualTo(new Outcome.Split(reason, new Outcome.Rejected("too_large", reason)));
        assertThat(server.getRequestCount()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "302, ': no (check the URL: only 307 and 308 are followed)'",
        "401, ': no (check the credentials under Authenticator)'",
        "403, ': no (check what this user may do)'",
        "404, ': no (check the path of the URL)'",
        "405, ': no (check the path of the URL)'",
        "407, ': no (check the credentials for the proxy)'",
    })
    void holdsWhatAPersonMustMend(int status, String reason) throws Exception {
        server.enqueue(answer(status).newBuilder().body("no\nand more").build());

        assertThat(sendPlainly().outcome()).isEqualTo(new Outcome.Held(endpoint() + " answered " + status + reason));
    }

    @ParameterizedTest
    @CsvSource({"503, 7, PT7S", "429, 'Sun, 22 Nov 2026 10:00:10 GMT', PT10S", "500, 0, ", "502, -1, "})
    void retriesAsTheServerAsks(int status, String retryAfter, Duration delay) throws Exception {
        server.enqueue(new MockResponse.Builder()
                .code(status)
                .addHeader("Retry-After", retryAfter)
                .build());

        assertThat(sendPlainly().outcome())
                .isEqualTo(new Outcome.Retry(
                        endpoint() + " answered " + status, Optional.ofNullable(delay), status >= 500));
    }

    @Test
    void splitsWhatTheServerFindsTooLarge() throws Exception {
        server.enqueue(answer(413));

        assertThat(sendPlainly().outcome())
                .isEqualTo(new Outcome.Split(endpoint() + " answered 413", new Outcome.Rejected("too_large", "")));
    }

    @Test
    void rejectsWithTheAnswerVerbatimUpToOneKibibyte() throws Exception {
        server.enqueue(answer(400).newBuilder().body("out of order\nä\n").build());
        server.enqueue(answer(400).newBuilder().body("x".repeat(1 << 20)).build());

        assertThat(sendPlainly().outcome()).isEqualTo(new Outcome.Rejected("400", "out of order\nä\n"));
        assertThat(sendPlainly().outcome()).isEqualTo(new Outcome.Rejected("400", "x".repeat(1024)));
    }

    @Test
    void holdsWhereA400IsAboutTheConnectionUnlessTheUserSaysOtherwise() throws Exception {
        String page = "<html><head><title>400 No required SSL certificate was sent</title></head></html>";
        server.enqueue(answer(400).newBuilder().body(page).build());
        server.enqueue(answer(400).newBuilder().body(page).build());
        AnswerSettings reject = new AnswerSettings(Map.of(), AnswerSettings.OnMisconfigured.REJECT, false);

        assertThat(sendPlainly().outcome())
                .isInstanceOfSatisfying(
                        Outcome.Held.class, held -> assertThat(held.reason()).contains("Http.Tls.CertFile"));
        assertThat(send(new SettingsForTests().answers(reject), HttpHeaders.EMPTY)
                        .outcome())
                .isInstanceOfSatisfying(
                        Outcome.Rejected.class,
                        rejected -> assertThat(rejected.status()).isEqualTo("400"));
    }

    @Test
    void keepsWhatCameOfAnErrorThatBreaksOff() throws Exception {
        server.enqueue(new MockResponse.Builder()
                .code(400)
                .body("y".repeat(2 << 10))
                .onResponseBody(new SocketEffect.CloseSocket())
                .build());

        assertThat(sendPlainly().outcome()).isInstanceOfSatisfying(Outcome.Rejected.class, rejected -> {
            assertThat(rejected.status()).isEqualTo("400");
            assertThat(rejected.answer()).matches("y*");
        });
    }

    @Test
    void doesNotWaitForTheBodyOfAGoodAnswer() throws Exception {
        server.enqueue(new MockResponse.Builder()
                .code(200)
                .body("late")
                .onResponseBody(SocketEffect.Stall.INSTANCE)
                .build());

        assertThat(sendPlainly().outcome()).isEqualTo(Outcome.Delivered.ALL);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void retriesWhenTheConnectionBreaks(boolean beforeTheRequestIsRead) throws Exception {
        MockResponse.Builder broken = new MockResponse.Builder();
        server.enqueue((beforeTheRequestIsRead
                        ? broken.onRequestStart(new SocketEffect.CloseSocket())
                        : broken.onResponseStart(new SocketEffect.CloseSocket()))
                .build());

        Exchange exchange = sendPlainly();

        assertThat(exchange.status()).isZero();
        assertThat(exchange.outcome())
                .isInstanceOfSatisfying(
                        Outcome.Retry.class, retry -> assertThat(retry.reason()).startsWith(endpoint() + ": "));
    }

    @Test
    void retriesWhenNoAnswerComes() throws Exception {
        server.enqueue(new MockResponse.Builder()
                .onResponseStart(SocketEffect.Stall.INSTANCE)
                .build());

        assertThat(send(new SettingsForTests().timeout(Duration.ofMillis(200)), HttpHeaders.EMPTY)
                        .outcome())
                .isEqualTo(new Outcome.Retry(endpoint() + ": no answer within 200 ms", Optional.empty(), true));
    }

    @Test
    void retriesWhenNobodyListens() throws Exception {
        Endpoint endpoint = endpoint();
        server.close();

        assertThat(send(sender(new SettingsForTests(), endpoint), HttpHeaders.EMPTY)
                        .outcome())
                .isInstanceOf(Outcome.Retry.class);
    }

    @Test
    void holdsWhatCannotSucceedAsConfigured() throws Exception {
        HttpSender sender = new HttpSender(
                new FakeContext((request, timeout) ->
                        CompletableFuture.failedFuture(new HttpConfigurationException("certificate of host: expired"))),
                new SettingsForTests().settings(),
                endpoint(),
                ENCODER,
                StatusTable.DEFAULT);

        assertThat(send(sender, HttpHeaders.EMPTY).outcome())
                .isEqualTo(new Outcome.Held(endpoint() + ": certificate of host: expired"));
    }

    @Test
    void givesUpWhatCannotSucceedAsConfiguredWhereTheUserSaysSo() throws Exception {
        server.enqueue(answer(401).newBuilder().body("who are you?").build());
        AnswerSettings reject = new AnswerSettings(Map.of(), AnswerSettings.OnMisconfigured.REJECT, false);

        assertThat(send(new SettingsForTests().answers(reject), HttpHeaders.EMPTY)
                        .outcome())
                .isEqualTo(new Outcome.Rejected(
                        "401", endpoint() + " answered 401: who are you? (check the credentials under Authenticator)"));
    }

    @Test
    void cutsWhatIsRefusedWhereTheUserWantsToFindTheRow() throws Exception {
        server.enqueue(answer(400).newBuilder().body("out of order").build());
        server.enqueue(answer(422));
        AnswerSettings isolate = new AnswerSettings(Map.of(), AnswerSettings.OnMisconfigured.HOLD, true);

        assertThat(send(new SettingsForTests().answers(isolate), HttpHeaders.EMPTY)
                        .outcome())
                .isEqualTo(new Outcome.Split(
                        endpoint() + " answered 400: out of order", new Outcome.Rejected("400", "out of order")));
        assertThat(send(new SettingsForTests().answers(isolate), HttpHeaders.EMPTY)
                        .outcome())
                .isEqualTo(new Outcome.Rejected("422", ""));
    }

    @Test
    void takesTheUsersMeaningOfAStatus() throws Exception {
        server.enqueue(answer(408));
        AnswerSettings retry = new AnswerSettings(
                Map.of("408", StatusTable.Meaning.RETRY), AnswerSettings.OnMisconfigured.HOLD, false);

        assertThat(send(new SettingsForTests().answers(retry), HttpHeaders.EMPTY)
                        .outcome())
                .isInstanceOf(Outcome.Retry.class);
    }

    @Test
    void knowsThatNothingWasSentWhereNoConnectionCouldBeMade() throws Exception {
        HttpSender sender = new HttpSender(
                new FakeContext((request, timeout) ->
                        CompletableFuture.failedFuture(new ConnectException("host:80: connection refused"))),
                new SettingsForTests().settings(),
                endpoint(),
                ENCODER,
                StatusTable.DEFAULT);

        assertThat(send(sender, HttpHeaders.EMPTY).outcome())
                .isEqualTo(new Outcome.Retry(endpoint() + ": host:80: connection refused"));
    }

    @Test
    void passesMistakesOfThePluginOn() {
        HttpSender sender = new HttpSender(
                new FakeContext((request, timeout) -> CompletableFuture.failedFuture(new IllegalStateException("bug"))),
                new SettingsForTests().settings(),
                endpoint(),
                ENCODER,
                StatusTable.DEFAULT);

        assertThatThrownBy(() -> send(sender, HttpHeaders.EMPTY)).hasRootCauseMessage("bug");
    }

    @Test
    void asksTheAuthenticator() throws Exception {
        server.enqueue(answer(200));
        ComponentRef<ClientAuthenticator> reference = context.add(
                "ext_token",
                request -> CompletableFuture.completedFuture(
                        request.withHeaders(request.headers().with("Authorization", "Token 1"))));

        send(new SettingsForTests().authenticator(reference), HttpHeaders.EMPTY);

        assertThat(server.takeRequest().getHeaders().get("Authorization")).isEqualTo("Token 1");
    }

    @Test
    void retriesWithoutARequestWhereThereAreNoCredentials() throws Exception {
        ComponentRef<ClientAuthenticator> reference =
                context.add("ext_token", request -> CompletableFuture.failedFuture(new IOException("no token yet")));

        assertThat(send(new SettingsForTests().authenticator(reference), HttpHeaders.EMPTY)
                        .outcome())
                .isEqualTo(new Outcome.Retry(endpoint() + ": no token yet", Optional.empty(), true));
        assertThat(server.getRequestCount()).isZero();
    }

    @Test
    void usesTheTableOfTheProtocol() throws Exception {
        server.enqueue(answer(409));
        HttpSender sender = new HttpSender(
                context,
                new SettingsForTests().settings(),
                endpoint(),
                ENCODER,
                StatusTable.DEFAULT.with(409, StatusTable.Meaning.DELIVERED));

        assertThat(send(sender, HttpHeaders.EMPTY).outcome()).isEqualTo(Outcome.Delivered.ALL);
    }

    private static MockResponse answer(int status) {
        return new MockResponse.Builder().code(status).build();
    }

    private Endpoint endpoint() {
        return Endpoint.parse("url", server.url("/write").toString());
    }

    private HttpSender sender(SettingsForTests settings) {
        return sender(settings, endpoint());
    }

    private HttpSender sender(SettingsForTests settings, Endpoint endpoint) {
        return new HttpSender(context, settings.settings(), endpoint, ENCODER, StatusTable.DEFAULT);
    }

    private Exchange sendPlainly() throws Exception {
        return send(new SettingsForTests(), HttpHeaders.EMPTY);
    }

    private Exchange send(Encoder encoder) throws Exception {
        return send(
                new HttpSender(context, new SettingsForTests().settings(), endpoint(), encoder, StatusTable.DEFAULT),
                HttpHeaders.EMPTY);
    }

    private Exchange send(SettingsForTests settings, HttpHeaders fixed) throws Exception {
        return send(sender(settings), fixed);
    }

    private Exchange send(HttpSender sender, HttpHeaders fixed) throws Exception {
        return sender.send(slice, TARGET, fixed).toCompletableFuture().get(10, SECONDS);
    }
}

package dev.millrace.plugin.ext.oauth2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.plugin.lib.credentials.oauth2.ClientAuthentication;
import dev.millrace.spi.PluginFactory;
import dev.millrace.spi.config.InvalidOptionException;
import dev.millrace.spi.config.Secret;
import dev.millrace.spi.extension.ClientAuthenticator;
import dev.millrace.spi.http.HttpConfigurationException;
import dev.millrace.spi.http.HttpRequest;
import dev.millrace.spi.http.NotSentException;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class OAuth2AuthenticatorTest {
    private static final HttpRequest REQUEST = HttpRequest.get(URI.create("http://receiver/write"));

    private final FakeTokenServer server = new FakeTokenServer();
    private final ClientAuthenticator authenticator = authenticator(ClientAuthentication.HEADER);

    @Test
    void isFoundAsAService() {
        assertThat(ServiceLoader.load(PluginFactory.class))
                .extracting(factory -> factory.type())
                .containsExactly("ext_oauth2");
    }

    /** RFC 6749, section 4.4.2, and section 2.3.1 for the encoding of the credentials. */
    @Test
    void asksWithTheGrantOfClientCredentials() {
        authenticate();

        HttpRequest asked = server.requests.get(0);
        assertThat(asked.method()).isEqualTo("POST");
        assertThat(asked.uri()).isEqualTo(URI.create("https://login/token?tenant=1"));
        assertThat(asked.headers().first("Content-Type")).contains("application/x-www-form-urlencoded");
        assertThat(server.form(0)).isEqualTo("grant_type=client_credentials&scope=write+read&audience=https%3A%2F%2Fx");
        String credentials = asked.headers().first("Authorization").orElseThrow();
        assertThat(new String(
                        Base64.getDecoder().decode(credentials.substring("Basic ".length())), StandardCharsets.UTF_8))
                .isEqualTo("me%3Ayou:p%26ss+word");
    }

    @Test
    void putsTheCredentialsIntoTheBodyWhereThatIsAskedFor() {
        authenticate(authenticator(ClientAuthentication.BODY));

        assertThat(server.requests.get(0).headers().first("Authorization")).isEmpty();
        assertThat(server.form(0)).endsWith("&client_id=me%3Ayou&client_secret=p%26ss+word");
    }

    @Test
    void putsTheCredentialsIntoTheBodyWhereTheHeaderIsRefused() {
        ClientAuthenticator any = authenticator(ClientAuthentication.ANY);
        CompletableFuture<HttpRequest> waiting = authenticate(any);
        server.answer(401, "{\"error\": \"invalid_client\"}");
        assertThat(server.requests.get(1).headers().first("Authorization")).isEmpty();
        assertThat(server.form(1)).endsWith("&client_id=me%3Ayou&client_secret=p%26ss+word");
        server.answerToken("t1", 60);
        assertThat(waiting.join().headers().first("Authorization")).contains("Bearer t1");

        any.refused(waiting.join());
        authenticate(any);
        assertThat(server.requests).hasSize(3);
        assertThat(server.form(2)).as("the way that worked").contains("client_secret");
    }

    @Test
    void oneRequestServesAllWhoWait() {
        CompletableFuture<HttpRequest> first = authenticate();
        CompletableFuture<HttpRequest> second = authenticate();
        assertThat(first).isNotDone();

        server.answerToken("t1", 3600);

        assertThat(List.of(first.join(), second.join(), authenticate().join()))
                .allSatisfy(request ->
                        assertThat(request.headers().all("Authorization")).containsExactly("Bearer t1"));
        assertThat(server.requests).hasSize(1);
    }

    @Test
    void theNextTokenIsAskedForWhileTheOldOneIsUsed() {
        authenticate();
        server.answerToken("t1", 3600);
        pass(3539);
        assertThat(sent()).isEqualTo("Bearer t1");
        assertThat(server.requests).hasSize(1);

        pass(2);

        assertThat(sent()).isEqualTo("Bearer t1");
        assertThat(sent()).isEqualTo("Bearer t1");
        assertThat(server.requests).hasSize(2);
        server.answerToken("t2", 3600);
        assertThat(sent()).isEqualTo("Bearer t2");
    }

    @Test
    void anExpiredTokenIsNotUsed() {
        authenticate();
        server.answerToken("t1", 60);
        pass(58);

        CompletableFuture<HttpRequest> waiting = authenticate();

        assertThat(waiting).isNotDone();
        server.answerToken("t2", 60);
        assertThat(waiting.join().headers().first("Authorization")).contains("Bearer t2");
    }

    @Test
    void aTokenWithoutALifetimeIsUsedUntilItIsRefused() {
        authenticate();
        server.answer(200, "{\"access_token\":\"t1\"}");
        pass(1_000_000);
        HttpRequest refused = authenticate().join();

        assertThat(authenticator.refused(refused)).isTrue();
        assertThat(authenticator.refused(refused)).isTrue();

        CompletableFuture<HttpRequest> waiting = authenticate();
        server.answer(200, "{\"access_token\":\"t2\"}");
        assertThat(waiting.join().headers().first("Authorization")).contains("Bearer t2");
        authenticator.refused(refused);
        assertThat(sent()).isEqualTo("Bearer t2");
        assertThat(server.requests).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({"400, invalid_scope", "401, invalid_client", "403, access_denied"})
    void whatAPersonHasToChangeIsSaidInOneLine(int status, String error) {
        CompletableFuture<HttpRequest> waiting = authenticate();

        server.answer(status, "{\"error\": \"" + error + "\", \"error_description\": \"No\\nsuch client\"}");

        assertThat(waiting)
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .havingRootCause()
                .isInstanceOf(HttpConfigurationException.class)
                .withMessage("no token: https://login/token answered " + status + ": " + error
                        + ": No such client (check the client's ID and secret, the URL and the scopes)");
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 500, 503})
    void aServerInTroubleIsAskedAgain(int status) {
        CompletableFuture<HttpRequest> waiting = authenticate();

        server.answer(status, "<html>");

        assertThat(waiting)
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .havingRootCause()
                .isInstanceOf(NotSentException.class)
                .withMessage("no token: https://login/token answered " + status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "[]", "{\"access_token\": 1, \"x\"}", "{\"access_token\": \"a b\"}"})
    void anAnswerWithoutATokenIsNone(String body) {
        CompletableFuture<HttpRequest> waiting = authenticate();

        server.answer(200, body);

        assertThat(waiting)
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .havingRootCause()
                .withMessage("no token: https://login/token: the answer holds no access_token");
    }

    @Test
    void refusesATokenOfAnotherType() {
        CompletableFuture<HttpRequest> waiting = authenticate();

        server.answer(200, "{\"access_token\":\"x\",\"token_type\":\"mac\"}");

        assertThat(waiting)
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .havingRootCause()
                .isInstanceOf(HttpConfigurationException.class)
                .withMessage("no token: https://login/token: token_type: mac (expected: Bearer)");
    }

    @Test
    void leavesAServerAloneForAWhileAfterAFailure() {
        authenticate();
        server.answers.get(0).completeExceptionally(new IOException("connection refused"));
        assertThat(authenticate())
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .havingRootCause()
                .isInstanceOf(NotSentException.class)
                .withMessage("no token: https://login/token: connection refused");
        assertThat(server.requests).hasSize(1);

        pass(1);
        authenticate();
        assertThat(server.requests).hasSize(2);
        server.answer(500, "");
        pass(1);
        authenticate();
        assertThat(server.requests).hasSize(2);
        pass(1);
        CompletableFuture<HttpRequest> waiting = authenticate();
        server.answerToken("t1", 60);
        assertThat(waiting).isCompleted();
    }

    @Test
    void asksAtOnceWhereAPersonMayHaveChangedSomething() {
        authenticate();
        server.answer(401, "{}");

        authenticate();

        assertThat(server.requests).hasSize(2);
    }

    @Test
    void theOldTokenIsUsedWhileTheNextCannotBeHad() {
        authenticate();
        server.answerToken("t1", 3600);
        pass(3550);
        authenticate();
        server.answer(503, "");

        assertThat(sent()).isEqualTo("Bearer t1");
    }

    @Test
    void aServerThatRefusesTheClientIsLeftAloneWhileTheOldTokenIsUsed() {
        authenticate();
        server.answerToken("t1", 3600);
        pass(3550);
        authenticate();
        server.answer(401, "{}");

        assertThat(sent()).isEqualTo("Bearer t1");
        assertThat(sent()).isEqualTo("Bearer t1");
        assertThat(server.requests).hasSize(2);
        pass(1);
        assertThat(sent()).isEqualTo("Bearer t1");
        assertThat(server.requests).hasSize(3);
    }

    @Test
    void showsNoSecret() {
        authenticate();
        server.answerToken("t0ken", 3600);

        assertThat(options(ClientAuthentication.HEADER).toString()).doesNotContain("p&ss");
    }

    @ParameterizedTest
    @CsvSource({"login/token", "ftp://login/token", "https:///token", "https://a:b@login/token"})
    void wantsTheUrlOfAnEndpoint(String url) {
        assertThatThrownBy(() -> new OAuth2Options(
                        "me",
                        Optional.of(new Secret("x")),
                        Optional.empty(),
                        url,
                        List.of(),
                        Map.of(),
                        ClientAuthentication.HEADER))
                .isInstanceOfSatisfying(
                        InvalidOptionException.class,
                        e -> assertThat(e.component()).isEqualTo("tokenUrl"));
    }

    private String sent() {
        return authenticate().join().headers().first("Authorization").orElseThrow();
    }

    private void pass(int seconds) {
        server.scheduler.advance(Duration.ofSeconds(seconds));
    }

    private CompletableFuture<HttpRequest> authenticate() {
        return authenticate(authenticator);
    }

    private static CompletableFuture<HttpRequest> authenticate(ClientAuthenticator by) {
        return by.authenticate(REQUEST).toCompletableFuture();
    }

    private ClientAuthenticator authenticator(ClientAuthentication authentication) {
        return new OAuth2Factory().create(options(authentication), server);
    }

    private static OAuth2Options options(ClientAuthentication authentication) {
        return new OAuth2Options(
                "me:you",
                Optional.of(new Secret("p&ss word")),
                Optional.empty(),
                "https://login/token?tenant=1",
                List.of("write", "read"),
                Map.of("audience", new Secret("https://x")),
                authentication);
    }
}

package dev.millrace.core.transport;

import static dev.millrace.core.transport.TransportFixture.LONG;
import static dev.millrace.core.transport.TransportFixture.failureOf;
import static dev.millrace.core.transport.TransportFixture.get;
import static dev.millrace.core.transport.TransportFixture.post;
import static dev.millrace.core.transport.TransportFixture.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.spi.http.HttpClientSettings;
import dev.millrace.spi.http.HttpConfigurationException;
import dev.millrace.spi.http.HttpHeaders;
import dev.millrace.spi.http.HttpRequest;
import dev.millrace.spi.http.HttpResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RedirectTest {
    private static final HttpHeaders CREDENTIALS =
            HttpHeaders.of("Authorization", "Basic secret", "Cookie", "secret", "X-Scope-OrgID", "7");

    private final TransportFixture fixture = new TransportFixture();
    private final PooledClient client = fixture.client();

    @AfterEach
    void stop() {
        fixture.close();
    }

    private static String redirect(int status, String location) {
        return "HTTP/1.1 " + status + " Moved\r\nContent-Length: 4\r\nLocation: " + location + "\r\n\r\ngone";
    }

    /** Redirects {@code /old}, and answers everything else with the request. */
    private static RawServer redirecting(int status, String location) throws IOException {
        return new RawServer(connection -> {
            String request;
            while (!(request = connection.readRequest()).isEmpty()) {
                connection.write(
                        request.contains(" /old")
                                ? redirect(status, location)
                                : "HTTP/1.1 200 OK\r\nContent-Length: " + request.length() + "\r\n\r\n" + request);
            }
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {307, 308})
    void sendsTheSameRequestAgain(int status) throws Exception {
        try (RawServer server = redirecting(status, "new?x=1")) {
            HttpRequest request = post(server.uri("/old"), "body").withHeaders(CREDENTIALS);
            assertThat(text(get(client.send(request, LONG))))
                    .startsWith("POST /new?x=1 HTTP/1.1\r\n")
                    .contains("Authorization: Basic secret", "X-Scope-OrgID: 7")
                    .endsWith("\r\n\r\nbody");
            assertThat(server.accepted()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 300})
    void givesOtherRedirectsToTheCaller(int status) throws Exception {
        try (RawServer server = redirecting(status, "/new")) {
            HttpResponse response = get(client.send(post(server.uri("/old"), "body"), LONG));
            assertThat(response.status()).isEqualTo(status);
            assertThat(text(response)).isEqualTo("gone");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303})
    void asksAgainElsewhereWhatHasNoBody(int status) throws Exception {
        try (RawServer server = redirecting(status, "/new")) {
            assertThat(text(get(client.send(HttpRequest.get(server.uri("/old")), LONG))))
                    .startsWith("GET /new HTTP/1.1\r\n");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 307})
    void givesRedirectsToTheCallerWhereNoneAreToBeFollowed(int status) throws Exception {
        PooledClient still = fixture.transport.client(HttpClientSettings.DEFAULT.withRedirects(false));
        try (RawServer server = redirecting(status, "/new")) {
            HttpResponse response = get(still.send(HttpRequest.get(server.uri("/old")), LONG));
            assertThat(response.status()).isEqualTo(status);
            assertThat(response.headers().first("Location")).contains("/new");
        }
    }

    @Test
    void keepsCredentialsFromAnotherPort() throws Exception {
        try (RawServer target = redirecting(500, "");
                RawServer server = redirecting(307, target.uri("/new").toString())) {
            HttpRequest request = post(server.uri("/old"), "body").withHeaders(CREDENTIALS);
            assertThat(text(get(client.send(request, LONG))))
                    .startsWith("POST /new ")
                    .endsWith("body")
                    .doesNotContain("secret", "X-Scope-OrgID");
        }
    }

    @Test
    void keepsEveryFieldOfTheUserFromAnotherPort() throws Exception {
        HttpHeaders secrets =
                HttpHeaders.of("X-Amz-Security-Token", "secret", "X-Api-Key", "secret", "Host", "secret.host");
        HttpHeaders protocol = HttpHeaders.of(
                "content-type", "application/x-protobuf", "Content-Encoding", "snappy", "User-Agent", "me/1");
        try (RawServer target = redirecting(500, "");
                RawServer server = redirecting(308, target.uri("/new").toString())) {
            HttpRequest request = post(server.uri("/old"), "body")
                    .withHeaders(CREDENTIALS
                            .withAll(secrets)
                            .withAll(protocol)
                            .with("X-Prometheus-Remote-Write-Version", "2.0.0")
                            .with("Accept", "text/plain"));
            assertThat(text(get(client.send(request, LONG))))
                    .contains("content-type: application/x-protobuf\r\n", "Content-Encoding: snappy\r\n")
                    .contains("User-Agent: me/1\r\n", "X-Prometheus-Remote-Write-Version: 2.0.0\r\n")
                    .containsIgnoringCase("Content-Length: 4\r\n")
                    .containsIgnoringCase("Host: 127.0.0.1:" + target.port() + "\r\n")
                    .contains("Accept: text/plain\r\n")
                    .endsWith("body")
                    .doesNotContain("secret", "X-Scope-OrgID", "X-Api-Key", "X-Amz");
        }
    }

    @Test
    void givesUpOnACircle() throws Exception {
        try (RawServer server = redirecting(308, "/old")) {
            assertThat(failureOf(client.send(post(server.uri("/old"), "body"), LONG)))
                    .isInstanceOf(HttpConfigurationException.class)
                    .hasMessage("127.0.0.1:" + server.port() + ": more than 5 redirects; check the URL");
        }
    }

    @Test
    void saysThatARedirectLeadsNowhere() throws Exception {
        try (RawServer server = redirecting(307, "ftp://host/")) {
            assertThat(failureOf(client.send(post(server.uri("/old"), "body"), LONG)))
                    .isInstanceOf(HttpConfigurationException.class)
                    .hasMessage("127.0.0.1:" + server.port() + ": redirected to an unusable address: URL: scheme"
                            + " 'ftp' (expected: http or https)");
        }
    }

    @Test
    void givesTheRedirectToTheCallerWhereTheBodyIsGone() throws Exception {
        try (RawServer server = new RawServer(connection -> {
            connection.readHead();
            connection.readUntil("0\r\n\r\n");
            connection.write(redirect(307, "/new"));
            connection.awaitClose();
        })) {
            HttpRequest request = new HttpRequest(
                    "POST", server.uri("/old"), HttpHeaders.EMPTY, new PiecesBody(HttpHeaders.EMPTY, "once"));
            HttpResponse response = get(client.send(request, LONG));
            assertThat(response.status()).isEqualTo(307);
            assertThat(text(response)).isEqualTo("gone");
        }
    }

    @Test
    void oneTimeLimitHoldsForAllHops() throws Exception {
        try (RawServer target = new RawServer(RawServer.Connection::awaitClose);
                RawServer server = redirecting(307, target.uri("/new").toString())) {
            text(get(client.send(post(server.uri("/elsewhere"), "warm"), LONG)));
            assertThat(failureOf(client.send(post(server.uri("/old"), "body"), Duration.ofSeconds(1))))
                    .isInstanceOf(TimeoutException.class)
                    .hasMessageStartingWith("127.0.0.1:" + target.port());
        }
    }
}

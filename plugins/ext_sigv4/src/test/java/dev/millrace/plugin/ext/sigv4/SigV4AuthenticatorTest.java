package dev.millrace.plugin.ext.sigv4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.spi.PluginFactory;
import dev.millrace.spi.config.InvalidOptionException;
import dev.millrace.spi.config.Secret;
import dev.millrace.spi.http.HttpBody;
import dev.millrace.spi.http.HttpHeaders;
import dev.millrace.spi.http.HttpRequest;
import dev.millrace.spi.testing.BareContext;
import dev.millrace.spi.testing.VirtualScheduler;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SigV4AuthenticatorTest {
    private static final byte[] BODY = "snappy".getBytes(StandardCharsets.UTF_8);

    private final VirtualScheduler time =
            new VirtualScheduler(Instant.parse("2026-11-22T10:00:00Z").toEpochMilli());

    @Test
    void isFoundAsAService() {
        assertThat(ServiceLoader.load(PluginFactory.class))
                .extracting(factory -> factory.type())
                .containsExactly("ext_sigv4");
    }

    @Test
    void signsWhatIsSent() throws Exception {
        HttpRequest request = request("https://APS.example.com:443/workspaces/ws-1/api/v1/remote_write");

        HttpHeaders signed = sign(request, Optional.of("t0ken"));

        assertThat(signed.all("Host")).containsExactly("aps.example.com");
        assertThat(signed.all("X-Amz-Date")).containsExactly("20261122T100000Z");
        assertThat(signed.all("X-Amz-Security-Token")).containsExactly("t0ken");
        assertThat(signed.first("Content-Encoding")).contains("snappy");
        assertThat(signed.all("Authorization")).hasSize(1);
        assertThat(signed.first("Authorization").orElseThrow())
                .startsWith("AWS4-HMAC-SHA256 Credential=AKID/20261122/eu-central-1/aps/aws4_request,"
                        + " SignedHeaders=content-encoding;content-type;host;x-amz-date;x-amz-security-token,"
                        + " Signature=")
                .endsWith(new Signer("eu-central-1", "aps")
                        .authorization(
                                CanonicalRequest.of(
                                        "POST",
                                        "/workspaces/ws-1/api/v1/remote_write",
                                        Optional.empty(),
                                        signed,
                                        ByteBuffer.wrap(BODY)),
                                time.clock().instant(),
                                "AKID",
                                "k3y")
                        .substring(60));
    }

    @Test
    void keepsAPortThatIsNotTheSchemesOwnAndEncodesAnEncodedPathAgain() throws Exception {
        HttpRequest request = request("http://localhost:9090/a%20b/ä?q=1%202");

        assertThat(sign(request, Optional.empty()).all("Host")).containsExactly("localhost:9090");
        assertThat(CanonicalUri.path("/a%20b/%C3%A4")).isEqualTo("/a%2520b/%25C3%25A4");
        assertThat(CanonicalUri.query("q=1%202&b&a=%2f")).isEqualTo("a=%2F&b=&q=1%202");
    }

    @Test
    void signsAgainForTheMomentOfEachTry() throws Exception {
        HttpRequest request = request("https://aps.example.com/x");
        HttpHeaders first = sign(request, Optional.empty());
        time.advance(Duration.ofMinutes(20));

        HttpHeaders second = sign(request.withHeaders(first), Optional.empty());

        assertThat(second.all("X-Amz-Date")).containsExactly("20261122T102000Z");
        assertThat(second.all("Authorization")).hasSize(1).isNotEqualTo(first.all("Authorization"));
    }

    @Test
    void signsARefusedRequestAgainOnlyWithOtherCredentials(@TempDir Path folder) throws Exception {
        Path key = Files.writeString(folder.resolve("key"), "old");
        SigV4Options fromFile = new SigV4Options(
                "eu-central-1",
                "aps",
                Optional.of("AKID"),
                Optional.empty(),
                Optional.empty(),
                Optional.of(key),
                Optional.empty(),
                Optional.empty());
        SigV4Authenticator authenticator = new SigV4Authenticator(fromFile, context());
        HttpRequest sent = authenticator
                .authenticate(request("https://aps.example.com/x"))
                .toCompletableFuture()
                .get();
        time.advance(Duration.ofMillis(900));
        assertThat(authenticator.refused(sent)).isFalse();

        Files.writeString(key, "new");
        time.advance(Duration.ofSeconds(1)); // in which the change is seen

        assertThat(authenticator.refused(sent)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"'', aps, region", "eu central, aps, region", "eu-central-1, a/b, service"})
    void wantsNames(String region, String service, String component) {
        assertThatThrownBy(() -> options(region, service, Optional.empty()))
                .isInstanceOfSatisfying(
                        InvalidOptionException.class,
                        e -> assertThat(e.component()).isEqualTo(component));
    }

    private static HttpRequest request(String url) {
        return new HttpRequest(
                "POST",
                URI.create(url),
                HttpHeaders.of(
                        "Content-Type", "application/x-protobuf", "Content-Encoding", "snappy", "User-Agent", "x/1"),
                HttpBody.of(BODY));
    }

    private HttpHeaders sign(HttpRequest request, Optional<String> token) throws Exception {
        return new SigV4Authenticator(options("eu-central-1", "aps", token.map(Secret::new)), context())
                .authenticate(request)
                .toCompletableFuture()
                .get()
                .headers();
    }

    private BareContext context() {
        return new BareContext("ext_sigv4") {
            @Override
            public Clock clock() {
                return time.clock();
            }

            @Override
            public ScheduledExecutorService scheduler() {
                return time;
            }

            @Override
            public void credentialsChanged() {}
        };
    }

    private static SigV4Options options(String region, String service, Optional<Secret> token) {
        return new SigV4Options(
                region,
                service,
                Optional.of("AKID"),
                Optional.empty(),
                Optional.of(new Secret("k3y")),
                Optional.empty(),
                token,
                Optional.empty());
    }
}

package dev.millrace.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.distribution.numbered.NumberedTarget;
import dev.millrace.distribution.run.Await;
import dev.millrace.distribution.run.Millrace;
import dev.millrace.distribution.run.RemoteWriteReceiver;
import dev.millrace.distribution.run.TlsReceiver;
import dev.millrace.distribution.run.TokenServer;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Credentials that change while a pipeline runs, and what else stands between a flusher and its destination. */
@Tag("servers") // no server, but much time
final class CredentialsIT {
    private static final int SERIES = 10;

    @TempDir
    Path folder;

    @Test
    void aNewPasswordInItsFileIsTriedAtOnce() throws Exception {
        Path password = Files.writeString(folder.resolve("password"), "wrong\n");
        try (NumberedTarget target = NumberedTarget.start(SERIES);
                RemoteWriteReceiver receiver = RemoteWriteReceiver.start();
                Millrace millrace = Millrace.in(folder)) {
            receiver.demand("Basic " + Base64.getEncoder().encodeToString("me:right".getBytes(StandardCharsets.UTF_8)));
            millrace.pipeline(
                    "web",
                    Pipelines.scrape(
                            "1s",
                            receiver.endpoint(),
                            "Authenticator: {Type: ext_basicauth, Username: me, PasswordFile: '" + password + "'}",
                            target.address()));
            long start = System.nanoTime();
            millrace.start();
            awaitHeld(millrace);

            replace(password, "right\n");

            Await.until(
                    "it is delivered",
                    beforeAProbe(start),
                    () -> !receiver.samples("numbered_page").isEmpty());
        }
    }

    @Test
    void aTokenThatIsRefusedIsReplacedByAnotherOne() throws Exception {
        try (NumberedTarget target = NumberedTarget.start(SERIES);
                RemoteWriteReceiver receiver = RemoteWriteReceiver.start();
                TokenServer tokens = TokenServer.start("me", "s3cret");
                Millrace millrace = Millrace.in(folder)) {
            receiver.demand("Bearer token-1");
            millrace.pipeline(
                    "web",
                    Pipelines.scrape("1s", receiver.endpoint(), """
                                    Authenticator: {Type: ext_oauth2, ClientId: me, ClientSecret: s3cret, TokenUrl: '%s'}
                                    RequestInterceptors:
                                      - Type: ext_request_breaker
                                    FlushInterceptor:
                                      Type: ext_groupinfo_filter
                                      Tags: {__name__: {Pattern: '^up$', Reverse: true}}
                                    """.formatted(tokens.url()), target.address())
                            + "global: {GroupTags: {zone: b, job: other}}\n");
            millrace.start();
            Await.until(
                    "it is delivered",
                    Duration.ofSeconds(30),
                    () -> !receiver.samples("numbered_page").isEmpty());
            assertThat(receiver.samples("numbered_page").keySet())
                    .allSatisfy(series -> assertThat(series).contains("zone").doesNotContain("other"));
            assertThat(receiver.samples("scrape_duration_seconds").keySet())
                    .allSatisfy(series -> assertThat(series).contains("zone"));
            assertThat(tokens.given()).isEqualTo(1);

            receiver.demand("Bearer token-2");
            int before = receiver.requests().size();
            Await.until(
                    "it is delivered with another token",
                    Duration.ofSeconds(30),
                    () -> receiver.requests().size() > before);

            assertThat(tokens.given()).isEqualTo(2);
            assertThat(receiver.samples("up")).isEmpty();
            assertThat(millrace.metrics().sum("millrace_flusher_dropped_items_total", "reason", "filtered"))
                    .isPositive();
            assertThat(String.join("\n", millrace.lines())).doesNotContain("s3cret", "token-1", "token-2");
        }
    }

    @Test
    void aClientThatTheTokenEndpointDoesNotKnowHoldsTheFlusher() throws Exception {
        try (NumberedTarget target = NumberedTarget.start(SERIES);
                RemoteWriteReceiver receiver = RemoteWriteReceiver.start();
                TokenServer tokens = TokenServer.start("me", "s3cret");
                Millrace millrace = Millrace.in(folder)) {
            Path secret = Files.writeString(folder.resolve("secret"), "hunter2");
            millrace.pipeline(
                    "web",
                    Pipelines.scrape(
                            "1s",
                            receiver.endpoint(),
                            "Authenticator: {Type: ext_oauth2, ClientId: me, ClientSecretFile: '" + secret
                                    + "', TokenUrl: '" + tokens.url() + "'}",
                            target.address()));
            long start = System.nanoTime();
            millrace.start();
            awaitHeld(millrace);
            assertThat(millrace.lines())
                    .anySatisfy(line -> assertThat(line)
                            .contains("no token: " + tokens.url()
                                    + " answered 401: invalid_client (check the client's ID"));

            replace(secret, "s3cret");

            Await.until(
                    "it is delivered",
                    beforeAProbe(start),
                    () -> !receiver.samples("numbered_page").isEmpty());
            assertThat(String.join("\n", millrace.lines())).doesNotContain("s3cret", "hunter2");
        }
    }

    @Test
    void aCorrectedAuthorityIsTriedAtOnce() throws Exception {
        X509Bundle authority = authority();
        Path file = Files.writeString(folder.resolve("ca.pem"), authority().getCertificatePEM());
        try (NumberedTarget target = NumberedTarget.start(SERIES);
                TlsReceiver receiver = TlsReceiver.start(
                        certificate("server").addSanIpAddress("127.0.0.1").buildIssuedBy(authority));
                Millrace millrace = Millrace.in(folder)) {
            millrace.pipeline(
                    "web",
                    Pipelines.scrape(
                            "1s", receiver.endpoint(), "Http: {Tls: {CaFile: '" + file + "'}}", target.address()));
            long start = System.nanoTime();
            millrace.start();
            awaitHeld(millrace);
            assertThat(receiver.requests()).isZero();

            replace(file, authority.getCertificatePEM());

            Await.until("it is delivered", beforeAProbe(start), () -> receiver.requests() > 0);
            assertThat(millrace.metrics().sum("millrace_flusher_rejected_items_total"))
                    .isZero();
        }
    }

    private static X509Bundle authority() throws Exception {
        return certificate("authority").setIsCertificateAuthority(true).buildSelfSigned();
    }

    private static CertificateBuilder certificate(String name) {
        return new CertificateBuilder()
                .subject("CN=" + name)
                .notBefore(Instant.now().minus(Duration.ofDays(1)))
                .notAfter(Instant.now().plus(Duration.ofDays(1)));
    }

    /* What is left until a held flusher asks again by itself: a minute after it was held, which is after the start. */
    private static Duration beforeAProbe(long start) {
        return Duration.ofSeconds(60).minusNanos(System.nanoTime() - start);
    }

    private static void awaitHeld(Millrace millrace) {
        Await.until(
                "the flusher is held",
                Duration.ofSeconds(30),
                () -> millrace.metrics().sum("millrace_flusher_held", "pipeline", "web") == 1);
    }

    private void replace(Path file, String content) throws IOException {
        Files.move(Files.writeString(folder.resolve("new"), content), file, StandardCopyOption.ATOMIC_MOVE);
    }
}

package dev.millrace.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.distribution.numbered.NumberedTarget;
import dev.millrace.distribution.peer.NginxServer;
import dev.millrace.distribution.run.Await;
import dev.millrace.distribution.run.Millrace;
import dev.millrace.distribution.run.RemoteWriteReceiver;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Client certificates before a real server that demands one. */
@Tag("servers")
final class ClientCertificateServersIT {
    private static final int SERIES = 10;

    @TempDir
    Path folder;

    private static CertificateBuilder certificate(String name) {
        return new CertificateBuilder()
                .subject("CN=" + name)
                .notBefore(Instant.now().minus(Duration.ofDays(1)))
                .notAfter(Instant.now().plus(Duration.ofDays(1)));
    }

    private void write(Path crt, Path key, X509Bundle bundle) throws Exception {
        Files.writeString(crt, bundle.getCertificatePathPEM());
        Files.writeString(key, bundle.getPrivateKeyPEM());
    }

    @Test
    void aCertificateIsDemandedShownAndRenewedWithoutAReload() throws Exception {
        Path server = Files.createDirectories(folder.resolve("nginx"));
        X509Bundle authority =
                certificate("authority").setIsCertificateAuthority(true).buildSelfSigned();
        Files.writeString(server.resolve("ca.pem"), authority.getCertificatePEM());
        write(
                server.resolve("server.crt"),
                server.resolve("server.key"),
                certificate("server").addSanIpAddress("127.0.0.1").buildIssuedBy(authority));
        try (NumberedTarget target = NumberedTarget.start(SERIES);
                RemoteWriteReceiver receiver = RemoteWriteReceiver.start();
                NginxServer nginx = NginxServer.demandingCertificates(server, receiver.endpoint());
                Millrace millrace = Millrace.in(folder.resolve("millrace"))) {
            millrace.pipeline("web", pipeline(target, nginx, ""));
            millrace.start();
            Await.until(
                    "the flusher is held",
                    Duration.ofSeconds(60),
                    () -> millrace.metrics().sum("millrace_flusher_held") == 1,
                    () -> String.join("\n", millrace.lines()));
            assertThat(String.join("\n", millrace.lines())).contains("the server demands a client certificate");

            Path certificates = Files.createDirectories(millrace.conf().resolve("certificates"));
            write(
                    certificates.resolve("client.crt"),
                    certificates.resolve("client.key"),
                    certificate("first").buildIssuedBy(authority));
            millrace.pipeline(
                    "web",
                    pipeline(
                            target,
                            nginx,
                            "\n    CertFile: ../certificates/client.crt\n    KeyFile: ../certificates/client.key"));
            seen(nginx, millrace, "CN=first");
            double reloads = millrace.metrics().sum("millrace_reloads_total");

            write(
                    certificates.resolve("client.crt"),
                    certificates.resolve("client.key"),
                    certificate("second").buildIssuedBy(authority));
            seen(nginx, millrace, "CN=second");
            assertThat(millrace.metrics().sum("millrace_reloads_total")).isEqualTo(reloads);
            assertThat(millrace.metrics().sum("millrace_flusher_rejected_items_total"))
                    .isZero();
            assertThat(receiver.judge(SERIES).outOfOrder()).isZero();
        }
    }

    private static void seen(NginxServer nginx, Millrace millrace, String name) {
        Await.until(
                name + " is shown",
                Duration.ofSeconds(60),
                () -> nginx.clients().contains(name),
                () -> String.join("\n", millrace.lines()));
    }

    private static String pipeline(NumberedTarget target, NginxServer nginx, String more) {
        return Pipelines.scrape(
                "500ms", nginx.endpoint(), "Http:\n  Tls:\n    CaFile: ../../../nginx/ca.pem" + more, target.address());
    }
}

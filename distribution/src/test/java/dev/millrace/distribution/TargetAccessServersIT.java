package dev.millrace.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import dev.millrace.distribution.peer.Json;
import dev.millrace.distribution.peer.PrometheusServer;
import dev.millrace.distribution.run.Await;
import dev.millrace.distribution.run.Millrace;
import dev.millrace.distribution.run.Web;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One configuration with targets that ask for a certificate, a token and more, and with limits, in a real Prometheus and in
 * Millrace: both can scrape the same targets, and say the same of those that are over a limit.
 */
@Tag("servers")
final class TargetAccessServersIT {
    private static final Duration LONG = Duration.ofSeconds(90);
    private static final String PAGE = "a{b=\"1\",c=\"a long value\"} 1\nb 2\n";

    @TempDir
    Path folder;

    private static CertificateBuilder certificate(String name) {
        return new CertificateBuilder()
                .subject("CN=" + name)
                .notBefore(Instant.now().minus(Duration.ofDays(1)))
                .notAfter(Instant.now().plus(Duration.ofDays(1)));
    }

    private HttpsServer demanding(X509Bundle authority) throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("authority", authority.getCertificate());
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(
                certificate("server")
                        .addSanDnsName("metrics.example.com")
                        .buildIssuedBy(authority)
                        .toKeyManagerFactory()
                        .getKeyManagers(),
                trust.getTrustManagers(),
                null);
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters demanded = getSSLContext().getDefaultSSLParameters();
                demanded.setNeedClientAuth(true);
                parameters.setSSLParameters(demanded);
            }
        });
        return server;
    }

    private static void answer(HttpExchange exchange) throws IOException {
        boolean known = "Bearer t0ken".equals(exchange.getRequestHeaders().getFirst("Authorization"))
                && "shop".equals(exchange.getRequestHeaders().getFirst("X-Tenant"));
        byte[] body = PAGE.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4");
        if (exchange.getRequestURI().getPath().equals("/moved")) {
            exchange.getResponseHeaders().set("Location", "/metrics");
            exchange.sendResponseHeaders(302, -1);
        } else {
            exchange.sendResponseHeaders(known ? 200 : 401, known ? body.length : -1);
            if (known) {
                exchange.getResponseBody().write(body);
            }
        }
        exchange.close();
    }

    private static void serve(HttpServer server) {
        server.createContext("/", TargetAccessServersIT::answer);
        server.start();
    }

    private String configuration(HttpsServer safe, HttpServer plain) {
        return """
                global:
                  scrape_interval: 1s
                scrape_configs:
                  - {job_name: certificate, scheme: https, authorization: {credentials_file: FOLDER/token}, TLS, SAFE}
                  - {job_name: stranger, scheme: https, authorization: {credentials_file: FOLDER/token}, SAFE,
                     tls_config: {ca_file: FOLDER/ca.pem, server_name: metrics.example.com}}
                  - {job_name: no-token, scheme: https, TLS, SAFE}
                  - {job_name: moved, metrics_path: /moved, authorization: {credentials: t0ken}, PLAIN}
                  - {job_name: not-followed, metrics_path: /moved, authorization: {credentials: t0ken},
                     follow_redirects: false, PLAIN}
                  - {job_name: labels, label_limit: 4, authorization: {credentials: t0ken}, PLAIN}
                  - {job_name: names, label_name_length_limit: 7, authorization: {credentials: t0ken}, PLAIN}
                  - {job_name: values, label_value_length_limit: 11, label_name_length_limit: 8,
                     authorization: {credentials: t0ken}, PLAIN}
                  - {job_name: samples, sample_limit: 1, authorization: {credentials: t0ken}, PLAIN}
                  - {job_name: body, body_size_limit: 10B, authorization: {credentials: t0ken}, PLAIN}
                  - {job_name: targets, target_limit: 1, authorization: {credentials: t0ken},
                     static_configs: [{targets: ['ADDRESS', '127.0.0.1:1']}]}
                """.replace("TLS", """
                        tls_config: {ca_file: FOLDER/ca.pem, cert_file: FOLDER/client.crt, key_file: FOLDER/client.key,
                        server_name: metrics.example.com}""".replace("\n", " "))
                .replace(
                        "SAFE",
                        "HEADERS, static_configs: [{targets: ['127.0.0.1:"
                                + safe.getAddress().getPort() + "']}]")
                .replace("PLAIN", "HEADERS, static_configs: [{targets: ['ADDRESS']}]")
                .replace("HEADERS", "http_headers: {X-Tenant: {values: [shop]}}")
                .replace("ADDRESS", "127.0.0.1:" + plain.getAddress().getPort())
                .replace("FOLDER", folder.toString());
    }

    @Test
    void bothScrapeTheSameTargets() throws Exception {
        X509Bundle authority =
                certificate("authority").setIsCertificateAuthority(true).buildSelfSigned();
        X509Bundle client = certificate("client").buildIssuedBy(authority);
        Files.writeString(folder.resolve("ca.pem"), authority.getCertificatePEM());
        Files.writeString(folder.resolve("client.crt"), client.getCertificatePathPEM());
        Files.writeString(folder.resolve("client.key"), client.getPrivateKeyPEM());
        Files.writeString(folder.resolve("token"), "t0ken\n");
        HttpsServer safe = demanding(authority);
        HttpServer plain = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        serve(safe);
        serve(plain);
        Path own = Files.writeString(folder.resolve("own.yml"), configuration(safe, plain));
        Files.createDirectories(folder.resolve("millrace"));
        try (PrometheusServer prometheus =
                        PrometheusServer.configured("newer", folder.resolve("prometheus"), configuration(safe, plain));
                Millrace millrace = Millrace.in(folder.resolve("millrace"))) {
            millrace.pipeline("web", """
                    inputs:
                      - Type: input_prometheus
                        ConfigFilePath: %s
                    flushers:
                      - Type: flusher_stdout
                    """.formatted(own));
            millrace.start();
            Await.until(
                    "all were scraped",
                    LONG,
                    () -> allKnown(millrace.admin()) && allKnown("http://" + prometheus.address()),
                    () -> String.join("\n", millrace.lines()));

            Map<String, String> health = shown(millrace.admin(), "health");
            assertThat(health)
                    .isEqualTo(shown("http://" + prometheus.address(), "health"))
                    .containsEntry("certificate", "up")
                    .containsEntry("moved", "up")
                    .containsEntry("stranger", "down")
                    .containsEntry("no-token", "down")
                    .containsEntry("not-followed", "down")
                    .containsEntry("samples", "down")
                    .containsEntry("body", "down");
            Map<String, String> ours = shown(millrace.admin(), "lastError");
            Map<String, String> theirs = shown("http://" + prometheus.address(), "lastError");
            for (String job : List.of("labels", "names", "values", "targets")) {
                assertThat(ours.get(job)).as(job).isNotEmpty().isEqualTo(theirs.get(job));
            }
        } finally {
            safe.stop(0);
            plain.stop(0);
        }
    }

    private static boolean allKnown(String address) throws IOException {
        Map<String, String> health = shown(address, "health");
        return health.size() == 11 && !health.containsValue("unknown");
    }

    private static Map<String, String> shown(String address, String key) throws IOException {
        Map<?, ?> answer = Json.object(Web.get(address + "/api/v1/targets").body());
        Map<String, String> shown = new TreeMap<>();
        for (Object active : (List<?>) ((Map<?, ?>) answer.get("data")).get("activeTargets")) {
            Map<?, ?> target = (Map<?, ?>) active;
            shown.put(String.valueOf(target.get("scrapePool")), String.valueOf(target.get(key)));
        }
        return shown;
    }
}

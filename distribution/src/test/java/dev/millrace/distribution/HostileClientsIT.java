package dev.millrace.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.distribution.numbered.DeliveryOracle;
import dev.millrace.distribution.numbered.Ports;
import dev.millrace.distribution.run.Await;
import dev.millrace.distribution.run.MetricsPage;
import dev.millrace.distribution.run.Millrace;
import dev.millrace.distribution.run.RawConnection;
import dev.millrace.distribution.run.RemoteWriteClient;
import dev.millrace.distribution.run.RemoteWriteReceiver;
import dev.millrace.distribution.run.Web;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Clients that mean harm, of a process with a small heap: each gets a clear answer or is cut off, what they do is counted, and
 * while they hold on to their connections, one client that pushes to the same address and a pipeline beside it are served
 * and lose nothing. {@code -Dmillrace.seed=} repeats a run.
 */
@Tag("servers")
final class HostileClientsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int MANY = 100;
    private static final int SERIES = 5;
    private static final long MOST_KIB = 640 << 10;
    private static final String GRPC_PATH = "/opentelemetry.proto.collector.metrics.v1.MetricsService/Export";

    @TempDir
    Path folder;

    private final String push = address();
    private final String http = address();
    private final String grpc = address();
    private final String few = address();
    private final String tls = address();
    private final String udp = address();
    private final List<RawConnection> held = new ArrayList<>();
    private final RemoteWriteClient client =
            new RemoteWriteClient("http://" + push + "/api/v1/write", "client", SERIES);
    private RemoteWriteReceiver receiver;
    private HealthyPipeline healthy;
    private Millrace millrace;
    private int pages;

    private static String address() {
        return "127.0.0.1:" + Ports.free();
    }

    @BeforeEach
    void start() throws Exception {
        receiver = RemoteWriteReceiver.start();
        healthy = new HealthyPipeline();
        millrace = Millrace.in(folder, Millrace.HOME, Map.of("MILLRACE_HEAP", "128m", "MILLRACE_CLASS_SHARING", "off"));
        Path certificates = Files.createDirectories(millrace.conf().resolve("certificates"));
        X509Bundle server = new CertificateBuilder()
                .subject("CN=server")
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
        Files.writeString(certificates.resolve("server.crt"), server.getCertificatePEM());
        Files.writeString(certificates.resolve("server.key"), server.getPrivateKeyPEM());
        healthy.addTo(millrace);
        millrace.pipeline(
                "victim",
                """
                inputs:
                  - Type: service_http_server/push
                    Address: '%s'
                  - Type: service_http_server/few
                    Address: '%s'
                    MaxConnections: 5
                    MaxRequestsPerSecond: 2
                    MaxBytesPerSecond: 1MiB
                  - Type: service_http_server/tls
                    Address: 'https://%s'
                    Tls: {CertFile: ../certificates/server.crt, KeyFile: ../certificates/server.key}
                  - Type: service_http_server/statsd
                    Address: 'udp://%s'
                    Format: statsd
                  - Type: service_otlp
                    Protocols: {GRPC: {Endpoint: '%s'}, HTTP: {Endpoint: '%s'}}
                flushers:
                """.formatted(push, few, tls, udp, grpc, http) + Pipelines.flusher("", receiver.endpoint(), ""));
        millrace.start();
    }

    @AfterEach
    void stop() throws Exception {
        for (RawConnection connection : held) {
            connection.close();
        }
        millrace.close();
        healthy.close();
        receiver.close();
    }

    /* Nothing that they do has an effect on the next: the connections stay open to the end. */
    @Test
    void disturbNobodyElse() throws Exception {
        isServed("before");
        slowClientsOfHttp1();
        isServed("while headers and bodies come byte by byte");
        healthy.awaitRise(millrace);
        halfClosed();
        isServed("beside connections that are half closed");
        slowClientsOfHttp2();
        isServed("while streams stand still");
        floodsOfFrames();
        isServed("after floods of frames");
        healthy.awaitRise(millrace);
        overTheLimits();
        isServed("beside a listener that is full");
        noTls();
        isServed("beside connections that are none of TLS");
        noise();
        isServed("after noise");
        sayWhatWasRefused(millrace.metrics());
        nothingIsLost();
        assertThat(kibibytesAtMost())
                .as("resident memory, with a heap of 128 MiB")
                .isLessThan(MOST_KIB);
        assertThat(millrace.lines())
                .noneMatch(line -> line.startsWith("\tat ") || line.contains("OutOfMemory") || line.contains("ERROR"));
    }

    /* More promised bytes than there is memory. */
    private void slowClientsOfHttp1() throws IOException {
        for (int i = 0; i < MANY; i++) {
            for (String at : List.of(push, http, grpc)) {
                hold(RawConnection.to(at)).send("POST /api/v1/write HT");
            }
            hold(RawConnection.to(push)).send(head("/api/v1/write", "Content-Length: 30000000") + "x");
            hold(RawConnection.to(http)).send(head("/v1/metrics", "Transfer-Encoding: chunked") + "1\r\n{\r\n");
        }
        for (RawConnection connection : held) {
            for (int i = 0; i < 3; i++) {
                connection.send("x");
            }
        }
    }

    private static String head(String path, String field) {
        return String.join(
                "\r\n",
                "POST " + path + " HTTP/1.1",
                "Host: x",
                "Content-Type: " + (path.startsWith("/v1") ? "application/json" : "application/x-protobuf"),
                field,
                "",
                "");
    }

    private void halfClosed() throws IOException {
        for (int i = 0; i < MANY; i++) {
            hold(RawConnection.to(push)).send("POST /api/v1/write HTTP/1.1\r\n").endOutput();
            hold(RawConnection.to(http)).endOutput();
            hold(RawConnection.to(grpc)).send("PRI * HTTP/2.0").endOutput();
        }
    }

    /* Streams without an end; answers that nobody takes; a header that does not end. */
    private void slowClientsOfHttp2() throws IOException {
        for (int i = 0; i < 5; i++) {
            RawConnection endless = hold(RawConnection.http2(grpc));
            RawConnection untaken = hold(RawConnection.http2(grpc, 4, 0)); // SETTINGS_INITIAL_WINDOW_SIZE
            for (int stream = 1; stream < 200; stream += 2) {
                endless.send(RawConnection.call(stream, RawConnection.END_HEADERS, GRPC_PATH));
                endless.send(RawConnection.frame(RawConnection.DATA, 0, stream, new byte[] {0, 0, 80, 0, 0, 1}));
                untaken.send(RawConnection.call(
                        stream, RawConnection.END_HEADERS | RawConnection.END_STREAM, "/v1/metrics"));
            }
            hold(RawConnection.http2(grpc)).send(RawConnection.call(1, 0, GRPC_PATH));
        }
        RawConnection greedy = hold(RawConnection.http2(grpc));
        for (int stream = 1; stream < 400; stream += 2) {
            greedy.send(RawConnection.call(stream, RawConnection.END_HEADERS, GRPC_PATH));
        }
        assertThat(greedy.errorOf(RawConnection.RST_STREAM))
                .as("a stream over the limit: REFUSED_STREAM")
                .isEqualTo(7);
    }

    private void floodsOfFrames() throws IOException {
        RawConnection continuing = hold(RawConnection.http2(grpc));
        continuing.send(RawConnection.call(1, 0, GRPC_PATH));
        byte[] one = RawConnection.frame(RawConnection.CONTINUATION, 0, 1, new byte[] {(byte) 0x86});
        continuing.floods(one, 1000);
        assertThat(continuing.errorOf(RawConnection.GOAWAY))
                .as("ENHANCE_YOUR_CALM")
                .isIn(11, -1);

        RawConnection resetting = hold(RawConnection.http2(grpc));
        for (int stream = 1; stream < 3000; stream += 2) {
            byte[] opened = RawConnection.call(stream, RawConnection.END_HEADERS, GRPC_PATH);
            byte[] reset = RawConnection.frame(RawConnection.RST_STREAM, 0, stream, new byte[] {0, 0, 0, 8});
            if (resetting.floods(opened, 1) || resetting.floods(reset, 1)) {
                break;
            }
        }
        assertThat(resetting.errorOf(RawConnection.GOAWAY))
                .as("ENHANCE_YOUR_CALM")
                .isIn(11, -1);

        for (int type : new int[] {RawConnection.SETTINGS, RawConnection.PING}) {
            byte[] payload = new byte[type == RawConnection.PING ? 8 : 0];
            RawConnection unread = hold(RawConnection.http2(grpc));
            assertThat(unread.floods(repeated(RawConnection.frame(type, 0, 0, payload), 1000), 5000))
                    .as("closed, where acknowledgements are asked for and not taken")
                    .isTrue();
        }
    }

    private static byte[] repeated(byte[] bytes, int times) {
        byte[] all = new byte[bytes.length * times];
        for (int i = 0; i < all.length; i++) {
            all[i] = bytes[i % bytes.length];
        }
        return all;
    }

    private void overTheLimits() throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        String answer = "";
        while (!answer.contains(" 429 ") && System.nanoTime() < end) {
            try (RawConnection one = RawConnection.to(few)) {
                answer = one.send(head("/api/v1/write", "Content-Length: 0")).line();
            }
        }
        assertThat(answer).as("more requests than are taken in a second").contains(" 429 ");
        List<RawConnection> five = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            five.add(hold(RawConnection.to(few)));
        }
        assertThat(five.get(49).line()).as("one connection too many").contains(" 503 ");
    }

    private void noTls() throws IOException {
        assertThat(hold(RawConnection.to(tls))
                        .send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
                        .line())
                .doesNotContain("HTTP");
        hold(RawConnection.to(tls)).send(new byte[] {22, 3, 1, 2, 0, 1}); // the beginning of a ClientHello
        hold(RawConnection.to(tls)).send(new byte[] {22, 3, 3, 64, 0}).send(new byte[16 << 10]);
    }

    private void noise() throws IOException {
        long seed = Long.getLong("millrace.seed", System.nanoTime());
        System.out.println("HostileClientsIT: -Dmillrace.seed=" + seed);
        Random random = new Random(seed);
        byte[] bytes = new byte[1000];
        try (DatagramSocket socket = new DatagramSocket()) {
            InetSocketAddress to =
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(udp.split(":")[1]));
            for (int i = 0; i < MANY; i++) {
                random.nextBytes(bytes);
                for (String at : List.of(push, http, grpc, tls)) {
                    sendNoise(at, bytes);
                }
                socket.send(new DatagramPacket(bytes, bytes.length, to));
                socket.send(new DatagramPacket(new byte[65_507], 65_507, to));
            }
            byte[] good = "good:1|c\n:1|c\n".getBytes(StandardCharsets.UTF_8);
            Await.until("a good line is taken, and a bad one counted", PATIENCE, () -> {
                socket.send(new DatagramPacket(good, good.length, to));
                MetricsPage page = millrace.metrics();
                return page.sum("millrace_input_statsd_lines_total", "outcome", "taken") > 0
                        && page.sum("millrace_input_statsd_lines_total", "outcome", "malformed") > 0;
            });
        }
    }

    /* That it is closed meanwhile is a clear answer as well. */
    private void sendNoise(String at, byte[] bytes) throws IOException {
        hold(RawConnection.to(at)).floods(bytes, 1);
        hold(RawConnection.to(at)).floods(RawConnection.preface(bytes), 1);
    }

    private void sayWhatWasRefused(MetricsPage page) {
        String connections = "millrace_listener_refused_connections_total";
        assertThat(page.sum(connections, "address", few, "reason", "too_many")).isGreaterThanOrEqualTo(45);
        assertThat(page.sum(connections, "address", tls, "reason", "tls")).isPositive();
        assertThat(page.sum(connections, "address", grpc, "reason", "http2")).isGreaterThanOrEqualTo(4);
        assertThat(page.sum("millrace_listener_refused_requests_total", "address", push, "code", "400"))
                .isPositive();
        assertThat(page.sum("millrace_input_requests_total", "component", "service_http_server/few", "code", "429"))
                .isPositive();
    }

    private RawConnection hold(RawConnection connection) {
        held.add(connection);
        return connection;
    }

    /* By the same listener, and by the pipeline beside. */
    private void isServed(String when) throws IOException {
        for (int i = 0; i < 3; i++) {
            pages++;
            assertThat(client.push(pages, 1_000L * pages)).as(when).isEqualTo(204);
        }
        HttpRequest.Builder otlp = HttpRequest.newBuilder(URI.create("http://" + http + "/v1/metrics"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"resourceMetrics\": []}"));
        assertThat(Web.send(otlp).statusCode()).as(when).isEqualTo(200);
    }

    private void nothingIsLost() {
        Await.until(
                "all pages that were pushed are delivered",
                PATIENCE,
                () -> receiver.judge(SERIES)
                                .pages()
                                .getOrDefault("client", new java.util.TreeSet<>())
                                .size()
                        == pages);
        DeliveryOracle oracle = receiver.judge(SERIES);
        assertThat(oracle.torn()).isEmpty();
        assertThat(oracle.keptTwice()).isZero();
        healthy.assertNothingLost();
    }

    private long kibibytesAtMost() throws IOException {
        return Files.readAllLines(Path.of("/proc/" + millrace.process().pid() + "/status")).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }
}

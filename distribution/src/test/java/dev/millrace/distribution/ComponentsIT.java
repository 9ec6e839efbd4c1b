package dev.millrace.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.millrace.distribution.numbered.Ports;
import dev.millrace.distribution.run.Await;
import dev.millrace.distribution.run.Millrace;
import dev.millrace.distribution.run.RemoteWriteReceiver;
import dev.millrace.distribution.run.Web;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What fails, waits for a person or is in trouble is named at the admin address, and the others are ok. */
final class ComponentsIT {
    @TempDir
    Path folder;

    private static String input(String address) {
        return """
                inputs:
                  - Type: service_http_server
                    Address: http://%s
                flushers:
                  - Type: flusher_stdout
                """.formatted(address);
    }

    private static HttpServer target(int port) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/metrics", exchange -> {
            byte[] page = "up_again 1\n".getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4");
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
            exchange.close();
        });
        server.start();
        return server;
    }

    private static void await(Millrace millrace, String line) {
        Await.until(
                line,
                Duration.ofSeconds(20),
                () -> Web.get(millrace.admin() + "/-/ready").body().lines().anyMatch(told -> told.matches(line)));
    }

    private static void awaitOk(Millrace millrace, String pipeline, String component) {
        Await.until(
                component + " is ok",
                Duration.ofSeconds(20),
                () -> Web.get(millrace.admin() + "/api/v1/components?pipeline=" + pipeline)
                        .body()
                        .matches("(?s).*\"component\":\"" + component
                                + "\",\"kind\":\"\\w+\",\"state\":\"ok\",\"reason\":null,.*"));
    }

    @Test
    @SuppressWarnings("try") // the socket is closed early, for the input to have it
    void areNamedWithTheirStates() throws Exception {
        AtomicInteger answer = new AtomicInteger(401);
        int away = Ports.free();
        try (RemoteWriteReceiver receiver = RemoteWriteReceiver.start();
                ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Millrace millrace = Millrace.in(folder)) {
            receiver.answer(answer::get);
            millrace.pipeline("good", input("127.0.0.1:" + Ports.free()));
            millrace.pipeline("taken", input("127.0.0.1:" + taken.getLocalPort()));
            millrace.pipeline("locked", """
                    inputs:
                      - Type: input_prometheus
                        ScrapeConfig:
                          job_name: away
                          scrape_interval: 1s
                          scrape_timeout: 1s
                          static_configs:
                            - targets: ["127.0.0.1:%d"]
                    flushers:
                      - Type: flusher_prometheus
                        Endpoint: %s
                    """.formatted(away, receiver.endpoint()));
            millrace.start();
            await(millrace, "taken/service_http_server: failed for .*: taken/service_http_server: .* in use .*");
            await(millrace, "locked/input_prometheus: degraded for .*refused.*");
            await(millrace, "locked/flusher_prometheus: held for .*401.*");
            assertThat(Web.get(millrace.admin() + "/-/ready").statusCode()).isEqualTo(200);
            assertThat(Web.get(millrace.admin() + "/api/v1/components?pipeline=good")
                            .body())
                    .contains("\"kind\":\"input\",\"state\":\"ok\",\"reason\":null,\"since\":\"")
                    .contains("\"kind\":\"flusher\",\"state\":\"ok\"");

            taken.close();
            awaitOk(millrace, "taken", "service_http_server");
            HttpServer target = target(away);
            try {
                awaitOk(millrace, "locked", "input_prometheus");
            } finally {
                target.stop(0);
            }
            await(millrace, "locked/input_prometheus: degraded for .*refused.*");
        }
    }
}

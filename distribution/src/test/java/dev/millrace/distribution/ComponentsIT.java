package dev.millrace.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.distribution.numbered.Ports;
import dev.millrace.distribution.run.Await;
import dev.millrace.distribution.run.Millrace;
import dev.millrace.distribution.run.RemoteWriteReceiver;
import dev.millrace.distribution.run.Web;
import java.net.InetAddress;
import java.net.ServerSocket;
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

    private static void await(Millrace millrace, String line) {
        Await.until(
                line,
                Duration.ofSeconds(20),
                () -> Web.get(millrace.admin() + "/-/ready").body().lines().anyMatch(told -> told.matches(line)));
    }

    @Test
    void areNamedWithTheirStates() throws Exception {
        AtomicInteger answer = new AtomicInteger(401);
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
                    """.formatted(Ports.free(), receiver.endpoint()));
            millrace.start();
            await(millrace, "taken/service_http_server: failed for .*: taken/service_http_server: .* in use .*");
            await(millrace, "locked/input_prometheus: degraded for .*refused.*");
            await(millrace, "locked/flusher_prometheus: held for .*401.*");
            assertThat(Web.get(millrace.admin() + "/-/ready").statusCode()).isEqualTo(200);
            assertThat(Web.get(millrace.admin() + "/api/v1/components?pipeline=good")
                            .body())
                    .contains("\"kind\":\"input\",\"state\":\"ok\",\"reason\":null,\"since\":\"")
                    .contains("\"kind\":\"flusher\",\"state\":\"ok\"");
        }
    }
}

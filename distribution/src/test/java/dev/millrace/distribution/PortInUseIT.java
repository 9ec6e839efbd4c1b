package dev.millrace.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.distribution.numbered.Ports;
import dev.millrace.distribution.run.Await;
import dev.millrace.distribution.run.LogLine;
import dev.millrace.distribution.run.Millrace;
import dev.millrace.distribution.run.Web;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A pipeline whose port another process has is reported, and starts by itself when the port is free. */
final class PortInUseIT {
    @TempDir
    Path folder;

    @Test
    void isReportedAndTriedAgain() throws Exception {
        int port = Ports.free();
        try (HealthyPipeline healthy = new HealthyPipeline();
                Millrace millrace = Millrace.in(folder)) {
            healthy.addTo(millrace);
            millrace.pipeline("push", """
                    inputs:
                      - Type: service_http_server
                        Address: http://127.0.0.1:%d
                    flushers:
                      - Type: flusher_stdout
                    """.formatted(port));
            try (ServerSocket taken = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                millrace.start();
                assertThat(LogLine.complaints(millrace.lines()))
                        .contains(
                                "pipeline push does not run; trying again in 1 s: push/service_http_server: 127.0.0.1:"
                                        + taken.getLocalPort() + ": address already in use (expected: a free port);"
                                        + " set Address in the pipeline's file");
                assertThat(Web.get(millrace.admin() + "/-/ready?pipeline=push").statusCode())
                        .isEqualTo(503);
                assertThat(millrace.metrics()
                                .sum(
                                        "millrace_component_state",
                                        "pipeline",
                                        "push",
                                        "component",
                                        "service_http_server",
                                        "state",
                                        "failed"))
                        .isEqualTo(1);
                healthy.awaitRise(millrace);
            }
            Await.until(
                    "the pipeline runs",
                    Duration.ofSeconds(20),
                    () -> Web.get(millrace.admin() + "/-/ready?pipeline=push").statusCode() == 200);
            assertThat(millrace.metrics().sum("millrace_component_state", "pipeline", "push", "state", "ok"))
                    .isGreaterThanOrEqualTo(3);
            assertThat(millrace.metrics().sum("millrace_component_state", "pipeline", "push", "state", "failed"))
                    .isZero();
            healthy.assertNothingLost();
            assertThat(LogLine.others(millrace.lines())).isEmpty();
            assertThat(millrace.stop()).isZero();
        }
    }
}

package dev.millrace.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.distribution.numbered.NumberedTarget;
import dev.millrace.distribution.peer.NginxServer;
import dev.millrace.distribution.peer.PrometheusServer;
import dev.millrace.distribution.run.Await;
import dev.millrace.distribution.run.Millrace;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Basic authentication against real servers that demand it. */
@Tag("servers")
final class BasicAuthServersIT {
    private static final String USER = "monitoring_user";
    private static final String PASSWORD = "secure_password";
    private static final String BCRYPT = "$2b$04$C80zkurfqkqg53STw0y5u.x2vPK6M10r15zAnNw4EXaHXfzVHR7ba";
    private static final String AUTHORIZATION =
            "Basic " + Base64.getEncoder().encodeToString((USER + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8));

    @TempDir
    Path folder;

    @Test
    void prometheusTakesTheRightPassword() throws Exception {
        Path web =
                Files.writeString(folder.resolve("web.yml"), "basic_auth_users:\n  " + USER + ": '" + BCRYPT + "'\n");
        try (NumberedTarget target = NumberedTarget.start(10);
                PrometheusServer prometheus =
                        PrometheusServer.start("stable", folder.resolve("prometheus"), "--web.config.file=" + web);
                Millrace millrace = Millrace.in(folder)) {
            millrace.pipeline("web", pipeline(target, prometheus.endpoint(), PASSWORD));
            millrace.start();
            Await.until(
                    "the samples can be read back",
                    Duration.ofSeconds(30),
                    () -> prometheus.read("numbered_page", AUTHORIZATION).size() == 10,
                    () -> String.join("\n", millrace.lines()));
        }
    }

    @Test
    void aWrongPasswordHoldsTheBacklogAndSaysSoOnceAMinute() throws Exception {
        try (NumberedTarget target = NumberedTarget.start(10);
                PrometheusServer prometheus = PrometheusServer.start("stable", folder.resolve("prometheus"));
                NginxServer nginx = NginxServer.start(folder.resolve("nginx"), prometheus.endpoint(), USER, PASSWORD);
                Millrace millrace = Millrace.in(folder)) {
            millrace.pipeline("web", pipeline(target, nginx.endpoint(), "wrong"));
            millrace.start();
            Await.until(
                    "it is said twice",
                    Duration.ofSeconds(100),
                    () -> held(millrace).size() >= 2);
            assertThat(held(millrace))
                    .hasSize(2)
                    .allSatisfy(line -> assertThat(line)
                            .startsWith("WARN ")
                            .contains("web/flusher_prometheus")
                            .doesNotContain("wrong"));
            assertThat(millrace.metrics().sum("millrace_flusher_backlog_items")).isPositive();
            assertThat(millrace.metrics().sum("millrace_flusher_delivered_items_total"))
                    .isZero();

            millrace.pipeline("web", pipeline(target, nginx.endpoint(), PASSWORD));
            Await.until(
                    "the backlog is delivered",
                    Duration.ofSeconds(30),
                    () -> millrace.metrics().sum("millrace_flusher_delivered_items_total") > 1000);
            assertThat(prometheus.read("numbered_page"))
                    .hasSize(10)
                    .allSatisfy(series -> assertThat(series.points().get(0).value())
                            .as("the first page, scraped while the password was wrong")
                            .isEqualTo(1));
        }
    }

    private static List<String> held(Millrace millrace) {
        return millrace.lines().stream().filter(line -> line.contains("401")).toList();
    }

    private static String pipeline(NumberedTarget target, String endpoint, String password) {
        return Pipelines.scrape("500ms", endpoint, "Authenticator:\n  Type: ext_basicauth", target.address())
                + "extensions:\n"
                + "  - Type: ext_basicauth\n"
                + "    Username: '" + USER + "'\n"
                + "    Password: '" + password + "'\n";
    }
}

package dev.millrace.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.distribution.numbered.DeliveryOracle;
import dev.millrace.distribution.numbered.NumberedTarget;
import dev.millrace.distribution.run.Await;
import dev.millrace.distribution.run.Millrace;
import dev.millrace.distribution.run.RemoteWriteReceiver;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A wrong password holds the backlog, and its correction by an edit of the file delivers everything. */
final class WrongPasswordIT {
    private static final int SERIES = 50;

    @TempDir
    Path folder;

    @Test
    void holdsTheBacklogUntilTheFileIsCorrected() throws Exception {
        try (NumberedTarget target = NumberedTarget.start(SERIES);
                RemoteWriteReceiver receiver = RemoteWriteReceiver.start();
                Millrace millrace = Millrace.in(folder)) {
            receiver.demand("Basic "
                    + Base64.getEncoder().encodeToString("monitoring_user:right".getBytes(StandardCharsets.UTF_8)));
            millrace.pipeline("web", pipeline(target, receiver, "wrong"));
            millrace.start();
            Await.until(
                    "the flusher is held",
                    Duration.ofSeconds(30),
                    () -> millrace.metrics().sum("millrace_flusher_held", "pipeline", "web") == 1);
            long pages = target.pages();
            Await.until("scraping goes on", Duration.ofSeconds(30), () -> target.pages() >= pages + 3);
            assertThat(receiver.requests()).isEmpty();
            assertThat(lines(millrace, "401")).hasSizeBetween(1, 2);
            assertThat(String.join("\n", millrace.lines())).doesNotContain("wrong");

            millrace.pipeline("web", pipeline(target, receiver, "right"));
            long scraped = target.pages();
            Await.until("everything is delivered", Duration.ofSeconds(30), () -> {
                DeliveryOracle oracle = receiver.judge(SERIES);
                return oracle.lost(target.address(), scraped) <= 1 // a scrape cut off by the reload
                        && oracle.torn(target.address(), scraped).isEmpty();
            });
            DeliveryOracle oracle = receiver.judge(SERIES);
            assertThat(oracle.outOfOrder()).isZero();
            assertThat(oracle.keptTwice()).isZero();
            assertThat(millrace.stop()).isZero();
        }
    }

    static String pipeline(NumberedTarget target, RemoteWriteReceiver receiver, String password) {
        return Pipelines.scrape("1s", receiver.endpoint(), "Authenticator:\n  Type: ext_basicauth", target.address())
                + "extensions:\n"
                + "  - Type: ext_basicauth\n"
                + "    Username: 'monitoring_user'\n"
                + "    Password: '" + password + "'\n";
    }

    private static List<String> lines(Millrace millrace, String text) {
        return millrace.lines().stream().filter(line -> line.contains(text)).toList();
    }
}

package dev.millrace.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.distribution.numbered.DeliveryOracle;
import dev.millrace.distribution.numbered.NumberedTarget;
import dev.millrace.distribution.run.Await;
import dev.millrace.distribution.run.Equations;
import dev.millrace.distribution.run.Millrace;
import dev.millrace.distribution.run.RemoteWriteReceiver;
import java.nio.file.Path;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Six lanes to a receiver that fails at random: every series stays in order, and nothing is missing. */
final class LanesIT {
    private static final int SERIES = 1000;

    /** Half of all answers are failures: without a bound for the delay, a run of bad luck outlasts the test. */
    private static final String OPTIONS = """
            Concurrency: 6
            SeriesLimit: 100
            Retry:
              MaxDelay: 500ms""";

    @TempDir
    Path folder;

    @Test
    void injectedFailuresReorderNothing() throws Exception {
        long seed = Long.getLong("millrace.seed", System.nanoTime());
        System.out.println("seed: " + seed);
        SplittableRandom random = new SplittableRandom(seed);
        int[] statuses = {204, 204, 200, 500, 503, 429};
        try (NumberedTarget target = NumberedTarget.start(SERIES);
                RemoteWriteReceiver receiver = RemoteWriteReceiver.start();
                Millrace millrace = Millrace.in(folder)) {
            receiver.answer(() -> {
                synchronized (random) {
                    return statuses[random.nextInt(statuses.length)];
                }
            });
            millrace.pipeline("lanes", Pipelines.scrape("1s", receiver.endpoint(), OPTIONS, target.address()));
            millrace.start();
            Await.until("many pages are scraped", Duration.ofSeconds(60), () -> target.pages() >= 15);
            assertThat(millrace.metrics().sum("millrace_flusher_lanes")).isBetween(1.0, 6.0);
            long pages = target.pages();
            Await.until(
                    "they are delivered",
                    Duration.ofSeconds(60),
                    () -> {
                        DeliveryOracle oracle = receiver.judge(SERIES);
                        return oracle.lost(target.address(), pages) == 0
                                && oracle.torn(target.address(), pages).isEmpty();
                    },
                    () -> state(receiver, target, pages, millrace));
            Equations.hold(millrace.metrics());
            assertThat(millrace.metrics().sum("millrace_flusher_retried_requests_total"))
                    .isPositive();
            assertThat(millrace.stop()).isZero();
            DeliveryOracle oracle = receiver.judge(SERIES);
            assertThat(oracle.outOfOrder()).isZero();
            assertThat(oracle.keptTwice()).isZero();
            assertThat(oracle.repeatedRequests()).isZero();
            assertThat(oracle.mixedRequests()).isZero();
        }
    }

    private static String state(RemoteWriteReceiver receiver, NumberedTarget target, long pages, Millrace millrace) {
        DeliveryOracle oracle = receiver.judge(SERIES);
        return "pages wanted: " + pages + ", there: " + oracle.pages() + ", torn: " + oracle.torn() + ", missing: "
                + oracle.missing(target.address(), pages) + "\n" + String.join("\n", millrace.lines());
    }
}

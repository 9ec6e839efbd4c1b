package dev.millrace.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.distribution.numbered.DeliveryOracle;
import dev.millrace.distribution.numbered.NumberedTarget;
import dev.millrace.distribution.run.Await;
import dev.millrace.distribution.run.Equations;
import dev.millrace.distribution.run.Millrace;
import dev.millrace.distribution.run.RemoteWriteReceiver;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.NavigableSet;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Lanes to a receiver that fails at random and is slow: every series stays in order, and nothing is missing. It takes minutes,
 * so it runs with the tests of {@code .ci/run}; the lanes themselves have theirs in {@code core}.
 */
@Tag("servers")
final class LanesIT {
    private static final int SERIES = 1000;

    /** Half of all answers are failures: without a bound for the delay, a run of bad luck outlasts the test. */
    private static final String OPTIONS = """
            Concurrency: 6
            SeriesLimit: 100
            Retry:
              MaxDelay: 500ms""";

    /** Small requests, so that what a target makes in a second takes a lane ten. */
    private static final String SMALL = "SeriesLimit: 10";

    private static final int LANES = 32;
    private static final int MANY = 8;

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

    @Test
    void lanesComeAndGoWithTheBacklogAndAKillLosesNothing() throws Exception {
        long seed = Long.getLong("millrace.seed", System.nanoTime());
        System.out.println("seed: " + seed);
        SplittableRandom random = new SplittableRandom(seed);
        try (NumberedTarget target = NumberedTarget.start(SERIES);
                RemoteWriteReceiver receiver = RemoteWriteReceiver.start();
                Millrace millrace = Millrace.in(folder)) {
            receiver.answer(() -> {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
                synchronized (random) {
                    return random.nextInt(50) == 0 ? 503 : 204;
                }
            });
            receiver.pause();
            millrace.pipeline("lanes", Pipelines.scrape("1s", receiver.endpoint(), SMALL, target.address()));
            millrace.start();
            Await.until("there is a backlog", Duration.ofSeconds(60), () -> target.pages() >= 10);
            assertThat(lanes(millrace)).isEqualTo(1);
            receiver.resume();
            Await.until("lanes come", Duration.ofSeconds(60), () -> lanes(millrace) >= MANY);
            millrace.kill();
            long pageAtKill = target.pages();
            millrace.start();
            Await.until("lanes come again", Duration.ofSeconds(60), () -> lanes(millrace) >= MANY);
            target.end();
            long pages = target.pages();
            Await.until(
                    "the backlog is delivered",
                    Duration.ofMinutes(2),
                    () -> millrace.metrics().sum("millrace_flusher_backlog_items") < 100);
            Await.until("one lane is left", Duration.ofMinutes(2), () -> lanes(millrace) == 1);
            Equations.hold(millrace.metrics());
            assertThat(millrace.stop()).isZero();

            DeliveryOracle oracle = receiver.judge(SERIES);
            System.out.println("repeated requests: " + oracle.repeatedRequests());
            assertThat(oracle.outOfOrder()).isZero();
            assertThat(oracle.keptTwice()).isZero();
            assertThat(oracle.mixedRequests()).isZero();
            assertThat(oracle.repeatedRequests()).isLessThanOrEqualTo(LANES);
            NavigableSet<Long> missing = oracle.missing(target.address(), pages - 1);
            missing.removeAll(List.of(pageAtKill, pageAtKill - 1));
            assertThat(missing)
                    .as("missing, but not cut off by the kill")
                    .hasSizeLessThanOrEqualTo(oracle.failures(target.address()).size());
        }
    }

    private static double lanes(Millrace millrace) throws IOException {
        return millrace.metrics().sum("millrace_flusher_lanes");
    }

    private static String state(RemoteWriteReceiver receiver, NumberedTarget target, long pages, Millrace millrace) {
        DeliveryOracle oracle = receiver.judge(SERIES);
        return "pages wanted: " + pages + ", there: " + oracle.pages() + ", torn: " + oracle.torn() + ", missing: "
                + oracle.missing(target.address(), pages) + "\n" + String.join("\n", millrace.lines());
    }
}

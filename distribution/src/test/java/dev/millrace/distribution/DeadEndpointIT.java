package dev.millrace.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.distribution.numbered.DeliveryOracle;
import dev.millrace.distribution.numbered.NumberedTarget;
import dev.millrace.distribution.numbered.Ports;
import dev.millrace.distribution.run.Await;
import dev.millrace.distribution.run.Millrace;
import dev.millrace.distribution.run.RemoteWriteReceiver;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A flusher whose destination is dead delays nobody but itself. */
final class DeadEndpointIT {
    private static final int SERIES = 50;

    @TempDir
    Path folder;

    @Test
    void theOtherTwoFlushersGoOn() throws Exception {
        try (NumberedTarget target = NumberedTarget.start(SERIES);
                RemoteWriteReceiver one = RemoteWriteReceiver.start();
                RemoteWriteReceiver two = RemoteWriteReceiver.start();
                Millrace millrace = Millrace.in(folder)) {
            millrace.pipeline(
                    "fan",
                    Pipelines.inputs("1s", target.address())
                            + "flushers:\n"
                            + Pipelines.flusher("one", one.endpoint(), "")
                            + Pipelines.flusher("two", two.endpoint(), "")
                            + Pipelines.flusher("dead", "http://127.0.0.1:" + Ports.free() + "/api/v1/write", ""));
            millrace.start();
            Await.until("pages are scraped", Duration.ofSeconds(30), () -> target.pages() >= 8);
            long pages = target.pages();
            Await.until(
                    "both are up to date",
                    Duration.ofSeconds(10),
                    () -> upTo(one, target, pages) && upTo(two, target, pages));
            assertThat(millrace.metrics().sum("millrace_flusher_backlog_items", "component", "flusher_prometheus/dead"))
                    .isGreaterThanOrEqualTo(6.0 * SERIES);
            assertThat(millrace.metrics()
                            .sum("millrace_flusher_delivered_items_total", "component", "flusher_prometheus/dead"))
                    .isZero();
            assertThat(millrace.stop()).isZero();
        }
    }

    private static boolean upTo(RemoteWriteReceiver receiver, NumberedTarget target, long page) {
        DeliveryOracle oracle = receiver.judge(SERIES);
        return oracle.lost(target.address(), page) == 0
                && oracle.torn(target.address(), page).isEmpty();
    }
}

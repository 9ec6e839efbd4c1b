package dev.millrace.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.distribution.numbered.DeliveryOracle;
import dev.millrace.distribution.numbered.NumberedTarget;
import dev.millrace.distribution.run.Await;
import dev.millrace.distribution.run.Millrace;
import dev.millrace.distribution.run.RemoteWriteReceiver;
import dev.millrace.distribution.run.Web;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A changed file takes effect on its own pipeline only; a broken one changes nothing. */
final class ReloadIT {
    private static final int SERIES = 50;

    @TempDir
    Path folder;

    @Test
    void aBrokenFileAndThenAGoodOneUnderLoad() throws Exception {
        try (NumberedTarget changed = NumberedTarget.start(SERIES);
                NumberedTarget neighbour = NumberedTarget.start(SERIES);
                RemoteWriteReceiver receiver = RemoteWriteReceiver.start();
                Millrace millrace = Millrace.in(folder)) {
            String good = Pipelines.scrape("1s", receiver.endpoint(), "", changed.address());
            millrace.pipeline("changed", good);
            millrace.pipeline("neighbour", Pipelines.scrape("1s", receiver.endpoint(), "", neighbour.address()));
            millrace.start();
            long pid = millrace.process().pid();
            awaitPages(changed, neighbour, 3);

            millrace.pipeline("changed", good.replace("Endpoint", "Endpont"));
            millrace.process()
                    .awaitLine(
                            "the problem",
                            Duration.ofSeconds(10),
                            line -> line.contains("changed.yaml:")
                                    && line.contains("unknown key 'Endpont'; did you mean 'Endpoint'?"));
            awaitPages(changed, neighbour, 4);
            assertThat(Web.get(millrace.admin() + "/-/ready?pipeline=changed").statusCode())
                    .isEqualTo(200);

            millrace.pipeline("changed", good + "    Timeout: 30s\n");
            millrace.process()
                    .awaitLine("the change", Duration.ofSeconds(10), line -> line.contains("pipeline changed changed"));
            awaitPages(changed, neighbour, 4);
            assertThat(millrace.process().pid()).isEqualTo(pid);
            long changedPages = changed.pages();
            long neighbourPages = neighbour.pages();
            Await.until("everything is delivered", Duration.ofSeconds(30), () -> {
                DeliveryOracle oracle = receiver.judge(SERIES);
                return oracle.lost(changed.address(), changedPages) == 0
                        && oracle.torn(changed.address(), changedPages).isEmpty()
                        && oracle.lost(neighbour.address(), neighbourPages) == 0;
            });
            assertThat(millrace.stop()).isZero();

            DeliveryOracle oracle = receiver.judge(SERIES);
            assertThat(oracle.outOfOrder()).isZero();
            assertThat(oracle.keptTwice()).isZero();
        }
    }

    @Test
    void theSeriesOfATargetThatIsTakenOutAreMarkedAsStale() {
        try (NumberedTarget kept = NumberedTarget.start(SERIES);
                NumberedTarget gone = NumberedTarget.start(SERIES);
                RemoteWriteReceiver receiver = RemoteWriteReceiver.start();
                Millrace millrace = Millrace.in(folder)) {
            millrace.pipeline("web", Pipelines.scrape("1s", receiver.endpoint(), "", kept.address(), gone.address()));
            millrace.start();
            awaitPages(kept, gone, 3);
            millrace.pipeline("web", Pipelines.scrape("1s", receiver.endpoint(), "", kept.address()));
            Await.until(
                    "every series of the target that is gone ends with a stale marker",
                    Duration.ofSeconds(20),
                    () -> receiver.judge(SERIES).ended(gone.address(), 0) == SERIES);
            long pages = kept.pages();
            Await.until("scraping goes on", Duration.ofSeconds(20), () -> kept.pages() >= pages + 2);
            assertThat(receiver.judge(SERIES).ended(kept.address(), 0)).isZero();
            assertThat(millrace.stop()).isZero();
        }
    }

    private static void awaitPages(NumberedTarget one, NumberedTarget two, long more) {
        long first = one.pages();
        long second = two.pages();
        Await.until(
                "both targets are scraped",
                Duration.ofSeconds(30),
                () -> one.pages() >= first + more && two.pages() >= second + more);
    }
}

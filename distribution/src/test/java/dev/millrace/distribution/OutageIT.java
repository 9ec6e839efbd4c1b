package dev.millrace.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.distribution.numbered.DeliveryOracle;
import dev.millrace.distribution.numbered.NumberedTarget;
import dev.millrace.distribution.run.Await;
import dev.millrace.distribution.run.Millrace;
import dev.millrace.distribution.run.RemoteWriteReceiver;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An outage of the receiver with a kill of the collector in its middle, counted by both ends outside the collector. */
@Tag("servers")
final class OutageIT {
    private static final int SERIES = 200;
    private static final int LANES = 4;
    private static final Duration HALF_OUTAGE = Duration.ofSeconds(15);

    @TempDir
    Path folder;

    @Test
    void nothingCommittedIsLostAndNoSeriesIsReordered() throws Exception {
        try (NumberedTarget one = NumberedTarget.start(SERIES);
                NumberedTarget two = NumberedTarget.start(SERIES);
                NumberedTarget three = NumberedTarget.start(SERIES);
                RemoteWriteReceiver receiver = RemoteWriteReceiver.start();
                Millrace millrace = Millrace.in(folder)) {
            List<NumberedTarget> targets = List.of(one, two, three);
            millrace.pipeline(
                    "numbers",
                    Pipelines.scrape(
                            "1s",
                            receiver.endpoint(),
                            "Concurrency: " + LANES,
                            one.address(),
                            two.address(),
                            three.address()));
            millrace.start();
            awaitPages(receiver, targets, 3);

            receiver.pause();
            scrapeFor(HALF_OUTAGE, targets);
            millrace.kill();
            List<Long> pagesAtKill = targets.stream().map(NumberedTarget::pages).toList();
            millrace.start();
            scrapeFor(HALF_OUTAGE, targets);
            List<Long> pagesAtEnd = targets.stream().map(NumberedTarget::pages).toList();
            receiver.resume();

            Await.until("the backlog is delivered", Duration.ofSeconds(60), () -> {
                DeliveryOracle oracle = receiver.judge(SERIES);
                for (int i = 0; i < targets.size(); i++) {
                    String target = targets.get(i).address();
                    if (oracle.lost(target, pagesAtEnd.get(i)) > 1
                            || !oracle.torn(target, pagesAtEnd.get(i)).isEmpty()) {
                        return false;
                    }
                }
                return true;
            });
            assertThat(millrace.stop()).isZero();

            DeliveryOracle oracle = receiver.judge(SERIES);
            assertThat(oracle.outOfOrder()).isZero();
            assertThat(oracle.keptTwice()).isZero();
            assertThat(oracle.mixedRequests()).isZero();
            assertThat(oracle.repeatedRequests()).isLessThanOrEqualTo(LANES);
            for (int i = 0; i < targets.size(); i++) {
                String target = targets.get(i).address();
                int failed = oracle.failures(target).size();
                NavigableSet<Long> missing = oracle.missing(target, pagesAtEnd.get(i) - 1);
                System.out.println("target " + i + ": " + pagesAtEnd.get(i) + " pages, failed scrapes: " + failed
                        + ", not there: " + missing + ", the kill came at page " + pagesAtKill.get(i));
                missing.removeAll(List.of(pagesAtKill.get(i), pagesAtKill.get(i) - 1));
                assertThat(missing).as("missing, but not cut off by the kill").hasSizeLessThanOrEqualTo(failed);
            }
            System.out.println("repeated requests: " + oracle.repeatedRequests());
        }
    }

    private static void awaitPages(RemoteWriteReceiver receiver, List<NumberedTarget> targets, int pages) {
        Await.until("the first pages arrive", Duration.ofSeconds(30), () -> {
            DeliveryOracle oracle = receiver.judge(SERIES);
            return targets.stream()
                    .allMatch(target -> oracle.pages()
                                    .getOrDefault(target.address(), new TreeSet<>())
                                    .size()
                            >= pages);
        });
    }

    /** Lets scraping go on until each target has served the pages of that time, so the outage has a known length. */
    private static void scrapeFor(Duration time, List<NumberedTarget> targets) {
        long pages = time.toSeconds();
        List<Long> start = targets.stream().map(NumberedTarget::pages).toList();
        Await.until("scraping goes on", time.plusSeconds(30), () -> {
            for (int i = 0; i < targets.size(); i++) {
                if (targets.get(i).pages() < start.get(i) + pages) {
                    return false;
                }
            }
            return true;
        });
    }
}

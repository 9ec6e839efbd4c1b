package dev.millrace.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.distribution.numbered.DeliveryOracle;
import dev.millrace.distribution.numbered.NumberedTarget;
import dev.millrace.distribution.run.Await;
import dev.millrace.distribution.run.Footprint;
import dev.millrace.distribution.run.Installation;
import dev.millrace.distribution.run.LogLine;
import dev.millrace.distribution.run.Millrace;
import dev.millrace.distribution.run.RemoteWriteReceiver;
import dev.millrace.distribution.run.Web;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A plugin is replaced again and again while scrapes are on their way: none fails, nothing is lost, a pipeline without it
 * notices nothing, and nothing of the old ones stays. {@code -Dmillrace.upgrades} says how often.
 */
@Tag("servers")
final class PluginUpgradeIT {
    private static final int UPGRADES = Integer.getInteger("millrace.upgrades", 20);
    private static final int SERIES = 50;
    private static final int TARGETS = 5;

    /** What compilers and counters add to the classes of the host in the meantime. */
    private static final long FEW_CLASSES = 1 << 20;

    @TempDir
    Path folder;

    @Test
    void upgradesOfAPluginThatAnotherStandsOn() throws Exception {
        Path home = Installation.copyTo(folder.resolve("home"));
        JavaPlugin.install("processor_pass", "PassFactory", "", folder.resolve("pass"), home);
        Path jar = home.resolve("plugins/flusher_http.jar");
        List<NumberedTarget> targets = Stream.generate(() -> NumberedTarget.start(SERIES))
                .limit(TARGETS)
                .toList();
        String[] addresses = targets.stream().map(NumberedTarget::address).toArray(String[]::new);
        targets.forEach(target -> target.thinkFor(Duration.ofMillis(200))); // so that one scrape is always on its way
        try (QuietNeighbour neighbour = new QuietNeighbour();
                RemoteWriteReceiver receiver = RemoteWriteReceiver.start();
                Millrace millrace = Millrace.in(folder.resolve("run"), home, Map.of("MILLRACE_CLASS_SHARING", "off"))) {
            millrace.pipeline("web", Pipelines.scrape("1s", receiver.endpoint(), "", addresses));
            millrace.pipeline(QuietNeighbour.NAME, neighbour.pipeline());
            millrace.start();
            neighbour.begin(millrace);
            upgrade(millrace, targets, jar, 1, UPGRADES / 2);
            Footprint half = Footprint.of(millrace.process().pid());
            upgrade(millrace, targets, jar, UPGRADES / 2 + 1, UPGRADES);
            Footprint end = Footprint.of(millrace.process().pid());
            System.out.println("after " + UPGRADES / 2 + " upgrades: " + half + "\nafter " + UPGRADES + ": " + end);
            assertThat(end.metaspaceBytes()).isLessThan(half.metaspaceBytes() + FEW_CLASSES);

            neighbour.verifyUntouched(millrace);
            targets.forEach(NumberedTarget::end);
            targets.forEach(target -> assertDelivered(receiver, target));
            assertThat(millrace.stop()).isZero();
            DeliveryOracle oracle = receiver.judge(SERIES);
            assertThat(oracle.outOfOrder()).isZero();
            assertThat(oracle.keptTwice()).isZero();
            assertThat(oracle.repeatedSamples()).isZero();
        } finally {
            targets.forEach(NumberedTarget::close);
        }
    }

    /* When it ends, nothing is on its way to the target; from then on, and not before, the scrapes fail. */
    private static void assertDelivered(RemoteWriteReceiver receiver, NumberedTarget target) {
        Await.until(
                "the end of the target has arrived",
                Duration.ofSeconds(30),
                () -> receiver.judge(SERIES).ended(target.address(), 0) == SERIES);
        DeliveryOracle oracle = receiver.judge(SERIES);
        assertThat(oracle.missing(target.address(), target.pages())).isEmpty();
        long lastPage = target.served().get(target.served().lastKey()).asked();
        assertThat(oracle.failures(target.address()).headSet(lastPage))
                .as("scrapes that failed while it was up")
                .isEmpty();
        assertThat(target.connections()).isEqualTo(1);
    }

    private static void upgrade(Millrace millrace, List<NumberedTarget> targets, Path jar, int first, int last)
            throws IOException {
        for (int i = first; i <= last; i++) {
            int[] pages =
                    targets.stream().mapToInt(target -> target.served().size()).toArray();
            Await.until(
                    "pages between upgrades",
                    Duration.ofSeconds(30),
                    () -> IntStream.range(0, TARGETS)
                            .allMatch(k -> targets.get(k).served().size() > pages[k]));
            PluginJar.write(jar, Map.of("Plugin-Version", "0.1." + i), jar);
            HttpResponse<String> report = Web.post(millrace.admin() + "/-/reload");
            assertThat(report.body())
                    .contains("pipeline web: changed")
                    .contains("pipeline " + QuietNeighbour.NAME + ": unchanged");
            assertThat(report.statusCode()).isEqualTo(200);
        }
        Await.until(
                "every generation but the last is unloaded, and collected",
                Duration.ofSeconds(90),
                () -> unloaded(millrace) == 2L * last
                        && plugins(millrace, "unloading") == 0
                        && plugins(millrace, "leaked") == 0,
                () -> unloaded(millrace) + " unloaded\n" + String.join("\n", LogLine.complaints(millrace.lines())));
    }

    private static long unloaded(Millrace millrace) {
        return millrace.lines().stream()
                .filter(line -> line.contains("and was unloaded"))
                .count();
    }

    private static double plugins(Millrace millrace, String state) throws IOException {
        return millrace.metrics().sum("millrace_plugins", "state", state);
    }
}

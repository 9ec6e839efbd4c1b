package dev.millrace.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.distribution.numbered.DeliveryOracle;
import dev.millrace.distribution.numbered.NumberedTarget;
import dev.millrace.distribution.run.Await;
import dev.millrace.distribution.run.Commands;
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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A plugin is replaced again and again while it sends; nothing is lost, and nothing of the old ones stays. */
@Tag("servers")
final class PluginUpgradeIT {
    private static final int UPGRADES = Integer.getInteger("millrace.upgrades", 20);
    private static final int SERIES = 50;

    @TempDir
    Path folder;

    @Test
    void upgradesOfAPluginThatAnotherStandsOn() throws Exception {
        Path home = Installation.copyTo(folder.resolve("home"));
        Path jar = home.resolve("plugins/flusher_http.jar");
        try (NumberedTarget target = NumberedTarget.start(SERIES);
                RemoteWriteReceiver receiver = RemoteWriteReceiver.start();
                Millrace millrace = Millrace.in(folder.resolve("run"), home, Map.of())) {
            millrace.pipeline("web", Pipelines.scrape("200ms", receiver.endpoint(), "", target.address()));
            millrace.start();
            upgrade(millrace, target, jar, 1, UPGRADES / 2);
            long metaspace = metaspaceKilobytes(millrace);
            upgrade(millrace, target, jar, UPGRADES / 2 + 1, UPGRADES);
            System.out.println("metaspace: " + metaspace + " KiB, then " + metaspaceKilobytes(millrace) + " KiB");
            assertThat(metaspaceKilobytes(millrace)).isLessThan(metaspace + metaspace / 10);
            long pages = target.pages();
            Await.until("everything is delivered", Duration.ofSeconds(30), () -> {
                DeliveryOracle oracle = receiver.judge(SERIES);
                return oracle.lost(target.address(), pages) <= UPGRADES // scrapes cut off by the change
                        && oracle.torn(target.address(), pages).isEmpty();
            });
            assertThat(millrace.stop()).isZero();
            DeliveryOracle oracle = receiver.judge(SERIES);
            assertThat(oracle.outOfOrder()).isZero();
            assertThat(oracle.keptTwice()).isZero();
        }
    }

    private static void upgrade(Millrace millrace, NumberedTarget target, Path jar, int first, int last)
            throws IOException {
        for (int i = first; i <= last; i++) {
            long pages = target.pages();
            Await.until("pages between upgrades", Duration.ofSeconds(30), () -> target.pages() >= pages + 3);
            PluginJar.write(jar, Map.of("Plugin-Version", "0.1." + i), jar);
            HttpResponse<String> report = Web.post(millrace.admin() + "/-/reload");
            assertThat(report.body()).contains("pipeline web: changed");
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

    /* The column MU of jstat -gc. */
    private static long metaspaceKilobytes(Millrace millrace) {
        Path jstat = Path.of(System.getProperty("java.home"), "bin", "jstat");
        List<String> lines = Commands.run(
                        Map.of(),
                        List.of(
                                jstat.toString(),
                                "-gc",
                                Long.toString(millrace.process().pid())))
                .output();
        List<String> names = List.of(lines.get(0).strip().split("\\s+"));
        String used = lines.get(1).strip().split("\\s+")[names.indexOf("MU")];
        return (long) Double.parseDouble(used);
    }
}

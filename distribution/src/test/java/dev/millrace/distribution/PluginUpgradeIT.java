package dev.millrace.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.distribution.numbered.DeliveryOracle;
import dev.millrace.distribution.numbered.NumberedTarget;
import dev.millrace.distribution.run.Await;
import dev.millrace.distribution.run.Installation;
import dev.millrace.distribution.run.Millrace;
import dev.millrace.distribution.run.RemoteWriteReceiver;
import dev.millrace.distribution.run.Web;
import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Enumeration;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A plugin is replaced again and again while it sends; nothing is lost, and nothing of the old ones stays. */
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
            for (int i = 1; i <= UPGRADES; i++) {
                long pages = target.pages();
                Await.until("pages between upgrades", Duration.ofSeconds(30), () -> target.pages() >= pages + 3);
                replace(jar, "0.1." + i);
                HttpResponse<String> report = Web.post(millrace.admin() + "/-/reload");
                assertThat(report.body()).contains("pipeline web: changed");
                assertThat(report.statusCode()).isEqualTo(200);
            }
            assertThat(millrace.lines().stream().filter(line -> line.contains("and was unloaded")))
                    .hasSizeGreaterThanOrEqualTo(2 * (UPGRADES - 1));
            Await.until(
                    "every generation but the last is collected",
                    Duration.ofSeconds(60),
                    () -> millrace.metrics().sum("millrace_plugins", "state", "unloading") == 0);
            assertThat(millrace.metrics().sum("millrace_plugins", "state", "leaked"))
                    .isZero();
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

    /** Puts the same classes under another version in the place of a jar, at once. */
    private static void replace(Path jar, String version) throws IOException {
        Path next = jar.resolveSibling("." + jar.getFileName());
        try (JarFile old = new JarFile(jar.toFile())) {
            Manifest manifest = old.getManifest();
            manifest.getMainAttributes().putValue("Plugin-Version", version);
            try (OutputStream out = Files.newOutputStream(next);
                    JarOutputStream content = new JarOutputStream(out, manifest)) {
                for (Enumeration<JarEntry> entries = old.entries(); entries.hasMoreElements(); ) {
                    JarEntry entry = entries.nextElement();
                    if (!entry.getName().equals(JarFile.MANIFEST_NAME)) {
                        content.putNextEntry(new JarEntry(entry.getName()));
                        old.getInputStream(entry).transferTo(content);
                    }
                }
            }
        }
        Files.move(next, jar, StandardCopyOption.ATOMIC_MOVE);
    }
}

package dev.millrace.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.millrace.distribution.run.Await;
import dev.millrace.distribution.run.Commands;
import dev.millrace.distribution.run.Installation;
import dev.millrace.distribution.run.LogLine;
import dev.millrace.distribution.run.Millrace;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Plugins are installed, upgraded, removed and pinned under a running collector. */
@Tag("servers") // no server, but much time
final class PluginCommandsIT {
    private static final String TO_STANDARD_OUTPUT = """
            inputs:
              - Type: metric_mock
            flushers:
              - Type: flusher_stdout
            """;

    @TempDir
    Path folder;

    private Path home;
    private Path installed;
    private Path jar;
    private Millrace millrace;

    @BeforeEach
    void takeAPluginAway() throws IOException {
        home = Installation.copyTo(folder.resolve("home"));
        installed = home.resolve("plugins/flusher_stdout.jar");
        jar = Files.move(installed, folder.resolve("flusher_stdout-of-somebody.jar"));
        millrace = Millrace.in(folder.resolve("run"), home, Map.of()).pipeline("stdout", TO_STANDARD_OUTPUT);
    }

    @Test
    void installUpgradeAndRemoveWhileItRuns() throws Exception {
        try (Millrace running = millrace) {
            millrace.start();
            assertThat(millrace.metrics().sum("millrace_flusher_delivered_items_total"))
                    .isZero();

            Commands.Result install = plugins("install", jar.toString());
            assertThat(install.errors()).isEmpty();
            assertThat(install.output())
                    .containsExactly("installed flusher_stdout 0.1.0 (" + installed + ")", "pipeline stdout: started");
            awaitDelivery();
            Commands.Result again = plugins("install", jar.toString());
            assertThat(again.exitCode()).isEqualTo(3);
            assertThat(again.errors())
                    .containsExactly("millrace: flusher_stdout 0.1.0 (" + installed
                            + ") is installed already; 'millrace plugins upgrade' replaces it");

            Path newer = PluginJar.write(jar, Map.of("Plugin-Version", "0.2.0"), folder.resolve("newer.jar"));
            Commands.Result upgrade = plugins("upgrade", newer.toString());
            assertThat(upgrade.errors()).isEmpty();
            assertThat(upgrade.output())
                    .containsExactly(
                            "upgraded flusher_stdout 0.2.0 from 0.1.0 (" + installed + ")", "pipeline stdout: changed");
            awaitDelivery();

            Path alien = PluginJar.write(jar, Map.of("Plugin-Spi", "[9,10)"), folder.resolve("alien.jar"));
            Commands.Result refused = plugins("upgrade", alien.toString());
            assertThat(refused.exitCode()).isEqualTo(3);
            assertThat(refused.errors()).first().isEqualTo("millrace: nothing was changed, because then:");
            assertThat(refused.errors()).anyMatch(line -> line.contains("needs SPI [9,10), but this Millrace has SPI"));

            Commands.Result used = plugins("remove", "flusher_stdout");
            assertThat(used.exitCode()).isEqualTo(3);
            assertThat(used.errors())
                    .anyMatch(line -> line.contains("stdout.yaml:4:11: flushers[0]: unknown type 'flusher_stdout'"));
            assertThat(installed).exists();
            awaitDelivery();

            Files.delete(millrace.conf().resolve("pipelines/stdout.yaml"));
            Commands.Result remove = plugins("remove", "flusher_stdout");
            assertThat(remove.errors()).isEmpty();
            assertThat(remove.output()).first().isEqualTo("removed flusher_stdout 0.2.0");
            assertThat(installed).doesNotExist();
            assertThat(home.resolve("plugins").toFile().list((dir, name) -> name.matches("\\..*\\.(new|old)")))
                    .isEmpty();
            assertThat(running.stop()).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({"flusher_stdout, CreateFails, create", "metric_mock, StartFails, start"})
    void anUpgradeThatCannotStartIsTakenBack(String id, String factory, String call) throws Exception {
        Files.copy(jar, installed);
        Path place = home.resolve("plugins/" + id + ".jar");
        byte[] before = Files.readAllBytes(place);
        List<String> folderBefore = names(home.resolve("plugins"));
        Path bad = JavaPlugin.build(id, factory, folder.resolve("bad"), home);
        try (Millrace running = millrace) {
            millrace.start();
            awaitDelivery();

            Commands.Result upgrade = plugins("upgrade", bad.toString());
            assertThat(upgrade.exitCode()).isEqualTo(3);
            assertThat(upgrade.output()).isEmpty();
            assertThat(upgrade.errors())
                    .containsExactly(
                            "pipeline stdout: failed: stdout/" + id + ": no licence, seen at " + call,
                            "millrace: the running collector could not take it; the plugins are as before");
            assertThat(place).hasBinaryContent(before);
            assertThat(names(home.resolve("plugins"))).isEqualTo(folderBefore);
            awaitDelivery();

            Commands.Result reload = Commands.millrace(
                    home, Map.of(), "reload", "--data", millrace.data().toString());
            assertThat(reload.output()).containsExactly("pipeline stdout: unchanged");
            assertThat(running.stop()).isZero();
        }
    }

    @Test
    void aDownloadIsComparedWithItsHash() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/plugins/flusher_stdout-0.1.0.jar", exchange -> {
            byte[] bytes = Files.readAllBytes(jar);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        try {
            String base = "http://127.0.0.1:" + server.getAddress().getPort() + "/plugins";
            String url = base + "/flusher_stdout-0.1.0.jar";
            assertThat(plugins("install", url).errors())
                    .containsExactly("millrace: " + url + ": a download needs --sha256; its author names the hash");
            assertThat(plugins("install", url, "--sha256", "0".repeat(64)).errors())
                    .containsExactly("millrace: " + url + ": its SHA-256 is " + sha256(jar) + " (expected: "
                            + "0".repeat(64)
                            + "); nothing was installed, because it is not the jar that you were told of");
            assertThat(plugins("install", base + "/none.jar", "--sha256", "0".repeat(64))
                            .errors())
                    .containsExactly("millrace: " + base + "/none.jar: answers 404 (expected: 200)");
            assertThat(plugins("install", "flusher_stdout-0.1.0.jar").errors())
                    .containsExactly(
                            "millrace: flusher_stdout-0.1.0.jar: no such file (expected: a jar, a folder, a URL,"
                                    + " or a name under Plugins.Repository, which millrace.yaml does not set)");
            assertThat(installed).doesNotExist();
            Files.writeString(
                    millrace.conf().resolve("millrace.yaml"),
                    "Admin:\n  Address: 127.0.0.1:0\nPlugins:\n  Repository: " + base + "\n");
            Commands.Result install = plugins("install", "flusher_stdout-0.1.0.jar", "--sha256", sha256(jar));
            assertThat(install.errors()).isEmpty();
            assertThat(install.output())
                    .containsExactly("installed flusher_stdout 0.1.0 (" + installed
                            + "); no collector runs, so it counts from the next start");
            assertThat(installed).hasSameBinaryContentAs(jar);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void aJarThatIsDroppedReplacedAndDeletedIsSeenWhereThatIsWanted() throws Exception {
        Files.writeString(
                millrace.conf().resolve("millrace.yaml"), "Admin:\n  Address: 127.0.0.1:0\nPlugins:\n  Watch: true\n");
        try (Millrace running = millrace) {
            millrace.start();
            Files.copy(jar, installed);
            awaitLine("pipeline stdout started");
            awaitDelivery();
            PluginJar.write(jar, Map.of("Plugin-Version", "0.2.0"), installed);
            awaitLine("pipeline stdout changed");
            awaitDelivery();
            Files.delete(installed);
            awaitLine("unknown type 'flusher_stdout'");
            awaitDelivery();
            assertThat(running.stop()).isZero();
        }
    }

    @Test
    void aJarInTheMiddleOfACopyAndAFolderThatIsGoneForAMomentChangeNothing() throws Exception {
        Files.writeString(
                millrace.conf().resolve("millrace.yaml"), "Admin:\n  Address: 127.0.0.1:0\nPlugins:\n  Watch: true\n");
        Files.copy(jar, installed);
        byte[] newer = Files.readAllBytes(
                PluginJar.write(jar, Map.of("Plugin-Version", "0.2.0"), folder.resolve("newer.jar")));
        try (Millrace running = millrace) {
            millrace.start();
            Files.write(installed, Arrays.copyOf(newer, newer.length / 2));
            awaitLine("flusher_stdout.jar: not a readable jar");
            awaitDelivery();
            Files.write(installed, newer);
            awaitLine("plugin flusher_stdout 0.1.0 is no longer used, and was unloaded");

            Path away = Files.move(home.resolve("plugins"), home.resolve("away"));
            awaitLine("plugin folder " + home.resolve("plugins") + " is gone, and what was loaded from it is kept");
            awaitDelivery();
            Files.move(away, home.resolve("plugins"));
            awaitDelivery();

            Path place = Files.createDirectory(home.resolve("plugins/.flusher_stdout"));
            PluginJar.write(jar, Map.of("Plugin-Version", "0.3.0"), place.resolve("flusher_stdout-0.3.0.jar"));
            Files.delete(installed);
            Files.move(place, home.resolve("plugins/flusher_stdout"));
            awaitLine("plugin flusher_stdout 0.2.0 is no longer used, and was unloaded");
            awaitDelivery();
            assertThat(millrace.lines().stream().filter(line -> line.contains("pipeline stdout changed")))
                    .hasSize(2);
            assertThat(running.stop()).isZero();
        }
    }

    @Test
    void whereVerificationIsRequiredOnlyPinnedJarsAreUsed() throws Exception {
        Commands.Result pins = plugins("verify", "--pins");
        assertThat(pins.exitCode()).isZero();
        List<String> settings = new ArrayList<>(List.of("Admin:", "  Address: 127.0.0.1:0"));
        settings.addAll(pins.output());
        Files.write(millrace.conf().resolve("millrace.yaml"), settings);
        assertThat(plugins("verify").exitCode()).isZero();
        Files.copy(jar, installed);
        Commands.Result verify = plugins("verify");
        assertThat(verify.exitCode()).isEqualTo(3);
        String refusal = installed + ": is not pinned, and Plugins.Verify is required: if you trust this jar, add"
                + " 'flusher_stdout.jar: " + sha256(jar) + "' to Plugins.Sha256 in millrace.yaml";
        assertThat(verify.errors()).containsExactly(refusal);
        try (Millrace running = millrace) {
            millrace.start();
            assertThat(LogLine.complaints(millrace.lines())).contains(refusal);
            settings.add("    flusher_stdout.jar: " + sha256(jar));
            Files.write(millrace.conf().resolve("millrace.yaml"), settings);
            awaitLine("pipeline stdout started");
            awaitDelivery();
            PluginJar.write(jar, Map.of("Plugin-Version", "0.2.0"), installed);
            Commands.Result reload = Commands.millrace(
                    home, Map.of(), "reload", "--data", millrace.data().toString());
            assertThat(reload.exitCode()).isEqualTo(3);
            assertThat(reload.errors()).anyMatch(line -> line.contains("but Plugins.Sha256 in millrace.yaml pins"));
            awaitDelivery();
            assertThat(running.stop()).isZero();
        }
    }

    private Commands.Result plugins(String... arguments) {
        List<String> all = new ArrayList<>(List.of("plugins"));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--conf", millrace.conf().toString()));
        all.addAll(List.of("--data", millrace.data().toString()));
        return Commands.millrace(home, Map.of(), all.toArray(String[]::new));
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.equals(".lock"))
                    .sorted()
                    .toList();
        }
    }

    private void awaitDelivery() throws IOException {
        double before = millrace.metrics().sum("millrace_flusher_delivered_items_total");
        Await.until(
                "items are delivered",
                Duration.ofSeconds(30),
                () -> millrace.metrics().sum("millrace_flusher_delivered_items_total") > before);
    }

    private void awaitLine(String text) {
        millrace.process().awaitLine(text, Duration.ofSeconds(20), line -> line.contains(text));
    }

    private static String sha256(Path file) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    }
}

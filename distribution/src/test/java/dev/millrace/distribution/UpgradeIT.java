package dev.millrace.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.distribution.numbered.DeliveryOracle;
import dev.millrace.distribution.numbered.NumberedTarget;
import dev.millrace.distribution.run.Await;
import dev.millrace.distribution.run.ChildProcess;
import dev.millrace.distribution.run.Commands;
import dev.millrace.distribution.run.Equations;
import dev.millrace.distribution.run.EquationsWatch;
import dev.millrace.distribution.run.LogLine;
import dev.millrace.distribution.run.MetricsPage;
import dev.millrace.distribution.run.Millrace;
import dev.millrace.distribution.run.ReadmeFiles;
import dev.millrace.distribution.run.RemoteWriteReceiver;
import dev.millrace.distribution.run.RootFolder;
import dev.millrace.distribution.run.ServiceUnit;
import dev.millrace.distribution.run.Web;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The commands of {@code installation.md}, one block after the other, with a backlog in the journal: the same build plays
 * the old version and the new one.
 */
@Tag("servers") // no server, but much time
final class UpgradeIT {
    private static final int SERIES = 50;
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private static final Pattern LINE =
            Pattern.compile("\\{__name__=\"numbered_page\".*instance=\"([^\"]*)\".*} (\\S+) \\d+");

    /** How the old version ends. */
    private enum End {
        STOP,
        KILL
    }

    @TempDir
    Path folder;

    private RootFolder root;
    private List<String> commands;
    private ServiceUnit unit;
    private Path lines;
    private ChildProcess process;

    @BeforeEach
    void install() throws IOException {
        root = RootFolder.in(folder);
        commands = ReadmeFiles.of(Path.of("docs/installation.md")).commands();
        lines = folder.resolve("lines.txt");
        Files.copy(
                Millrace.HOME.resolveSibling("millrace-0.1.0.tar.gz"),
                root.work().resolve("millrace-0.1.0.tar.gz"));
        run("""
            tar -xzf millrace-0.1.0.tar.gz
            mv millrace-0.1.0 millrace-0.2.0
            tar -czf millrace-0.2.0.tar.gz millrace-0.2.0
            """);
        run(commands.get(1));
        assertThat(root.calls()).endsWith("systemctl daemon-reload", "systemctl enable --now millrace");
        unit = ServiceUnit.parse(root.below(Files.readString(root.path("/etc/systemd/system/millrace.service"))));
    }

    @AfterEach
    void end() {
        if (process != null) {
            process.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void backlogConfigurationAndPluginsStay(End end) throws Exception {
        try (NumberedTarget target = NumberedTarget.start(SERIES);
                RemoteWriteReceiver receiver = RemoteWriteReceiver.start();
                EquationsWatch equations =
                        EquationsWatch.begin(() -> root.path("/etc/millrace"), () -> root.path("/var/lib/millrace"))) {
            receiver.pause();
            addPlugin();
            configure(target, receiver);

            start("millrace-0.1.0");
            scrapeFor(target, 10);
            equations.awaitPage();
            if (end == End.KILL) {
                process.kill();
            }
            run(commands.get(3));
            assertThat(root.calls()).endsWith("systemctl restart millrace");
            if (end == End.STOP) {
                assertThat(process.terminate(DEADLINE)).isZero();
            }
            long pagesOfTheOld = target.pages();

            start("millrace-0.2.0");
            scrapeFor(target, 5);
            receiver.resume();
            awaitDelivery(receiver, target);
            run(commands.get(2));
            MetricsPage page = metrics();
            Equations.hold(page);
            assertThat(page.sum("millrace_flusher_delivered_items_total"))
                    .as("totals go on over the upgrade")
                    .isGreaterThanOrEqualTo(2.0 * SERIES * (target.pages() - 2));

            run(commands.get(4));
            assertThat(process.terminate(DEADLINE)).isZero();
            start("millrace-0.1.0");
            scrapeFor(target, 3);
            awaitDelivery(receiver, target);
            assertThat(process.terminate(DEADLINE)).isZero();

            judge(receiver, target, List.of(pagesOfTheOld - 1, pagesOfTheOld));
            run(commands.get(5));
            assertThat(root.path("/opt")).isEmptyDirectory();
            assertThat(root.path("/var/lib/millrace/pipelines/numbers")).isNotEmptyDirectory();
        }
    }

    private void run(String block) {
        Commands.Result result = root.run(block);
        assertThat(result.errors()).isEmpty();
        assertThat(result.exitCode()).isZero();
    }

    private void addPlugin() throws IOException {
        Commands.Result built = WalkThroughPlugin.of(Path.of("../spi/README.md"))
                .install(
                        folder.resolve("sources"),
                        root.path("/opt/millrace"),
                        root.path("/usr/local/lib/millrace/plugins"));
        assertThat(built.errors()).isEmpty();
        assertThat(root.path("/opt/millrace-0.1.0/plugins/flusher_line_file.jar"))
                .doesNotExist();
    }

    private void configure(NumberedTarget target, RemoteWriteReceiver receiver) throws IOException {
        Path pipelines = root.path("/etc/millrace/pipelines");
        try (var shipped = Files.newDirectoryStream(pipelines)) {
            for (Path file : shipped) {
                Files.delete(file);
            }
        }
        Files.writeString(root.path("/etc/millrace/millrace.yaml"), "Admin:\n  Address: 127.0.0.1:0\n");
        Files.writeString(
                pipelines.resolve("numbers.yaml"),
                Pipelines.scrape("500ms", receiver.endpoint(), "", target.address())
                        + "  - Type: flusher_line_file\n    File: '" + lines + "'\n");
    }

    /** Does what the unit says, and waits until the collector is ready. */
    private void start(String version) throws IOException {
        Path address = root.path("/var/lib/millrace/admin.address");
        Files.deleteIfExists(address);
        process = ChildProcess.start("millrace", folder, unit.environment(), unit.command());
        Await.until(
                "millrace is ready",
                DEADLINE,
                () -> Web.get(admin() + "/-/ready").statusCode() == 200,
                () -> String.join("\n", process.lines()));
        assertThat(ProcessHandle.of(process.pid()).orElseThrow().info().arguments())
                .hasValueSatisfying(
                        arguments -> assertThat(arguments).contains("-Dmillrace.home=" + root.path("/opt/" + version)));
        assertThat(LogLine.complaints(process.lines())).noneMatch(line -> line.contains("plugin"));
    }

    private String admin() throws IOException {
        return "http://"
                + Files.readString(root.path("/var/lib/millrace/admin.address")).strip();
    }

    private MetricsPage metrics() throws IOException {
        return MetricsPage.parse(Web.get(admin() + "/metrics").body());
    }

    /** Waits until the target has served so many pages more. */
    private void scrapeFor(NumberedTarget target, int pages) {
        long end = target.pages() + pages;
        Await.until(
                "scraping goes on", DEADLINE, () -> target.pages() >= end, () -> String.join("\n", process.lines()));
    }

    /** Waits until both flushers have nothing left of what was served until now. */
    private void awaitDelivery(RemoteWriteReceiver receiver, NumberedTarget target) {
        long last = target.pages();
        Await.until(
                "the backlog is delivered",
                DEADLINE,
                () -> newest(receiver, target) > last && newestLine(target) > last,
                () -> "received: " + newest(receiver, target) + ", written: " + newestLine(target) + " of " + last
                        + "\n" + String.join("\n", process.lines()));
    }

    private static long newest(RemoteWriteReceiver receiver, NumberedTarget target) {
        NavigableSet<Long> pages = receiver.judge(SERIES).pages().getOrDefault(target.address(), new TreeSet<>());
        return pages.isEmpty() ? 0 : pages.last();
    }

    /** The newest page of which the added plugin wrote a line. */
    private long newestLine(NumberedTarget target) {
        try (Stream<String> written = Files.lines(lines)) {
            return written.map(LINE::matcher)
                    .filter(Matcher::matches)
                    .filter(line -> line.group(1).equals(target.address()))
                    .mapToLong(line -> (long) Double.parseDouble(line.group(2)))
                    .max()
                    .orElse(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Each page is there, in order; only those that the end of a process cut off may be missing. */
    private static void judge(RemoteWriteReceiver receiver, NumberedTarget target, List<Long> cutOff) {
        DeliveryOracle oracle = receiver.judge(SERIES);
        assertThat(oracle.outOfOrder()).isZero();
        assertThat(oracle.keptTwice()).isZero();
        assertThat(oracle.mixedRequests()).isZero();
        NavigableSet<Long> missing = oracle.missing(target.address(), newest(receiver, target));
        int failed = oracle.failures(target.address()).size();
        missing.removeAll(cutOff);
        assertThat(missing).as("missing pages").hasSizeLessThanOrEqualTo(failed + 1);
    }
}

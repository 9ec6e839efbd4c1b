package dev.millrace.distribution.durability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.distribution.JavaPlugin;
import dev.millrace.distribution.PluginJar;
import dev.millrace.distribution.numbered.NumberedTarget;
import dev.millrace.distribution.numbered.Ports;
import dev.millrace.distribution.run.Await;
import dev.millrace.distribution.run.Footprint;
import dev.millrace.distribution.run.Installation;
import dev.millrace.distribution.run.Millrace;
import dev.millrace.distribution.run.Web;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Fifty reloads a minute under load, each with a real change: nobody is refused a connection, nothing is lost or reordered,
 * and nothing stays behind. {@code -Dmillrace.storm.minutes} says how long.
 */
@Tag("servers")
final class ReloadStormIT {
    private static final int MINUTES = Integer.getInteger("millrace.storm.minutes", 1);
    private static final int RELOADS = 50 * MINUTES;
    private static final int WARM_UP = 28;
    private static final long PACE = TimeUnit.MINUTES.toNanos(1) / 50;
    private static final int WIDTH = 10;
    private static final int SERIES = 50;

    /** What a busy machine may have at work at one moment more than at another. */
    private static final int FEW = 20;

    /** What a collector keeps that is new: the newest batches, and the figures of the last minutes. */
    private static final long TAIL_AND_HISTORY = 48 << 20;

    private static final List<String> OF_A_GENERATION = List.of(
            "dev.millrace.plugin.",
            "dev.millrace.core.config.",
            "dev.millrace.core.host.",
            "dev.millrace.core.metrics.",
            "dev.millrace.core.pipeline.",
            "dev.millrace.core.plugin.",
            "dev.millrace.core.transport.");

    @TempDir
    Path folder;

    private final List<Change> changes = new ArrayList<>();
    private final Map<String, Integer> reports = new TreeMap<>();
    private Path home;
    private Millrace millrace;
    private int version;

    /** A change of what is in the folders, and whether the collector can take all of it. */
    private record Change(String name, boolean good, Writing writing) {}

    private interface Writing {
        void write() throws IOException;
    }

    @Test
    void fiftyReloadsAMinuteLoseNothingAndLeaveNothingBehind() throws Exception {
        home = Installation.copyTo(folder.resolve("home"));
        JavaPlugin.install("processor_pass", "PassFactory", "", folder.resolve("pass"), home);
        String main = "127.0.0.1:" + Ports.free();
        String moved = "127.0.0.1:" + Ports.free();
        try (NumberedTarget target = NumberedTarget.start(SERIES);
                NumberedTarget neighbour = NumberedTarget.start(SERIES);
                ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                StormReceiver receiver = StormReceiver.start();
                StormReceiver second = StormReceiver.start();
                Millrace running = Millrace.in(folder.resolve("run"), home, Map.of("MILLRACE_CLASS_SHARING", "off"))) {
            millrace = running;
            StormConfiguration file = new StormConfiguration(target, main, receiver.endpoint());
            plan(file, "127.0.0.1:" + taken.getLocalPort(), second.endpoint());
            millrace.pipeline("main", file.file());
            millrace.pipeline("neighbour", StormPipelines.scrape(neighbour.address(), receiver.endpoint()));
            millrace.pipeline("old", StormPipelines.push(moved, second.endpoint()));
            millrace.start();
            List<Pusher> clients = List.of(
                    new Pusher("http://" + main + "/api/v1/write", "main", WIDTH),
                    new Pusher("http://" + moved + "/api/v1/write", "moved", WIDTH));
            storm(0, WARM_UP);
            Footprint warm = footprint();
            storm(WARM_UP, RELOADS);
            Footprint end = footprint();
            System.out.println("warm: " + warm + "\nend: " + end + "\n" + reports);

            clients.forEach(Pusher::close);
            clients.forEach(client -> System.out.println(client.name() + ": " + client.answers()));
            target.end();
            neighbour.end();
            deliverWhatARenamedPipelineLeft();
            assertDelivered(receiver, clients.get(0));
            assertThat(clients.get(0).answers()).containsOnlyKeys("204");
            assertScraped(receiver, target);
            assertScraped(receiver, neighbour);
            assertThat(receiver.faults()).isEmpty();
            assertThat(receiver.passwords()).hasSizeGreaterThan(RELOADS / changes.size() / 2);
            assertDelivered(second, clients.get(1));
            assertThat(clients.get(1).answers()).containsKey("204");
            assertThat(clients.get(1).answers().keySet()).isSubsetOf("204", "503");
            assertThat(millrace.stop()).isZero();

            assertThat(end.moreObjectsThan(warm, OF_A_GENERATION).values())
                    .as("more objects: %s", end.moreObjectsThan(warm, OF_A_GENERATION))
                    .allMatch(more -> more < FEW);
            assertThat(end.heapBytes()).isLessThan(warm.heapBytes() + TAIL_AND_HISTORY);
            assertThat(end.metaspaceBytes()).isLessThan(warm.metaspaceBytes() + warm.metaspaceBytes() / 10);
            assertThat(end.threadCount())
                    .as("threads, warm: %s, now: %s", warm.threads(), end.threads())
                    .isLessThan(warm.threadCount() + FEW / 2);
            assertThat(end.fileCount())
                    .as("files, warm: %s, now: %s", warm.files(), end.files())
                    .isLessThan(warm.fileCount() + FEW / 2);
        }
    }

    private void plan(StormConfiguration file, String taken, String endpoint) {
        change("another password", () -> millrace.pipeline("main", file.anotherPassword()));
        change("a processor is added", () -> millrace.pipeline("main", file.anotherProcessor()));
        change("another external label", () -> millrace.pipeline("main", file.anotherExternalLabel()));
        change("flusher_http is upgraded", () -> upgrade("flusher_http"));
        changes.add(new Change("a broken file", false, () -> millrace.pipeline("main", file.broken())));
        change("another processor", () -> millrace.pipeline("main", file.anotherProcessor()));
        change("a pipeline is renamed", () -> move("old", "new"));
        changes.add(new Change(
                "an input that cannot start", false, () -> millrace.pipeline("main", file.unstartable(taken))));
        change("another timeout of scrapes", () -> millrace.pipeline("main", file.anotherTimeout()));
        change("a pipeline is added", () -> millrace.pipeline("more", StormPipelines.mock(endpoint)));
        change("service_http_server is upgraded", () -> upgrade("service_http_server"));
        change("the processor is gone", () -> millrace.pipeline("main", file.noProcessor()));
        change("a pipeline is renamed back", () -> move("new", "old"));
        change("another size of bodies", () -> millrace.pipeline("main", file.anotherBodySize()));
        change("input_prometheus is upgraded", () -> upgrade("input_prometheus"));
        change("a pipeline is gone", () -> Files.delete(file("more")));
    }

    private void change(String name, Writing writing) {
        changes.add(new Change(name, true, writing));
    }

    private Path file(String pipeline) {
        return millrace.conf().resolve("pipelines/" + pipeline + ".yaml");
    }

    private void move(String from, String to) throws IOException {
        Files.move(file(from), file(to), StandardCopyOption.ATOMIC_MOVE);
    }

    private void upgrade(String plugin) throws IOException {
        Path jar = home.resolve("plugins/" + plugin + ".jar");
        PluginJar.write(jar, Map.of("Plugin-Version", "0.1." + ++version), jar);
    }

    private void storm(int first, int end) throws IOException {
        long begun = System.nanoTime();
        for (int i = first; i < end; i++) {
            Change change = changes.get(i % changes.size());
            change.writing.write();
            reports.merge(change.name + ": " + reload(change.good), 1, Integer::sum);
            long next = begun + (i + 1 - first) * PACE;
            LockSupport.parkNanos(next - System.nanoTime());
        }
    }

    private String reload(boolean good) throws IOException {
        HttpResponse<String> report = Web.post(millrace.admin() + "/-/reload");
        assertThat(report.statusCode()).as(report.body()).isEqualTo(good ? 200 : 500);
        return report.body().replaceAll("pipeline \\S+: unchanged\n", "").strip();
    }

    /** When every generation of a plugin that was replaced has left the memory. */
    private Footprint footprint() throws IOException {
        Await.until(
                "every generation but the last is collected",
                Duration.ofMinutes(2),
                () -> plugins("unloading") == 0 && plugins("leaked") == 0,
                () -> String.join("\n", millrace.lines()));
        return Footprint.of(millrace.process().pid());
    }

    private double plugins(String state) throws IOException {
        return millrace.metrics().sum("millrace_plugins", "state", state);
    }

    /* Under each of its names it has a journal of its own. */
    private void deliverWhatARenamedPipelineLeft() throws IOException {
        for (int i = 0; i < 2; i++) {
            boolean isOld = Files.exists(file("old"));
            move(isOld ? "old" : "new", isOld ? "new" : "old");
            reload(true);
            Await.until("nothing waits", Duration.ofSeconds(60), () -> waiting(isOld ? "new" : "old") == 0);
        }
    }

    private double waiting(String pipeline) throws IOException {
        return millrace.metrics().sum("millrace_flusher_backlog_items", "pipeline", pipeline);
    }

    private void assertDelivered(StormReceiver receiver, Pusher client) {
        Await.until(
                "all that was acknowledged is delivered",
                Duration.ofSeconds(60),
                () -> receiver.missing(client.name(), WIDTH, client.acknowledged())
                        .isEmpty(),
                () -> "missing: " + receiver.missing(client.name(), WIDTH, client.acknowledged()) + "\n"
                        + String.join("\n", millrace.lines()));
    }

    private static void assertScraped(StormReceiver receiver, NumberedTarget target) {
        BitSet pages = new BitSet();
        target.served().keySet().forEach(page -> pages.set(page.intValue()));
        Await.until(
                "all that was scraped is delivered",
                Duration.ofSeconds(30),
                () -> receiver.missing(target.address(), SERIES, pages).size()
                        <= receiver.failedScrapes(target.address()),
                () -> "missing: " + receiver.missing(target.address(), SERIES, pages) + ", failed: "
                        + receiver.failedScrapes(target.address()));
    }
}

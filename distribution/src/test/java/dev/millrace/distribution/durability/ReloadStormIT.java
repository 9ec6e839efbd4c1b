package dev.millrace.distribution.durability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.distribution.JavaPlugin;
import dev.millrace.distribution.numbered.NumberedTarget;
import dev.millrace.distribution.numbered.Ports;
import dev.millrace.distribution.run.Await;
import dev.millrace.distribution.run.Footprint;
import dev.millrace.distribution.run.Installation;
import dev.millrace.distribution.run.Millrace;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Fifty reloads a minute under load, each with a real change: nobody is refused a connection, no scrape fails, nothing is
 * lost or reordered, and nothing stays behind. {@code -Dmillrace.storm.minutes} says how long.
 */
@Tag("servers")
final class ReloadStormIT {
    private static final int MINUTES = Integer.getInteger("millrace.storm.minutes", 1);
    private static final int RELOADS = 50 * MINUTES;
    private static final long PACE = TimeUnit.MINUTES.toNanos(1) / 50;
    private static final int WIDTH = 10;
    private static final int SERIES = 50;

    /** Rounds of changes before the first look: what is made once is there then. */
    private static final int WARM_UP_ROUNDS = 3;

    /** What the scrapes need that are on their way at the moment of the second look, and not at that of the first. */
    private static final int OF_SCRAPES = 10;

    /** What the figures of the last minute take, of which there are few at the first look. */
    private static final long HISTORY = 1 << 20;

    /** Of what those figures are made. */
    private static final Pattern FIGURES = Pattern.compile(
            "dev\\.millrace\\.(core\\.status\\..*|core\\.delivery\\.DeliveryStatus|spi\\.pipeline\\.DeliveryStatistics\\$Snapshot)");

    /** What compilers and counters add to the classes of the host in the meantime. */
    private static final long FEW_CLASSES = 4 << 20;

    private static final String SOCKETS = "socket:[]";

    /** What the newest batches may take, and a little. */
    private static final long TAIL = 34 << 20;

    @TempDir
    Path folder;

    private Millrace millrace;

    @Test
    void fiftyReloadsAMinuteLoseNothingAndLeaveNothingBehind() throws Exception {
        Path home = Installation.copyTo(folder.resolve("home"));
        JavaPlugin.install("processor_pass", "PassFactory", "", folder.resolve("pass"), home);
        String main = "127.0.0.1:" + Ports.free();
        String moved = "127.0.0.1:" + Ports.free();
        List<NumberedTarget> targets =
                Stream.generate(() -> NumberedTarget.start(SERIES)).limit(5).toList();
        targets.forEach(target -> target.thinkFor(Duration.ofMillis(100))); // so that scrapes are on their way
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                StormReceiver receiver = StormReceiver.start();
                StormReceiver second = StormReceiver.start();
                Millrace running = Millrace.in(folder.resolve("run"), home, Map.of("MILLRACE_CLASS_SHARING", "off"))) {
            millrace = running;
            StormConfiguration file = new StormConfiguration(targets.subList(0, 4), main, receiver.endpoint());
            StormChanges changes =
                    new StormChanges(millrace, home, file, "127.0.0.1:" + taken.getLocalPort(), second.endpoint());
            millrace.pipeline("main", file.file());
            millrace.pipeline("neighbour", StormPipelines.scrape(targets.subList(4, 5), receiver.endpoint()));
            millrace.pipeline("old", StormPipelines.push(moved, second.endpoint()));
            millrace.start();
            Pusher toMain = new Pusher("http://" + main + "/api/v1/write", "main", WIDTH);
            Pusher toMoved = new Pusher("http://" + moved + "/api/v1/write", "moved", WIDTH);
            Prober ofMain = new Prober(main);
            Prober ofMoved = new Prober(moved);
            try (toMain;
                    toMoved;
                    ofMain;
                    ofMoved) {
                changes.rounds(WARM_UP_ROUNDS);
                Callable<Footprint> still = () ->
                        toMain.still(() -> toMoved.still(() -> ofMain.still(() -> ofMoved.still(this::footprint))));
                Footprint warm = still.call();
                int passwords = receiver.passwords().size();
                changes.done().clear();
                storm(changes);
                assertThat(receiver.passwords())
                        .hasSizeBetween(
                                passwords + changes.done().get("another password") - 1, // the last is not in use yet
                                passwords + changes.done().get("another password"));
                System.out.println(RELOADS + " reloads: " + changes.done());
                changes.rounds(1); // so that what is compared is of the same files
                Footprint end = settled(still, warm);
                System.out.println("warm: " + warm + "\nend: " + end);
                assertNothingStays(warm, end);
            }
            assertThat(List.of(ofMain, ofMoved))
                    .allSatisfy(prober -> assertThat(prober.answers()).containsOnlyKeys("405"));
            targets.forEach(NumberedTarget::end);
            deliverWhatARenamedPipelineLeft(changes);
            assertDelivered(receiver, toMain);
            assertDelivered(second, toMoved);
            targets.forEach(target -> assertScraped(receiver, target));
            assertThat(receiver.faults()).isEmpty();
            assertThat(millrace.stop()).isZero();
        } finally {
            targets.forEach(NumberedTarget::close);
        }
    }

    /* A reload that takes longer than its time is followed by the next one at once; all of them have their minutes. */
    private static void storm(StormChanges changes) throws IOException {
        long begun = System.nanoTime();
        for (int i = 0; i < RELOADS; i++) {
            LockSupport.parkNanos(begun + i * PACE - System.nanoTime());
            changes.makeNext();
        }
        assertThat(Duration.ofNanos(System.nanoTime() - begun))
                .as("the time of %d reloads", RELOADS)
                .isLessThanOrEqualTo(Duration.ofMinutes(MINUTES));
    }

    /** When every generation of a plugin that was replaced has left the memory, and nothing waits. */
    private Footprint footprint() throws IOException {
        Await.until(
                "every generation but the last is collected",
                Duration.ofMinutes(2),
                () -> plugins("unloading") == 0
                        && plugins("leaked") == 0
                        && millrace.metrics().sum("millrace_flusher_backlog_items") == 0,
                () -> String.join("\n", millrace.lines()));
        return Footprint.of(millrace.process().pid());
    }

    private double plugins(String state) throws IOException {
        return millrace.metrics().sum("millrace_plugins", "state", state);
    }

    /* Where two requests overlapped, a flusher keeps a connection more until it was idle for 90 s. */
    private static Footprint settled(Callable<Footprint> still, Footprint warm) {
        AtomicReference<Footprint> last = new AtomicReference<>();
        Await.until("no more connections than before", Duration.ofMinutes(3), () -> {
            last.set(still.call());
            return !last.get().moreFilesThan(warm).containsKey(SOCKETS);
        });
        return last.get();
    }

    private static void assertNothingStays(Footprint warm, Footprint end) {
        Map<String, Integer> objects = end.moreObjectsThan(warm, OF_SCRAPES);
        objects.keySet().removeIf(FIGURES.asMatchPredicate());
        assertThat(objects).as("more objects").isEmpty();
        assertThat(end.otherBytes()).isLessThan(warm.otherBytes() + HISTORY);
        assertThat(end.heapBytes()).isLessThan(warm.heapBytes() + TAIL);
        assertThat(end.metaspaceBytes()).isLessThan(warm.metaspaceBytes() + FEW_CLASSES);
        Map<String, Integer> threads = end.moreThreadsThan(warm);
        threads.remove("transport-lookup-"); // at most sixteen, which end when there was nothing to look up for 10 s
        assertThat(threads).as("more threads").isEmpty();
        assertThat(end.moreFilesThan(warm)).as("more files").isEmpty();
    }

    /* Under each of its names it has a journal of its own. */
    private void deliverWhatARenamedPipelineLeft(StormChanges changes) throws IOException {
        for (int i = 0; i < 2; i++) {
            String name = changes.renameAgain();
            Await.until("nothing waits", Duration.ofSeconds(60), () -> waiting(name) == 0);
        }
    }

    private double waiting(String pipeline) throws IOException {
        return millrace.metrics().sum("millrace_flusher_backlog_items", "pipeline", pipeline);
    }

    /* Every push was answered with success, so that all of them are there. */
    private void assertDelivered(StormReceiver receiver, Pusher client) {
        assertThat(client.answers()).containsOnlyKeys("204");
        assertThat(client.acknowledged().cardinality()).isEqualTo(client.attempted());
        Await.until(
                "all that was acknowledged is delivered",
                Duration.ofSeconds(60),
                () -> receiver.missing(client.name(), WIDTH, client.acknowledged())
                        .isEmpty(),
                () -> "missing: " + receiver.missing(client.name(), WIDTH, client.acknowledged()) + "\n"
                        + String.join("\n", millrace.lines()));
    }

    /* Every page that was asked for has arrived, and no scrape failed while there was a target. */
    private static void assertScraped(StormReceiver receiver, NumberedTarget target) {
        BitSet pages = new BitSet();
        pages.set(1, (int) target.pages() + 1);
        Await.until(
                "all that was scraped is delivered",
                Duration.ofSeconds(30),
                () -> receiver.missing(target.address(), SERIES, pages).isEmpty(),
                () -> "missing: " + receiver.missing(target.address(), SERIES, pages) + ", failed: "
                        + receiver.failedScrapes(target.address()));
        long lastPage = target.served().get(target.served().lastKey()).asked();
        assertThat(receiver.failedScrapes(target.address()).headSet(lastPage)).isEmpty();
    }
}

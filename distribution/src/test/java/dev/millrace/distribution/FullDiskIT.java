package dev.millrace.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.distribution.numbered.DeliveryOracle;
import dev.millrace.distribution.numbered.NumberedTarget;
import dev.millrace.distribution.numbered.Ports;
import dev.millrace.distribution.run.Await;
import dev.millrace.distribution.run.Equations;
import dev.millrace.distribution.run.MetricsPage;
import dev.millrace.distribution.run.Millrace;
import dev.millrace.distribution.run.RemoteWriteClient;
import dev.millrace.distribution.run.RemoteWriteReceiver;
import dev.millrace.distribution.run.SmallVolume;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A volume that is full, fails or becomes read-only under a running collector. */
@Tag("servers")
final class FullDiskIT {
    private static final int SERIES = 500;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String BY_ITS_OWN_BACKLOG = "MaxBytes: 10GiB\nMinFreeDisk: 0B";

    /** What is left for a backlog that shall fill a volume. */
    private static final long ROOM = 512 << 10;

    @TempDir
    Path folder;

    private final Set<Long> answered = new TreeSet<>();
    private final RemoteWriteReceiver receiver = RemoteWriteReceiver.start();
    private String address;
    private RemoteWriteClient client;
    private long page;

    @BeforeEach
    void chooseAddress() {
        address = "127.0.0.1:" + Ports.free();
        client = new RemoteWriteClient("http://" + address + "/api/v1/write", "client", SERIES);
    }

    private String pipeline(String target, String more) {
        return Pipelines.inputs("1s", target)
                + "  - Type: service_http_server\n"
                + "    Address: '" + address + "'\n"
                + "    Format: prometheus\n"
                + "flushers:\n"
                + Pipelines.flusher("", receiver.endpoint(), more);
    }

    @Test
    void aVolumeFilledByOthersIsBackPressureUntilThereIsRoom() throws Exception {
        try (receiver;
                NumberedTarget target = NumberedTarget.start(SERIES);
                SmallVolume volume = SmallVolume.tmpfs(folder.resolve("data"), "32m");
                Millrace millrace = begin(target, "")) {
            pushed(20);

            volume.fill();
            isBackPressure(millrace);
            assertThat(millrace.isReady()).isTrue();

            volume.empty();
            goesOn(millrace);
        }
    }

    /** First with a flusher that refuses, then with one that drops. */
    @Test
    void aVolumeFilledByTheBacklogHasRoomAgainWhenThatIsDeliveredOrDropped() throws Exception {
        try (receiver;
                NumberedTarget target = NumberedTarget.start(SERIES);
                SmallVolume volume = SmallVolume.tmpfs(folder.resolve("data"), "6m");
                Millrace millrace = begin(target, BY_ITS_OWN_BACKLOG)) {
            volume.leave(ROOM);
            isBackPressure(millrace);
            assertThat(volume.room()).isLessThan(ROOM / 4);

            receiver.resume();
            goesOnDelivering(millrace);

            receiver.pause();
            millrace.pipeline("push", pipeline(target.address(), BY_ITS_OWN_BACKLOG + "\nWhenFull: drop_oldest"));
            Await.until("the oldest are dropped", PATIENCE, () -> push() != null && dropped(millrace, "disk_full") > 0);
            pushedAgain(millrace);
            assertThat(volume.room()).isPositive();

            receiver.resume();
            Await.until("the newest is delivered", PATIENCE, () -> pages().contains(page) && backlog(millrace) == 0);
            assertThat(receiver.judge(SERIES).outOfOrder()).isZero();
            Equations.hold(millrace.metrics());
            assertThat(millrace.stop()).isZero();
        }
    }

    /**
     * First it refuses every write for a while, then it becomes read-only as after an error of its own, and is checked and
     * mounted anew in its place.
     */
    @Test
    void aVolumeThatFailsOrBecomesReadOnlyIsBackPressureUntilItIsRepaired() throws Exception {
        try (receiver;
                NumberedTarget target = NumberedTarget.start(SERIES);
                SmallVolume volume = SmallVolume.ext4(folder.resolve("data"), folder.resolve("device"), "100m");
                Millrace millrace = begin(target, "")) {
            pushed(20);

            volume.failWrites();
            isBackPressure(millrace);
            volume.takeWrites();
            pushedAgain(millrace);

            volume.abort();
            isBackPressure(millrace);
            assertThat(millrace.isReady()).isTrue();
            volume.replace();
            goesOn(millrace);
        }
    }

    @Test
    void aVolumeThatIsReadOnlyUntilTheNextStartLosesNothing() throws Exception {
        try (receiver;
                NumberedTarget target = NumberedTarget.start(SERIES);
                SmallVolume volume = SmallVolume.ext4(folder.resolve("data"), folder.resolve("device"), "100m");
                Millrace millrace = begin(target, "")) {
            pushed(20);
            volume.abort();
            survives(millrace, volume, 0);
        }
    }

    /** This device also spoils the block that it fails to write, which may hold the end of what it took before. */
    @Test
    void aDeviceThatFailsIsBackPressureAndWhatItSpoilsIsCounted() throws Exception {
        try (receiver;
                NumberedTarget target = NumberedTarget.start(SERIES);
                SmallVolume volume = SmallVolume.ext4(folder.resolve("data"), folder.resolve("device"), "9m");
                Millrace millrace = begin(target, BY_ITS_OWN_BACKLOG)) {
            survives(millrace, volume, 1);
        }
    }

    /* A Millrace whose destination is gone. */
    private Millrace begin(NumberedTarget target, String more) {
        receiver.pause();
        return Millrace.in(folder)
                .pipeline("push", pipeline(target.address(), more))
                .start();
    }

    private void goesOn(Millrace millrace) throws Exception {
        pushedAgain(millrace);
        receiver.resume();
        goesOnDelivering(millrace);
        assertThat(millrace.stop()).isZero();
    }

    private void goesOnDelivering(Millrace millrace) throws IOException {
        pushedAgain(millrace);
        everythingIsDelivered(millrace);
        Equations.hold(millrace.metrics());
    }

    private void survives(Millrace millrace, SmallVolume volume, int devicesFault) throws Exception {
        isBackPressure(millrace);
        assertThat(millrace.isReady()).isTrue();
        millrace.kill();
        volume.repair("100m");
        receiver.resume();
        millrace.start();
        pushedAgain(millrace);
        Await.until("all is delivered", PATIENCE, () -> pages().contains(page) && backlog(millrace) == 0);
        answered.removeAll(pages());
        assertThat(answered).as("lost by a device that fails").hasSizeLessThanOrEqualTo(devicesFault);
        assertThat(dropped(millrace, "damaged")).isEqualTo((double) SERIES * answered.size());
        assertThat(receiver.judge(SERIES).outOfOrder()).isZero();
        Equations.hold(millrace.metrics());
        assertThat(millrace.stop()).isZero();
    }

    private static double dropped(Millrace millrace, String reason) throws IOException {
        return millrace.metrics().sum("millrace_flusher_dropped_items_total", "reason", reason);
    }

    private static double backlog(Millrace millrace) throws IOException {
        return millrace.metrics().sum("millrace_flusher_backlog_items");
    }

    private void pushed(int pages) throws IOException {
        for (int i = 0; i < pages; i++) {
            assertThat(push().statusCode()).isEqualTo(204);
        }
    }

    private HttpResponse<String> push() throws IOException {
        page++;
        HttpResponse<String> answer = client.answer(page, 1_000 * page);
        if (answer.statusCode() == 204) {
            answered.add(page);
        }
        return answer;
    }

    /* Returns how long the answer took that says so. */
    private Duration pushUntilRefused() throws IOException {
        for (int i = 0; i < 20_000; i++) {
            long sent = System.nanoTime();
            HttpResponse<String> answer = push();
            Duration took = Duration.ofNanos(System.nanoTime() - sent);
            if (answer.statusCode() != 204) {
                assertThat(answer.statusCode()).isEqualTo(503);
                assertThat(answer.headers().firstValueAsLong("Retry-After").orElse(0))
                        .isBetween(1L, 5L);
                return took;
            }
        }
        throw new AssertionError("none of " + page + " pushes was refused");
    }

    /* Pushes until one is refused: within a second, the first one as well, with a time to wait; and so are scrapes. */
    private void isBackPressure(Millrace millrace) throws IOException {
        List<Duration> took = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            took.add(pushUntilRefused());
        }
        assertThat(took).as("refused at once").allMatch(each -> each.compareTo(Duration.ofSeconds(1)) < 0);
        awaitSkippedScrapes(millrace);
        Equations.hold(millrace.metrics());
    }

    private void pushedAgain(Millrace millrace) {
        Await.until(
                "pushes are taken again",
                PATIENCE,
                () -> push().statusCode() == 204,
                () -> String.join("\n", millrace.lines()));
    }

    private static void awaitSkippedScrapes(Millrace millrace) throws IOException {
        double before = skipped(millrace);
        Await.until("scrapes are skipped and counted", PATIENCE, () -> skipped(millrace) > before);
    }

    private static double skipped(Millrace millrace) throws IOException {
        MetricsPage page = millrace.metrics();
        return page.sum("millrace_input_skipped_scrapes_total", "reason", "disk_full")
                + page.sum("millrace_input_skipped_scrapes_total", "reason", "journal_failed");
    }

    /** What was answered arrives; what was refused may, too. */
    private void everythingIsDelivered(Millrace millrace) {
        Await.until(
                "everything that was answered is delivered",
                PATIENCE,
                () -> pages().containsAll(answered),
                () -> answered.size() + " answered, of which " + pages().size() + " are there\n"
                        + String.join("\n", millrace.lines()));
        DeliveryOracle oracle = receiver.judge(SERIES);
        assertThat(oracle.torn("client", page)).isEmpty();
        assertThat(oracle.outOfOrder()).isZero();
    }

    private Set<Long> pages() {
        return receiver.judge(SERIES).pages().getOrDefault("client", new TreeSet<>());
    }
}

package dev.millrace.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.distribution.numbered.DeliveryOracle;
import dev.millrace.distribution.numbered.NumberedTarget;
import dev.millrace.distribution.numbered.Ports;
import dev.millrace.distribution.run.Await;
import dev.millrace.distribution.run.Equations;
import dev.millrace.distribution.run.Millrace;
import dev.millrace.distribution.run.RemoteWriteClient;
import dev.millrace.distribution.run.RemoteWriteReceiver;
import dev.millrace.distribution.run.SmallVolume;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
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
                Millrace millrace = Millrace.in(folder)) {
            millrace.pipeline("push", pipeline(target.address(), ""));
            millrace.start();
            receiver.pause();
            pushed(20);

            volume.fill();
            long filled = System.nanoTime();
            HttpResponse<String> refusal = pushUntilRefused();
            System.out.printf("refused %d ms after the volume was full%n", (System.nanoTime() - filled) / 1_000_000);
            isBackPressure(refusal);
            awaitSkippedScrapes(millrace);
            assertThat(millrace.isReady()).isTrue();
            Equations.hold(millrace.metrics());

            volume.empty();
            pushedAgain();
            receiver.resume();
            everythingIsDelivered(millrace);
            Equations.hold(millrace.metrics());
            assertThat(millrace.stop()).isZero();
        }
    }

    @Test
    void aVolumeFilledByTheBacklogHasRoomAgainWhenThatIsDelivered() throws Exception {
        try (receiver;
                NumberedTarget target = NumberedTarget.start(SERIES);
                SmallVolume volume = SmallVolume.tmpfs(folder.resolve("data"), "6m");
                Millrace millrace = Millrace.in(folder)) {
            millrace.pipeline("push", pipeline(target.address(), BY_ITS_OWN_BACKLOG));
            millrace.start();
            receiver.pause();
            isBackPressure(pushUntilRefused());
            assertThat(volume.room()).isLessThan(1 << 20);
            awaitSkippedScrapes(millrace);

            receiver.resume();
            pushedAgain();
            everythingIsDelivered(millrace);
            Equations.hold(millrace.metrics());
            assertThat(millrace.stop()).isZero();
        }
    }

    @Test
    void aFlusherThatDropsMakesRoomOnAFullVolume() throws Exception {
        try (receiver;
                NumberedTarget target = NumberedTarget.start(SERIES);
                SmallVolume volume = SmallVolume.tmpfs(folder.resolve("data"), "6m");
                Millrace millrace = Millrace.in(folder)) {
            millrace.pipeline("push", pipeline(target.address(), BY_ITS_OWN_BACKLOG + "\nWhenFull: drop_oldest"));
            millrace.start();
            receiver.pause();
            pushUntilRefused();
            pushedAgain();
            assertThat(volume.room()).isPositive();
            assertThat(dropped(millrace, "disk_full")).isPositive();
            Equations.hold(millrace.metrics());

            receiver.resume();
            Await.until("the newest is delivered", PATIENCE, () -> pages().contains(page));
            Await.until("all of it is", PATIENCE, () -> backlog(millrace) == 0);
            DeliveryOracle oracle = receiver.judge(SERIES);
            assertThat(oracle.outOfOrder()).isZero();
            Equations.hold(millrace.metrics());
            assertThat(millrace.stop()).isZero();
        }
    }

    @Test
    void aVolumeThatBecomesReadOnlyIsBackPressure() throws Exception {
        try (receiver;
                NumberedTarget target = NumberedTarget.start(SERIES);
                SmallVolume volume = SmallVolume.ext4(folder.resolve("data"), folder.resolve("device"), "100m");
                Millrace millrace = Millrace.in(folder)) {
            millrace.pipeline("push", pipeline(target.address(), ""));
            millrace.start();
            receiver.pause();
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
                Millrace millrace = Millrace.in(folder)) {
            millrace.pipeline("push", pipeline(target.address(), BY_ITS_OWN_BACKLOG));
            millrace.start();
            receiver.pause();
            survives(millrace, volume, 1);
        }
    }

    private void survives(Millrace millrace, SmallVolume volume, int devicesFault) throws Exception {
        isBackPressure(pushUntilRefused());
        awaitSkippedScrapes(millrace);
        assertThat(millrace.isReady()).isTrue();
        Equations.hold(millrace.metrics());
        millrace.kill();
        volume.repair("100m");
        receiver.resume();
        millrace.start();
        pushedAgain();
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

    private HttpResponse<String> pushUntilRefused() throws IOException {
        HttpResponse<String> answer = push();
        for (int i = 0; answer.statusCode() == 204; i++) {
            assertThat(i).isLessThan(20_000);
            answer = push();
        }
        return answer;
    }

    private static void isBackPressure(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValueAsLong("Retry-After").orElse(0)).isBetween(1L, 5L);
    }

    private void pushedAgain() {
        Await.until("pushes are taken again", PATIENCE, () -> push().statusCode() == 204);
    }

    private static void awaitSkippedScrapes(Millrace millrace) {
        Await.until(
                "scrapes are skipped and counted",
                PATIENCE,
                () -> millrace.metrics().sum("millrace_input_skipped_scrapes_total", "reason", "disk_full")
                                + millrace.metrics()
                                        .sum("millrace_input_skipped_scrapes_total", "reason", "journal_failed")
                        > 0);
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

package dev.millrace.core.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.core.status.HealthPage;
import dev.millrace.core.status.PipelineReading;
import dev.millrace.core.status.StatusJson;
import dev.millrace.core.status.StatusPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StatusBoardTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);

    @TempDir
    Path root;

    private final AtomicLong nanos = new AtomicLong();
    private TestHost host;
    private StatusBoard board;

    @BeforeEach
    void start() throws IOException {
        host = new TestHost(root);
        board = new StatusBoard(root, CLOCK, nanos::get, host.pipelines::readings);
    }

    @AfterEach
    void stop() {
        host.close();
    }

    private PipelineReading pipeline(String name) {
        return host.pipelines.readings().stream()
                .filter(reading -> reading.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void everyFileHasAState() throws Exception {
        host.plugins.broken.add("fails/input_hand start");
        host.write("good", "", "flusher_kept");
        host.write("fails", "", "flusher_kept");
        host.write("bad", "inputs: [");
        host.write("off", "enable: false\n");
        host.reload();
        assertThat(pipeline("good").state()).isEqualTo(PipelineReading.State.RUNNING);
        assertThat(pipeline("good").file()).isEqualTo(host.file("good").toString());
        assertThat(pipeline("fails").state()).isEqualTo(PipelineReading.State.FAILED);
        assertThat(pipeline("fails").nextAttempt()).isPresent();
        assertThat(pipeline("fails").problems()).containsExactly("fails/input_hand: the test wants start to fail");
        assertThat(HealthPage.json(board.health()))
                .contains(
                        "{\"pipeline\":\"fails\",\"component\":\"input_hand\",\"kind\":\"input\",\"state\":\"failed\","
                                + "\"reason\":\"fails/input_hand: the test wants start to fail\"")
                .contains("{\"pipeline\":\"good\",\"component\":\"input_hand\",\"kind\":\"input\",\"state\":\"ok\"");
        assertThat(pipeline("bad").state()).isEqualTo(PipelineReading.State.INVALID);
        assertThat(pipeline("bad").nextAttempt()).isEmpty();
        assertThat(pipeline("bad").problems())
                .singleElement()
                .asString()
                .startsWith(host.file("bad").toString());
        assertThat(pipeline("off").state()).isEqualTo(PipelineReading.State.DISABLED);
        assertThat(host.pipelines.readings()).hasSize(4);

        Files.delete(host.file("good"));
        host.write("fails", "", "flusher_kept/other");
        host.plugins.broken.clear();
        host.reload();
        assertThat(pipeline("fails").state()).isEqualTo(PipelineReading.State.RUNNING);
        assertThat(pipeline("fails").problems()).isEmpty();
        assertThat(host.pipelines.readings()).hasSize(3);
    }

    @Test
    void anOlderStateThatRunsOnIsShownBesideWhatIsWrong() throws Exception {
        host.write("web", "", "flusher_kept");
        host.reload();
        host.write("web", "inputs: [");
        host.reload();
        PipelineReading web = pipeline("web");
        assertThat(web.state()).isEqualTo(PipelineReading.State.INVALID);
        assertThat(web.running()).isTrue();
        assertThat(web.components()).hasSize(2);
    }

    @Test
    void ratesComeFromTheCountersOfThePipelines() throws Exception {
        host.plugins.away.add("web/flusher_kept/dead");
        host.write("web", "", "flusher_kept", "flusher_kept/dead");
        host.reload();
        board.look();
        for (int i = 1; i <= 20; i++) {
            assertThat(host.plugins.push("web", i).get(20, TimeUnit.SECONDS)).isEmpty();
        }
        host.awaitKept("web/flusher_kept", 20.0);
        TestHost.await("all are delivered", () -> StatusJson.of(board.status()).contains("\"deliveredItems\":20"));
        TestHost.await("an error is known", () -> StatusJson.of(board.status()).contains("the destination is away"));
        nanos.addAndGet(Duration.ofSeconds(10).toNanos());

        String json = StatusJson.of(board.status());
        assertThat(json)
                .contains(
                        "\"id\":\"input_hand\",\"kind\":\"input\",\"state\":\"ok\",\"reason\":null,\"receivedItems\":20,"
                                + "\"receivedPerSecond\":2,\"acknowledgedItems\":20,\"acknowledgedPerSecond\":2")
                .contains(
                        "\"id\":\"flusher_kept\",\"kind\":\"flusher\",\"state\":\"ok\",\"reason\":null,\"deliveredItems\":20,"
                                + "\"deliveredPerSecond\":2")
                .contains("\"id\":\"flusher_kept/dead\",\"kind\":\"flusher\",\"state\":\"ok\",\"reason\":null,"
                        + "\"deliveredItems\":0,\"deliveredPerSecond\":0")
                .contains("\"backlogItems\":20")
                .contains("\"dataFolder\":\"" + root + "\"");
        assertThat(StatusPage.DEFAULT.of(board.status())).contains("2.0/s").contains("pipeline web  running");
    }

    @Test
    void anInputTellsWhatWentWrong() throws Exception {
        host.write("web", "", "flusher_kept");
        host.reload();
        assertThat(StatusJson.of(board.status())).contains("\"pendingItems\":0,\"lastError\":null");

        host.plugins.reportError("web", "a target is away");
        assertThat(StatusJson.of(board.status())).contains("\"message\":\"a target is away\"");
        assertThat(StatusPage.DEFAULT.of(board.status())).contains(" ago: a target is away\n");
    }

    @Test
    void anInputIsDegradedUntilItTellsThatItsTroubleIsOver() throws Exception {
        host.write("web", "", "flusher_kept");
        host.reload();
        host.plugins.reportRecovery("web");
        host.assertState("web", "input_hand", "ok");
        host.plugins.reportTrouble("web", "1 of 2 targets fails");
        host.pass(Duration.ofDays(1));
        host.assertState("web", "input_hand", "degraded");
        host.plugins.reportRecovery("web");
        host.assertState("web", "input_hand", "ok");
        host.plugins.reportError("web", "a row too many");
        host.plugins.reportRecovery("web");
        host.assertState("web", "input_hand", "degraded");
        host.pass(Duration.ofSeconds(91));
        host.assertState("web", "input_hand", "ok");
    }
}

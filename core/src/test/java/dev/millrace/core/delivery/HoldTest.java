package dev.millrace.core.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class HoldTest {
    @AutoClose
    private final World world = new World();

    @BeforeEach
    void holdFourLanes() throws IOException {
        world.lanes = 4;
        world.start();
        for (int slot = 0; slot < 4; slot++) {
            world.appendSeries(World.seriesOf(slot), 0, 20);
        }
        List.copyOf(world.flusher.calls).forEach(call -> call.held("wrong password"));
        world.loop.run();
    }

    @Test
    void keepsEverythingAndSaysWhy() {
        assertThat(world.flusher.calls).hasSize(4);
        assertThat(world.backlog()).isEqualTo(80);
        assertThat(world.status().held().orElseThrow().message()).isEqualTo("wrong password");
    }

    @Test
    void probesOnceAMinuteWithOneLane() {
        world.flusher.answer(call -> call.held("wrong password"));
        world.pass(Duration.ofSeconds(60).minusNanos(1));
        assertThat(world.flusher.calls).hasSize(4);
        world.pass(Duration.ofNanos(1));
        assertThat(world.flusher.calls).hasSize(5);
        world.pass(Duration.ofMinutes(10));
        assertThat(world.flusher.calls).hasSize(15);
    }

    @Test
    void goesOnWithAllLanesWhenTheProbeSucceeds() {
        world.flusher.answer(Call::delivered);
        world.pass(Duration.ofMinutes(1));
        assertThat(world.status().held()).isEmpty();
        assertThat(world.delivered()).isEqualTo(80);
    }

    @Test
    void probesAtOnceWhenItIsResumed() {
        world.pass(Duration.ofSeconds(5));
        world.flusher.answer(Call::delivered);
        world.dispatcher.resume();
        world.loop.execute(() -> {});
        world.loop.run();
        assertThat(world.delivered()).isEqualTo(80);
    }

    @Test
    void probesAgainAtOnceWhenItWasResumedDuringAProbe() {
        world.pass(Duration.ofMinutes(1));
        Call probe = world.flusher.last();
        world.loop.execute(world.dispatcher::resume);
        world.loop.run();
        assertThat(world.flusher.calls).hasSize(5);
        world.flusher.answer(Call::delivered);
        probe.held("wrong password");
        world.loop.run();
        assertThat(world.status().held()).isEmpty();
        assertThat(world.delivered()).isEqualTo(80);
    }

    @Test
    void remembersToBeResumedForOneProbeOnly() {
        world.pass(Duration.ofMinutes(1));
        world.loop.execute(world.dispatcher::resume);
        world.flusher.last().held("wrong password");
        world.loop.run();
        assertThat(world.flusher.calls).hasSize(6);
        world.flusher.last().held("wrong password");
        world.pass(Duration.ofSeconds(59));
        assertThat(world.flusher.calls).hasSize(6);
    }

    @Test
    void staysHeldWhileTheProbeIsRetried() {
        world.pass(Duration.ofMinutes(1));
        world.flusher.last().retry();
        world.pass(Duration.ofSeconds(10));
        assertThat(world.flusher.calls).hasSize(6);
        assertThat(world.status().held()).isPresent();
        world.flusher.answer(Call::delivered);
        world.flusher.last().delivered();
        world.loop.run();
        assertThat(world.delivered()).isEqualTo(80);
    }

    @Test
    void sendsTheHeldRequestsUnchanged() {
        world.flusher.answer(Call::delivered);
        world.pass(Duration.ofMinutes(1));
        for (int call = 0; call < 4; call++) {
            List<Call.Row> rows = world.flusher.calls.get(call).rows;
            assertThat(world.flusher.calls.stream().filter(other -> other.rows.equals(rows)))
                    .hasSize(2);
        }
    }
}

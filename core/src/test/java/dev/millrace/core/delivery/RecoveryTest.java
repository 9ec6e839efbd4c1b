package dev.millrace.core.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.spi.pipeline.SliceLimits;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class RecoveryTest {
    @AutoClose
    private final World world = new World();

    private List<Call> interrupted;

    @BeforeEach
    void killWithFourRequestsInFlight() throws IOException {
        world.lanes = 4;
        world.start();
        for (int i = 0; i < 30; i++) {
            world.append(1000L * i, allSlots());
        }
        List<Call> first = new ArrayList<>(world.flusher.calls);
        assertThat(first).hasSize(4);
        first.forEach(Call::delivered);
        world.loop.run();
        interrupted = new ArrayList<>(world.flusher.open());
        assertThat(interrupted).hasSize(4);
        world.kill();
    }

    @Test
    void sendsInterruptedRequestsFirstAndAloneWithOtherLanesAndLimits() throws IOException {
        world.lanes = 3;
        world.limits = new SliceLimits(7, 1 << 20, Duration.ofMillis(10));
        world.start();
        world.pass(Duration.ofSeconds(5));
        assertThat(world.flusher.calls).hasSize(4);
        assertThat(rows(world.flusher.calls)).isEqualTo(rows(interrupted));
        assertThat(world.flusher.calls).allMatch(call -> call.slice.repeated() && call.slice.attempt() == 0);
        world.flusher.answer(Call::delivered);
        List.copyOf(world.flusher.calls).forEach(Call::delivered);
        world.pass(Duration.ofSeconds(5));
        assertThat(world.delivered()).isEqualTo(30 * 64);
        assertThat(world.backlog()).isZero();
        assertThat(world.flusher.calls.subList(4, world.flusher.calls.size())).noneMatch(call -> call.slice.repeated());
    }

    @Test
    void sendsOtherSlotsMeanwhile() throws IOException {
        world.start();
        world.flusher.answer(Call::delivered);
        world.flusher.calls.get(0).delivered();
        world.loop.run();
        world.pass(Duration.ofSeconds(1));
        Set<String> blocked = new HashSet<>();
        for (Call call : world.flusher.open()) {
            call.rows.forEach(row -> blocked.add(row.series()));
        }
        List<Call> later = world.flusher.calls.subList(4, world.flusher.calls.size());
        assertThat(later).isNotEmpty();
        assertThat(later).allSatisfy(call -> assertThat(call.rows).noneMatch(row -> blocked.contains(row.series())));
    }

    @Test
    void countsARefusedRepetitionApart() throws IOException {
        world.start();
        world.flusher.calls.get(0).rejected("400");
        world.flusher.calls.get(1).rejected("500");
        world.loop.run();
        assertThat(world.dropped()).isEqualTo(Map.of("repeat_refused", 10L));
        assertThat(world.status().rejectedByStatus()).isEqualTo(Map.of("500", 10L));
    }

    @Test
    void repeatsTheSameAgainAfterASecondKill() throws IOException {
        world.lanes = 1;
        world.start();
        world.flusher.calls.get(0).delivered();
        world.loop.run();
        world.kill();
        world.lanes = 32;
        world.start();
        assertThat(rows(world.flusher.calls.stream()
                        .filter(call -> call.slice.repeated())
                        .toList()))
                .isEqualTo(rows(interrupted.subList(1, 4)));
        assertThat(world.delivered()).isEqualTo(50);
    }

    @Test
    void repeatsBothHalvesOfASplitRequest() throws IOException {
        world.start();
        world.flusher.calls.get(0).split();
        world.loop.run();
        List<Call.Row> firstHalf = world.flusher.last().rows;
        assertThat(firstHalf).hasSize(5);
        world.kill();
        world.start();
        assertThat(world.flusher.calls).hasSize(4);
        assertThat(rows(world.flusher.calls)).contains(firstHalf);
        world.flusher.calls.stream().filter(call -> call.rows.size() == 5).forEach(Call::delivered);
        world.loop.run();
        assertThat(world.flusher.last().rows).hasSize(5);
        assertThat(world.flusher.last().slice.repeated()).isTrue();
    }

    @Test
    void keepsTheCountsOverARestart() throws IOException {
        world.start();
        assertThat(world.delivered()).isEqualTo(40);
        assertThat(world.status().counts().appended()).isEqualTo(30 * 64);
        assertThat(world.backlog()).isEqualTo(30 * 64 - 40);
    }

    private static Set<List<Call.Row>> rows(List<Call> calls) {
        Set<List<Call.Row>> rows = new HashSet<>();
        calls.forEach(call -> rows.add(call.rows));
        return rows;
    }

    private static String[] allSlots() {
        String[] series = new String[64];
        for (int slot = 0; slot < 64; slot++) {
            series[slot] = World.seriesOf(slot);
        }
        return series;
    }
}

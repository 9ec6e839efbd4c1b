package dev.millrace.core.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class CursorKeeperTest {
    @AutoClose
    private final World world = new World();

    @BeforeEach
    void start() throws IOException {
        world.start();
    }

    @Test
    void nothingLeavesBeforeItIsRecorded() {
        world.log.files.failCursors(true);
        world.appendSeries("a", 0, 10);
        world.pass(Duration.ofMinutes(1));
        assertThat(world.flusher.calls).isNotEmpty().noneMatch(call -> call.left);
        assertThat(world.status().lastError().orElseThrow().message()).contains("cannot write the cursor");
        world.log.files.failCursors(false);
        world.flusher.answer(Call::delivered);
        world.pass(Duration.ofMinutes(1));
        assertThat(world.delivered()).isEqualTo(10);
    }

    @Test
    void recordsTheRequestUntilItIsDone() throws IOException {
        world.appendSeries("a", 0, 10);
        assertThat(world.log.cursor("fake").state().requests()).singleElement().satisfies(request -> {
            assertThat(request.from()).isZero();
            assertThat(request.to()).isEqualTo(10);
            assertThat(request.items()).isEqualTo(10);
            assertThat(request.protocol()).isEqualTo("fake/1");
        });
        world.flusher.last().delivered();
        world.loop.run();
        assertThat(world.log.cursor("fake").state().requests()).isEmpty();
        assertThat(world.log.cursor("fake").state().lowest()).isEqualTo(10);
        assertThat(world.log.cursor("fake").state().totals().delivered()).isEqualTo(10);
    }

    @Test
    void slotsWithNothingOutstandingFollowTheReaderWithinASecond() throws IOException {
        world.kill();
        world.lanes = 2;
        world.start();
        world.appendSeries(World.seriesOf(0), 0, 5000);
        world.pass(Duration.ofSeconds(1));
        long[] positions = world.log.cursor("fake").state().positions();
        assertThat(positions[0]).isZero();
        assertThat(positions[1]).isEqualTo(50);
        assertThat(Arrays.stream(positions).distinct()).hasSize(2);
    }

    @Test
    void segmentsThatAreDoneAreRemoved() {
        world.flusher.answer(Call::delivered);
        for (int i = 0; i < 400; i++) {
            world.appendSeries("a", 1000L * i, 100);
            world.passMillis(20);
        }
        world.pass(Duration.ofSeconds(3));
        assertThat(world.log.journal().statistics().first()).isPositive();
        assertThat(world.log.journal().statistics().segments()).isLessThan(3);
    }

    @Test
    void segmentsThatCouldNotBeRemovedAreRemovedLater() {
        world.log.files.failDeletes(true);
        world.flusher.answer(Call::delivered);
        for (int i = 0; i < 400; i++) {
            world.appendSeries("a", 1000L * i, 100);
            world.passMillis(20);
        }
        world.pass(Duration.ofSeconds(3));
        assertThat(world.backlog()).isZero();
        assertThat(world.status().lastError().orElseThrow().message()).contains("cannot trim the journal");
        assertThat(world.log.journal().statistics().first()).isZero();
        world.log.files.failDeletes(false);
        world.pass(Duration.ofSeconds(3));
        assertThat(world.log.journal().statistics().segments()).isLessThan(3);
    }
}

package dev.millrace.core.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class DamageTest {
    @AutoClose
    private final World world = new World();

    @BeforeEach
    void readFromSegmentsOnly() {
        world.log.tailBytes = 1;
    }

    @Test
    void countsWhatIsDamagedBehindTheCursorOnce() throws IOException {
        world.start();
        world.appendSeries("a", 0, 10);
        world.log.append(world.batch("a", 10_000, 10));
        world.log.files.damageLastWrite();
        world.appendSeries("a", 20_000, 10);
        world.flusher.last().delivered();
        world.loop.run();
        assertThat(world.flusher.last().rows.get(0).timestamp()).isEqualTo(20_000);
        world.flusher.last().delivered();
        world.loop.run();
        assertEverythingIsCounted(20);
        world.kill();
        world.start();
        assertEverythingIsCounted(20);
    }

    @Test
    void countsWhatIsDamagedAtTheEnd() throws IOException {
        world.start();
        world.flusher.answer(Call::delivered);
        world.appendSeries("a", 0, 10);
        world.kill();
        world.start();
        world.log.append(world.batch("a", 10_000, 10));
        world.log.files.damageLastWrite();
        world.passMillis(10);
        world.loop.execute(() -> {});
        world.loop.run();
        assertEverythingIsCounted(10);
    }

    @Test
    void countsWhatIsDamagedAmongItemsThatWereDoneBefore() throws IOException {
        String slow = World.seriesOf(0);
        String fast = World.seriesOf(1);
        world.lanes = 2;
        world.start();
        world.flusher.answer(call -> {
            if (call.rows.get(0).series().equals(fast)) {
                call.delivered();
            }
        });
        for (int i = 0; i < 4; i++) {
            world.append(1000L * i, slow, slow, slow, slow, slow, fast, fast, fast, fast, fast);
            if (i == 3) {
                world.log.files.damageLastWrite();
            }
        }
        world.pass(Duration.ofSeconds(1));
        assertThat(world.delivered()).isEqualTo(20);
        world.kill();
        world.start();
        world.flusher.answer(Call::delivered);
        world.flusher.open().forEach(Call::delivered);
        world.pass(Duration.ofSeconds(2));
        assertEverythingIsCounted(35, 5);
        world.kill();
        world.start();
        assertEverythingIsCounted(35, 5);
    }

    @Test
    void sendsWhatIsLeftOfARecordedRequest() throws IOException {
        world.start();
        world.appendSeries("a", 0, 4);
        world.appendSeries("a", 4000, 6);
        world.log.files.damageLastWrite();
        assertThat(world.flusher.last().rows).hasSize(10);
        world.kill();
        world.start();
        assertThat(world.flusher.last().rows).hasSize(4);
        assertThat(world.flusher.last().slice.repeated()).isTrue();
        world.flusher.last().delivered();
        world.loop.run();
        assertEverythingIsCounted(4, 6);
        world.kill();
        world.start();
        assertEverythingIsCounted(4, 6);
    }

    @Test
    void goesOnWhereNothingIsLeftOfARecordedRequest() throws IOException {
        world.start();
        world.appendSeries("a", 0, 10);
        world.log.files.damageLastWrite();
        world.kill();
        world.start();
        assertThat(world.flusher.calls).isEmpty();
        assertEverythingIsCounted(0, 10);
        world.flusher.answer(Call::delivered);
        world.appendSeries("a", 10_000, 10);
        assertEverythingIsCounted(10, 10);
    }

    private void assertEverythingIsCounted(long delivered) {
        assertEverythingIsCounted(delivered, 10);
    }

    private void assertEverythingIsCounted(long delivered, long damaged) {
        assertThat(world.delivered()).isEqualTo(delivered);
        assertThat(world.dropped()).isEqualTo(Map.of("damaged", damaged));
        assertThat(world.backlog()).isZero();
        assertThat(world.status().counts().appended()).isEqualTo(delivered + damaged);
    }
}

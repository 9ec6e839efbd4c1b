package dev.millrace.core.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.LogBatch;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.event.SpanId;
import dev.millrace.spi.event.Value;
import dev.millrace.spi.pipeline.SliceLimits;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class RequestCutTest {
    @AutoClose
    private final World world = new World();

    @BeforeEach
    void start() throws IOException {
        world.start();
    }

    @Test
    void sendsAFullRequestAtOnce() {
        world.appendSeries("a", 0, 10);
        assertThat(world.flusher.calls).hasSize(1);
        assertThat(world.flusher.last().rows).hasSize(10);
    }

    @Test
    void sendsWhatIsNotFullWhenItsFirstRowIsOldEnough() {
        world.appendSeries("a", 0, 3);
        world.passMillis(600);
        world.appendSeries("a", 3000, 1);
        world.passMillis(399);
        assertThat(world.flusher.calls).isEmpty();
        world.passMillis(1);
        assertThat(world.flusher.last().rows).hasSize(4);
    }

    @Test
    void cutsByEstimatedBytes() throws IOException {
        world.kill();
        world.limits = new SliceLimits(1000, 200, Duration.ofSeconds(1));
        world.start();
        world.appendSeries("a", 0, 20);
        int rowSize = RowSize.of(
                MetricBatch.builder(1).add(Labels.of("series", "a"), 0, 0).build(), 0);
        assertThat(world.flusher.last().rows).hasSize(200 / rowSize);
    }

    @Test
    void sendsARowThatIsLargerThanTheLimit() throws IOException {
        world.kill();
        world.limits = new SliceLimits(1000, 5, Duration.ofSeconds(1));
        world.start();
        world.appendSeries("a", 0, 2);
        assertThat(world.flusher.last().rows).hasSize(1);
    }

    @Test
    void keepsOneRequestInFlightForALane() {
        world.appendSeries("a", 0, 30);
        assertThat(world.flusher.calls).hasSize(1);
        world.flusher.last().delivered();
        world.loop.run();
        assertThat(world.flusher.calls).hasSize(2);
        assertThat(world.delivered()).isEqualTo(10);
        assertThat(world.status().counts().inFlight()).isEqualTo(10);
    }

    @Test
    void mixesNoKinds() {
        world.appendSeries("a", 0, 2);
        LogBatch.Row row = new LogBatch.Row(7, 7, 9, "", new Value.Text("x"), new Value.Mapping(Map.of()), SpanId.NONE);
        world.append(new LogBatch(Labels.of("series", "log"), List.of(row)));
        world.appendSeries("a", 2000, 1);
        world.flusher.answer(Call::delivered);
        world.flusher.open().forEach(Call::delivered);
        world.pass(Duration.ofSeconds(2));
        assertThat(world.flusher.calls).extracting(call -> call.rows.size()).containsExactly(2, 1, 1);
        assertThat(world.backlog()).isZero();
    }

    @Test
    void ordersSamplesByTimeAndEqualOnesAsTheyCame() {
        world.append(5000, "a", "b");
        world.append(3000, "c", "d");
        world.append(5000, "e");
        world.pass(Duration.ofSeconds(1));
        assertThat(world.flusher.last().rows).extracting(Call.Row::series).containsExactly("c", "d", "a", "b", "e");
    }

    @Test
    void spreadsSlotsOverLanes() throws IOException {
        world.kill();
        world.lanes = 4;
        world.start();
        for (int slot = 0; slot < 8; slot++) {
            world.append(1000, World.seriesOf(slot));
        }
        world.pass(Duration.ofSeconds(1));
        assertThat(world.flusher.calls).hasSize(4);
        assertThat(world.flusher.calls).allSatisfy(call -> assertThat(call.rows).hasSize(2));
        assertThat(world.status().counts().lanes()).isEqualTo(4);
    }

    @Test
    void boundsWhatItHoldsOfABacklog() {
        world.appendSeries("a", 0, 5000);
        world.flusher.answer(Call::delivered);
        world.flusher.last().delivered();
        world.pass(Duration.ofSeconds(1));
        assertThat(world.delivered()).isEqualTo(5000);
        assertThat(world.flusher.calls).hasSize(500);
    }
}

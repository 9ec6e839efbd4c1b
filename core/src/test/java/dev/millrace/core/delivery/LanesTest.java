package dev.millrace.core.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.event.MetricBatchBuilder;
import dev.millrace.spi.pipeline.SliceLimits;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.slf4j.helpers.NOPLogger;

final class LanesTest {
    @AutoClose
    private final World world = new World();

    @Test
    void shareTheSlotsEvenlyAfterAnyRegrouping() {
        long seed = Long.getLong("millrace.seed", System.nanoTime());
        System.out.println("LanesTest: seed " + seed);
        Random random = new Random(seed);
        Lanes lanes = lanes(1);
        for (int i = 0; i < 500; i++) {
            int count = 1 + random.nextInt(32);
            lanes.regroup(count);
            assertThat(lanes.all()).hasSize(count);
            long all = 0;
            for (Lane lane : lanes.all()) {
                assertThat(all & lane.slots()).isZero();
                all |= lane.slots();
                assertThat(Long.bitCount(lane.slots()) - Labels.SLOTS / count).isBetween(0, 1);
            }
            assertThat(all).isEqualTo(-1L);
        }
    }

    @Test
    void waitOnlyForTheRequestsOfTheLanesConcerned() throws IOException {
        world.lanes = 2;
        world.laneCount = new LaneCount(2, 32, 10);
        world.start();
        world.append(0, World.seriesOf(0), World.seriesOf(1), World.seriesOf(2), World.seriesOf(3));
        world.pass(Duration.ofSeconds(1));
        assertThat(world.flusher.calls).hasSize(2);
        world.loop.execute(() -> world.dispatcher.regroup(4));
        world.append(1000, World.seriesOf(0), World.seriesOf(1), World.seriesOf(2), World.seriesOf(3));
        world.pass(Duration.ofSeconds(2));
        assertThat(world.flusher.calls).hasSize(2);
        Call even = world.flusher.calls.get(0);
        Set<String> series = series(List.of(even));
        even.delivered();
        world.pass(Duration.ofSeconds(2));
        List<Call> later = world.flusher.calls.subList(2, world.flusher.calls.size());
        assertThat(later).isNotEmpty().allMatch(call -> call.rows.get(0).timestamp() == 1000);
        assertThat(series(later)).isEqualTo(series);
    }

    @Test
    void holdABoundedSizeTogether() throws IOException {
        SliceLimits limits = new SliceLimits(1000, 2000, Duration.ofSeconds(1));
        world.limits = limits;
        world.lanes = 32;
        world.start();
        MetricBatchBuilder batch = MetricBatch.builder(5000);
        for (int i = 0; i < 5000; i++) {
            batch.add(Labels.of("series", "s" + i), 0, i);
        }
        world.append(batch.build());
        world.loop.run();
        world.pass(Duration.ofSeconds(1));
        long rowSize = RowSize.of(batch.build(), 0);
        assertThat(world.flusher.calls.stream()
                                .mapToInt(call -> call.rows.size())
                                .sum()
                        * rowSize)
                .isBetween(10L * limits.maxBytes(), 13L * limits.maxBytes());
    }

    @Test
    void goOnWhileOneFailsAndAskItOftenAsLongAsOthersDeliver() throws IOException {
        String failing = World.seriesOf(0);
        String other = World.seriesOf(1);
        world.lanes = 2;
        world.start();
        world.flusher.answer(call -> {
            if (series(List.of(call)).contains(failing)) {
                call.retry();
            } else {
                call.delivered();
            }
        });
        world.append(0, failing);
        for (int second = 1; second <= 60; second++) {
            world.append(1000L * second, other);
            world.pass(Duration.ofSeconds(1));
        }
        long tried = world.flusher.calls.stream()
                .filter(call -> series(List.of(call)).contains(failing))
                .count();
        assertThat(tried).isBetween(50L, 75L);
        assertThat(world.delivered()).isGreaterThan(55);
    }

    private static Set<String> series(List<Call> calls) {
        Set<String> series = new HashSet<>();
        calls.forEach(call -> call.rows.forEach(row -> series.add(row.series())));
        return series;
    }

    private static Lanes lanes(int count) {
        Random random = new Random(1);
        Groups groups =
                new Groups(new FakeFlusher((batch, row) -> null), new Complaints(NOPLogger.NOP_LOGGER, "test", 1));
        Company company = new Company(new SeriesTimes(100));
        return new Lanes(
                count,
                slots -> new Lane(
                        0,
                        slots,
                        new RowQueue(SliceLimits.DEFAULT, company),
                        new Backoff(DeliveryOptions.Retry.DEFAULT, random),
                        groups));
    }
}

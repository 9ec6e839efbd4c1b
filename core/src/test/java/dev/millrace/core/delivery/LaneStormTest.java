package dev.millrace.core.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.event.MetricBatchBuilder;
import dev.millrace.spi.pipeline.SliceLimits;
import java.io.IOException;
import java.time.Duration;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/**
 * Order and completeness over a million samples, while lanes come and go, requests fail, hang and are answered late, and the
 * process is stopped and killed. {@code -Dmillrace.lanes.samples} makes it longer.
 */
final class LaneStormTest {
    private static final int SAMPLES = Integer.getInteger("millrace.lanes.samples", 1_000_000);
    private static final int SERIES = 3000;
    private static final int MOST_BACKLOG = 120_000;

    private final long seed = Long.getLong("millrace.seed", System.nanoTime());
    private final Random random = new Random(seed);

    @AutoClose
    private final World world = new World();

    private final Labels[] series = IntStream.range(0, SERIES)
            .mapToObj(i -> Labels.of("series", "s" + i))
            .toArray(Labels[]::new);
    private final StormyDestination destination = new StormyDestination(world, random, SERIES);
    private int appended;
    private int kills;
    private int stops;
    private int regroupings;

    @Test
    void keepsEverySeriesInOrderAndLosesNothing() throws IOException {
        System.out.println("LaneStormTest: seed " + seed);
        world.random = new Random(seed);
        world.destination = destination;
        world.sendDeadline = Duration.ofSeconds(20);
        world.log.segmentBytes = 1 << 20;
        begin();
        while (appended < SAMPLES) {
            step();
        }
        destination.calm();
        for (int minutes = 0; world.backlog() > 0; minutes++) {
            assertThat(minutes).as("minutes to catch up").isLessThan(60);
            world.pass(Duration.ofMinutes(1));
        }
        System.out.println("LaneStormTest: " + appended + " samples, " + destination + ", " + regroupings
                + " regroupings, " + stops + " stops, " + kills + " kills");
        destination.hasEverything(appended);
        assertThat(world.status().counts().appended()).isEqualTo(appended);
        assertThat(regroupings).isGreaterThan(100);
        assertThat(kills).isPositive();
        assertThat(stops).isPositive();
    }

    private void step() throws IOException {
        int dice = random.nextInt(1000);
        if (dice < 500 && world.backlog() < MOST_BACKLOG) {
            append();
        } else if (dice < 600) {
            int lanes = 1 + random.nextInt(32);
            regroupings++;
            world.loop.execute(() -> world.dispatcher.regroup(lanes));
        } else if (dice < 620) {
            world.dispatcher.resume();
        } else if (dice < 990) {
            world.passMillis(random.nextInt(random.nextInt(20) == 0 ? 5_000 : 300));
        } else if (dice < 994) {
            stops++;
            world.stop();
            begin();
        } else {
            kills++;
            world.kill();
            begin();
        }
    }

    private void begin() throws IOException {
        destination.begin();
        world.limits =
                new SliceLimits(1 + random.nextInt(300), 5_000 + random.nextInt(100_000), Duration.ofMillis(500));
        world.laneCount = new LaneCount(1, 32, world.limits.maxItems());
        world.log.tailBytes = random.nextBoolean() ? 16 << 20 : 2000;
        world.start();
    }

    private void append() {
        int rows = 1 + random.nextInt(2000);
        MetricBatchBuilder batch = MetricBatch.builder(rows);
        for (int i = 0; i < rows; i++) {
            int number = random.nextInt(SERIES);
            destination.appended(appended, number);
            batch.add(series[number], appended, appended++);
        }
        world.append(batch.build());
    }
}

package dev.millrace.core.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.event.MetricBatchBuilder;
import dev.millrace.spi.pipeline.Outcome;
import dev.millrace.spi.pipeline.Slice;
import dev.millrace.spi.pipeline.SliceLimits;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/**
 * The number of lanes that adapts, beside every fixed one, in virtual time. All is a hundredth of its size: 1,000 samples a
 * second, requests of 20, and ten minutes of backlog, to a destination that takes 100 ms.
 */
final class LaneThroughputTest {
    private static final int SERIES = 2000;
    private static final int MINUTE = 60;
    private static final SliceLimits LIMITS = new SliceLimits(20, 1 << 20, Duration.ofSeconds(1));

    @AutoClose
    private final World world = new World();

    private final Labels[] series = IntStream.range(0, SERIES)
            .mapToObj(i -> Labels.of("series", "s" + i))
            .toArray(Labels[]::new);
    private int appended;

    @Test
    void sendsABacklogAsFastAsTheBestFixedNumberAndFallsBackToOne() throws IOException {
        begin();
        backlog();
        long best = 0;
        for (int lanes = 1; lanes <= 32; lanes++) {
            long delivered = deliveredWithin(lanes);
            System.out.println("LaneThroughputTest: " + lanes + " lanes: " + delivered);
            best = Math.max(best, delivered);
        }
        world.laneCount = new LaneCount(1, 32, LIMITS.maxItems());
        long delivered = deliveredWithin(0);
        System.out.println("LaneThroughputTest: adaptive: " + delivered + " of " + best + ", "
                + world.status().counts().lanes() + " lanes");
        assertThat(delivered).isGreaterThanOrEqualTo(best * 9 / 10);
        fallsBackToOne();
    }

    private void fallsBackToOne() {
        for (int waited = 0; world.backlog() > 200; waited++) {
            assertThat(waited).as("seconds to catch up").isLessThan(600);
            second();
        }
        for (int waited = 0; world.status().counts().lanes() > 1; waited++) {
            assertThat(waited).as("seconds since it caught up").isLessThan(120);
            second();
        }
        assertThat(world.status().counts().wantedLanes()).isEqualTo(1);
    }

    private void begin() throws IOException {
        world.limits = LIMITS;
        world.destination = new Slow();
        world.log.segmentBytes = 1 << 20;
        world.log.tailBytes = 64 << 20;
        world.log.open();
        for (int lanes = 0; lanes <= 32; lanes++) {
            world.log.cursor("lanes" + lanes);
        }
    }

    private long deliveredWithin(int lanes) throws IOException {
        world.lanes = Math.max(1, lanes);
        world.cursor = "lanes" + lanes;
        world.start();
        world.pass(Duration.ofSeconds(MINUTE));
        long delivered = world.delivered();
        if (lanes > 0) {
            world.loop.kill();
        }
        return delivered;
    }

    private void backlog() {
        for (int second = 0; second < 10 * MINUTE; second++) {
            world.log.append(batch(1000));
        }
    }

    private void second() {
        world.append(batch(100));
        world.pass(Duration.ofSeconds(1));
    }

    private MetricBatch batch(int rows) {
        MetricBatchBuilder batch = MetricBatch.builder(rows);
        for (int i = 0; i < rows; i++) {
            batch.add(series[appended % SERIES], appended / SERIES, appended++);
        }
        return batch.build();
    }

    private final class Slow implements GroupedFlusher {
        @Override
        public CompletionStage<Outcome> send(Slice slice) {
            CompletableFuture<Outcome> answer = new CompletableFuture<>();
            world.loop.after(Duration.ofMillis(100), () -> answer.complete(Outcome.Delivered.ALL));
            return answer;
        }
    }
}

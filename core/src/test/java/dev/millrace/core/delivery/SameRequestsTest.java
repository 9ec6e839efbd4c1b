package dev.millrace.core.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.spi.event.Exemplar;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.Metadata;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.event.MetricBatchBuilder;
import dev.millrace.spi.event.MetricType;
import dev.millrace.spi.pipeline.Slice;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class SameRequestsTest {
    @Test
    void requestsAreTheSameFromMemoryAndFromSegments() throws IOException {
        List<List<String>> fromMemory = requests(64 << 20);
        List<List<String>> fromSegments = requests(1);
        assertThat(fromMemory).hasSizeGreaterThan(50);
        assertThat(fromSegments).isEqualTo(fromMemory);
    }

    private static List<List<String>> requests(long tailBytes) throws IOException {
        List<List<String>> requests = new ArrayList<>();
        try (World world = new World()) {
            world.log.tailBytes = tailBytes;
            world.log.segmentBytes = 4096;
            world.lanes = 5;
            world.start();
            world.flusher.answer(call -> {
                requests.add(text(call.slice));
                call.delivered();
            });
            Random random = new Random(7);
            for (int i = 0; i < 60; i++) {
                world.append(batch(random, i));
                world.passMillis(random.nextInt(300));
            }
            world.pass(Duration.ofSeconds(2));
            assertThat(world.backlog()).isZero();
        }
        return requests;
    }

    private static MetricBatch batch(Random random, int number) {
        MetricBatchBuilder batch = MetricBatch.builder(16);
        int rows = 1 + random.nextInt(40);
        for (int i = 0; i < rows; i++) {
            batch.add(
                    Labels.of("series", "s" + random.nextInt(200)),
                    1000L * number + random.nextInt(5000),
                    random.nextLong());
            if (random.nextInt(10) == 0) {
                batch.startTimestamp(random.nextInt(1000));
                batch.exemplars(List.of(new Exemplar(Labels.of("trace", "t" + i), 5, 6)));
                batch.metadata(new Metadata("f", MetricType.COUNTER, "help", "s"));
            }
        }
        return batch.build();
    }

    private static List<String> text(Slice slice) {
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < slice.size(); i++) {
            MetricBatch batch = (MetricBatch) slice.batch(i);
            int row = slice.row(i);
            rows.add(batch.labels(row) + " " + batch.timestamp(row) + " " + batch.valueBits(row) + " "
                    + batch.startTimestamp(row) + " " + batch.exemplars(row) + " " + batch.metadata(row));
        }
        return rows;
    }
}

package dev.millrace.plugin.metric.mock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.millrace.spi.config.InvalidOptionException;
import dev.millrace.spi.event.EventBatch;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.pipeline.Acknowledgement;
import dev.millrace.spi.pipeline.BatchSink;
import dev.millrace.spi.pipeline.Refusal;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class MockInputTest {
    private final BlockingQueue<EventBatch> batches = new LinkedBlockingQueue<>();

    @Test
    void countsUpInEachInterval() throws Exception {
        ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
        try {
            MockInput input = new MockInput(
                    options(0, Map.of("a", "b"), Map.of()),
                    Clock.fixed(Instant.ofEpochMilli(5), ZoneOffset.UTC),
                    scheduler);
            input.start(new Sink());

            for (double expected = 1; expected <= 3; expected++) {
                MetricBatch batch = (MetricBatch) batches.poll(30, TimeUnit.SECONDS);
                assertThat(batch.size()).isEqualTo(2);
                assertThat(batch.labels(0)).isEqualTo(Labels.of("__name__", "m", "a", "b", "series", "0"));
                assertThat(batch.labels(1)).isEqualTo(Labels.of("__name__", "m", "a", "b", "series", "1"));
                assertThat(batch.timestamp(1)).isEqualTo(5);
                assertThat(Double.longBitsToDouble(batch.valueBits(1))).isEqualTo(expected);
            }
            input.stop();
        } finally {
            scheduler.shutdownNow();
        }
        assertThat(scheduler.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void refusesLabelsOfItsOwn() {
        assertThat(catchThrowableOfType(
                        InvalidOptionException.class, () -> options(0, Map.of("series", "x"), Map.of())))
                .hasMessage("'series' (expected: a label name other than series and __name__)");
    }

    @Test
    void takesTheNamesThatLabelsHaveElsewhere() {
        MockOptions options = options(100, Map.of("a", "b"), Map.of("a", "c", "tag1", "tag1"));
        assertThat(options.allLabels()).isEqualTo(Map.of("a", "b", "tag1", "tag1"));
        assertThat(options.index()).isEqualTo(100);
    }

    private static MockOptions options(long index, Map<String, String> labels, Map<String, String> groupTags) {
        return new MockOptions(1, "m", 2, index, labels, Map.of(), Map.of(), groupTags, Map.of(), true);
    }

    private final class Sink implements BatchSink {
        @Override
        public void accept(EventBatch batch, Acknowledgement acknowledgement) {
            batches.add(batch);
            acknowledgement.committed();
        }

        @Override
        public Optional<Refusal> refusal() {
            return Optional.empty();
        }
    }
}

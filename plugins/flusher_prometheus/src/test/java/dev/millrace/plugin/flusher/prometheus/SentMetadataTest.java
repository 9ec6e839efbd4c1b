package dev.millrace.plugin.flusher.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.Metadata;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.event.MetricType;
import dev.millrace.spi.testing.WholeBatch;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class SentMetadataTest {
    private final AtomicLong retried = new AtomicLong();

    @Test
    void aRequestThatCannotBeMadeDoesNotConcernTheSlice() {
        SentMetadata metadata = new SentMetadata(
                body -> {
                    throw new IllegalStateException("no request");
                },
                Clock.fixed(Instant.EPOCH, ZoneOffset.UTC),
                new SentMetadata.MetadataCounters(
                        amount -> {}, amount -> {}, amount -> retried.addAndGet(amount), amount -> {}),
                1 << 20);

        metadata.sent(new WholeBatch(MetricBatch.builder(1)
                .add(Labels.of(Labels.METRIC_NAME, "up"), 1000, 0)
                .metadata(new Metadata("up", MetricType.GAUGE, "help", ""))
                .build()));

        assertThat(retried).hasValue(1);
    }
}

package dev.millrace.plugin.lib.prometheus.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.DynamicMessage;
import dev.millrace.spi.BodyBuffer;
import dev.millrace.spi.event.EventBatch;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.Metadata;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.event.MetricType;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Remote write 2.0 against protobuf itself. {@code -Dmillrace.batches=100000} makes it the long profile's test, and
 * {@code -Dmillrace.seed=} repeats a run.
 */
class RequestRoundTripTest {
    private static final int BATCHES = Integer.getInteger("millrace.batches", 10_000);

    private final long seed = Long.getLong("millrace.seed", System.nanoTime());
    private final RequestEncoder encoder = new RequestEncoder();

    @Test
    void writesWhatProtobufWritesAndReadsItBack() throws Exception {
        System.out.println("millrace.seed=" + seed);
        RandomRows random = RandomRows.ofVersion2(seed);
        BodyBuffer body = new BodyBuffer(0);
        for (int i = 0; i < BATCHES; i++) {
            MetricBatch batch = random.batch();
            Labels external = i % 3 == 0 ? random.labels() : Labels.EMPTY;
            DynamicMessage expected = RequestOracle.request(batch, external);
            body.clear();
            Written written = encoder.encode(Rows.of(batch), Targets.with(external), Integer.MAX_VALUE, body);
            assertThat(written.dropped()).isEmpty();
            assertThat(DynamicMessage.parseFrom(RequestSchema.REQUEST, body.toByteArray()))
                    .as("batch %s of seed %s", i, seed)
                    .isEqualTo(expected);
            assertThat(body.toByteArray()).as("batch %s of seed %s", i, seed).isEqualTo(expected.toByteArray());
            assertSameRows(batch, external, RequestDecoder.decode(body));
        }
    }

    private void assertSameRows(MetricBatch expected, Labels external, List<EventBatch> batches) {
        MetricBatch actual = (MetricBatch) batches.get(0);
        assertThat(actual.size()).isEqualTo(expected.size());
        for (int row = 0; row < expected.size(); row++) {
            String place = "row " + row + " of seed " + seed;
            assertThat(actual.labels(row)).as(place).isEqualTo(RequestOracle.merged(expected.labels(row), external));
            assertThat(actual.timestamp(row)).as(place).isEqualTo(expected.timestamp(row));
            assertThat(actual.startTimestamp(row)).as(place).isEqualTo(expected.startTimestamp(row));
            assertThat(actual.valueBits(row)).as(place).isEqualTo(expected.valueBits(row));
            assertThat(actual.histogram(row)).as(place).isEqualTo(expected.histogram(row));
            assertThat(actual.exemplars(row)).as(place).isEqualTo(expected.exemplars(row));
            assertThat(description(actual, row)).as(place).isEqualTo(description(expected, row));
        }
    }

    /* Without the family, of which the message says nothing. */
    private static Metadata description(MetricBatch batch, int row) {
        Metadata metadata = batch.metadata(row);
        return metadata == null
                ? new Metadata("", MetricType.UNKNOWN, "", "")
                : new Metadata("", metadata.type(), metadata.help(), metadata.unit());
    }
}

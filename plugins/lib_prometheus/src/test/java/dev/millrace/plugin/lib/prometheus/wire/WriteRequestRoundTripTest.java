package dev.millrace.plugin.lib.prometheus.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.google.protobuf.DynamicMessage;
import dev.millrace.plugin.lib.prometheus.names.InvalidNames;
import dev.millrace.spi.BodyBuffer;
import dev.millrace.spi.event.EventBatch;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.LabelsBuilder;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.event.NativeHistogram;
import dev.millrace.spi.extension.DecodingException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 900, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WriteRequestRoundTripTest {
    private static final int BATCHES = Integer.getInteger("millrace.batches", 10_000);

    private final long seed = Long.getLong("millrace.seed", System.nanoTime());
    private final WriteRequestEncoder encoder = new WriteRequestEncoder(InvalidNames.DROP);

    @Test
    void writesWhatProtobufWritesAndReadsItBack() throws Exception {
        System.out.println("millrace.seed=" + seed);
        RandomRows random = new RandomRows(seed);
        BodyBuffer body = new BodyBuffer(0);
        for (int i = 0; i < BATCHES; i++) {
            MetricBatch batch = random.batch();
            Labels external = i % 3 == 0 ? random.labels() : Labels.EMPTY;
            byte[] expected = oracle(batch, external).toByteArray();
            for (int use = 0; use < 3; use++) { // the labels of a series are kept from its second use on
                body.clear();
                assertThat(encoder.encode(Rows.of(batch), Targets.with(external), Integer.MAX_VALUE, body)
                                .dropped())
                        .isEmpty();
                assertThat(body.toByteArray())
                        .as("batch %s of seed %s", i, seed)
                        .isEqualTo(expected);
            }
            assertSameRows(batch, external, WriteRequestDecoder.decode(body));
        }
    }

    @Test
    void refusesDamageAndNeverFailsOtherwise() throws Exception {
        System.out.println("millrace.seed=" + seed);
        RandomRows rows = new RandomRows(seed);
        Random random = new Random(seed);
        BodyBuffer body = new BodyBuffer(0);
        for (int i = 0; i < 300; i++) {
            body.clear();
            encoder.encode(Rows.of(rows.batch()), Targets.PLAIN, Integer.MAX_VALUE, body);
            byte[] whole = body.toByteArray();
            for (int length = 0; length < whole.length; length++) {
                decodeDamaged(Arrays.copyOf(whole, length));
            }
            for (int flip = 0; flip < 50; flip++) {
                byte[] flipped = whole.clone();
                for (int n = random.nextInt(3); n >= 0; n--) {
                    flipped[random.nextInt(flipped.length)] = (byte) random.nextInt();
                }
                decodeDamaged(flipped);
            }
        }
    }

    private void decodeDamaged(byte[] bytes) {
        try {
            WriteRequestDecoder.decode(BodyBuffer.wrap(bytes));
        } catch (DecodingException e) {
            assertThat(e.unsupported()).isFalse();
            assertThat(e).message().isNotBlank();
        } catch (RuntimeException e) {
            fail("seed " + seed + ": " + Arrays.toString(bytes), e);
        }
    }

    @Test
    void doesNotReadBehindTheContentOfTheBuffer() throws Exception {
        BodyBuffer body = new BodyBuffer(0);
        MetricBatch batch =
                MetricBatch.builder(1).add(Labels.of("a", "b"), 1, 1).build();
        encoder.encode(Rows.of(batch), Targets.PLAIN, 10, body);
        int length = body.length();
        body.write(new byte[] {0x0a, 77}, 0, 2);
        body.truncate(length);
        assertSameRows(batch, Labels.EMPTY, WriteRequestDecoder.decode(body));
    }

    private static DynamicMessage oracle(MetricBatch batch, Labels external) {
        Message request = Message.of(Schema.WRITE_REQUEST);
        int first = 0;
        while (first < batch.size()) {
            int end = first + 1;
            while (end < batch.size()
                    && batch.labels(end).equals(batch.labels(first))
                    && (batch.histogram(end) == null) == (batch.histogram(first) == null)) {
                end++;
            }
            Message series = Message.of(Schema.TIME_SERIES).labels(merged(batch.labels(first), external));
            for (int row = first; row < end; row++) {
                NativeHistogram histogram = batch.histogram(row);
                if (histogram == null) {
                    series.add("samples", Message.sample(batch.timestamp(row), batch.valueBits(row)));
                } else {
                    series.add(
                            "histograms",
                            Message.histogram(Schema.HISTOGRAM, histogram, batch.timestamp(row))
                                    .build());
                }
                batch.exemplars(row).forEach(exemplar -> series.add("exemplars", Message.exemplar(exemplar)));
            }
            request.add("timeseries", series.build());
            first = end;
        }
        return request.build();
    }

    private static Labels merged(Labels series, Labels external) {
        LabelsBuilder builder = external.toBuilder();
        series.toMap().forEach(builder::set);
        return builder.build();
    }

    private static void assertSameRows(MetricBatch expected, Labels external, List<EventBatch> batches) {
        assertThat(batches).hasSize(1);
        MetricBatch actual = (MetricBatch) batches.get(0);
        assertThat(actual.size()).isEqualTo(expected.size());
        for (int row = 0; row < expected.size(); row++) {
            assertThat(actual.labels(row)).isEqualTo(merged(expected.labels(row), external));
            assertThat(actual.timestamp(row)).isEqualTo(expected.timestamp(row));
            assertThat(actual.valueBits(row)).isEqualTo(expected.valueBits(row));
            assertThat(actual.histogram(row)).isEqualTo(expected.histogram(row));
            assertThat(actual.exemplars(row)).isEqualTo(expected.exemplars(row));
        }
    }
}

package dev.millrace.plugin.lib.prometheus.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.plugin.lib.prometheus.names.InvalidNames;
import dev.millrace.spi.BodyBuffer;
import dev.millrace.spi.event.EventBatch;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.extension.DecodingException;
import dev.millrace.spi.testing.Fuzz;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Damage of every kind is refused in a sentence or read as something else, and nothing more. */
class DamagedRequestTest {
    private final BodyBuffer body = new BodyBuffer(0);

    /** A version of the protocol. */
    enum Version {
        ONE,
        TWO;

        List<EventBatch> decode(byte[] bytes) throws DecodingException {
            return this == ONE
                    ? WriteRequestDecoder.decode(BodyBuffer.wrap(bytes))
                    : RequestDecoder.decode(BodyBuffer.wrap(bytes));
        }
    }

    private static byte[] message(Version version, long seed) throws Exception {
        BodyBuffer body = new BodyBuffer(0);
        if (version == Version.ONE) {
            Rows rows = Rows.of(new RandomRows(seed).batch());
            new WriteRequestEncoder(InvalidNames.ESCAPE).encode(rows, Targets.PLAIN, 1000, body);
        } else {
            Rows rows = Rows.of(RandomRows.ofVersion2(seed).batch());
            new RequestEncoder().encode(rows, Targets.PLAIN, 1000, body);
        }
        return body.toByteArray();
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    void isRefusedOrReadAsSomethingElse(Version version) {
        Fuzz.Figures figures = Fuzz.of("remote write " + version, random -> message(version, random.nextLong()))
                .run(
                        bytes -> {
                            for (EventBatch batch : version.decode(bytes)) {
                                assertThat(((MetricBatch) batch).size()).isPositive();
                            }
                        },
                        DecodingException.class,
                        e -> assertThat(e.unsupported()).isFalse());
        assertThat(figures.refused()).isPositive();
    }

    /* A help text to which a hundred thousand series refer is one string. */
    @Test
    void doesNotMultiplyWhatIsSaidOnce() throws Exception {
        int series = 100_000;
        body.clear();
        FieldWriter out = new FieldWriter(body);
        for (String symbol : List.of("", "__name__", "a", "b", "h".repeat(300))) {
            out.text(RequestTags.REQUEST_SYMBOLS, symbol);
        }
        for (int i = 0; i < series; i++) {
            byte[] one = {0x0a, 2, 1, (byte) (2 + i % 2), 0x12, 2, 0x10, 1, 0x2a, 2, 0x18, 4};
            out.varint(RequestTags.REQUEST_TIMESERIES, one.length);
            body.write(one, 0, one.length);
        }
        MetricBatch batch = (MetricBatch) RequestDecoder.decode(body).get(0);
        assertThat(batch.size()).isEqualTo(series);
        assertThat(batch.metadata(0).help()).isSameAs(batch.metadata(series - 1).help());
    }
}

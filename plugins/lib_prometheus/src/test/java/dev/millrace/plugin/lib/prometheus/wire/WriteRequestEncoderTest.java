package dev.millrace.plugin.lib.prometheus.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.plugin.lib.prometheus.names.InvalidNames;
import dev.millrace.spi.BodyBuffer;
import dev.millrace.spi.event.Buckets;
import dev.millrace.spi.event.EventBatch;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.LogBatch;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.event.NativeHistogram;
import dev.millrace.spi.event.NativeHistogram.ResetHint;
import dev.millrace.spi.event.SpanId;
import dev.millrace.spi.event.Value;
import dev.millrace.spi.extension.EncodingException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WriteRequestEncoderTest {
    private static final Labels UP = Labels.of("__name__", "up", "job", "j");

    private final WriteRequestEncoder encoder = new WriteRequestEncoder(InvalidNames.DROP);
    private final BodyBuffer body = new BodyBuffer(0);

    private Map<String, Integer> encode(EventBatch... batches) throws EncodingException {
        return encoder.encode(Rows.of(batches), Targets.PLAIN, 1000, body).dropped();
    }

    @Test
    void writesTheBytesOfTheProtocol() throws EncodingException {
        encode(MetricBatch.builder(1)
                .add(UP, 1000, Double.doubleToRawLongBits(1))
                .build());
        assertThat(HexFormat.of().formatHex(body.toByteArray()))
                .isEqualTo("0a28" + "0a0e" + "0a085f5f6e616d655f5f" + "12027570" + "0a08" + "0a036a6f62" + "12016a"
                        + "120c" + "09000000000000f03f" + "10e807");
    }

    @Test
    void keepsNegativeZeroAndTheStaleMarker() throws EncodingException {
        encode(MetricBatch.builder(2)
                .add(UP, 0, Double.doubleToRawLongBits(-0.0))
                .add(UP, 0, MetricBatch.STALE_NAN)
                .add(UP, 0, 0)
                .build());
        assertThat(HexFormat.of().formatHex(body.toByteArray()))
                .endsWith("1209" + "090000000000000080" + "1209" + "09020000000000f07f" + "1200");
    }

    @Test
    void appendsToTheBody() throws EncodingException {
        body.write('x');
        encode(MetricBatch.builder(1).add(UP, 1000, 1).build());
        assertThat(body.array()[0]).isEqualTo((byte) 'x');
        assertThat(body.array()[1]).isEqualTo((byte) 0x0a);
    }

    @Test
    void leavesOutWhatTheProtocolCannotCarryAndCountsIt() throws Exception {
        NativeHistogram custom = new NativeHistogram(
                false, 0, 0, -53, 0, 0, Buckets.NONE, Buckets.NONE, ResetHint.UNKNOWN, List.of(1.0));
        Map<String, Integer> dropped = encode(MetricBatch.builder(8)
                .add(Labels.of("__name__", "http.requests"), 1, 1)
                .add(Labels.of("__name__", "up", "host.name", "a"), 2, 1)
                .add(UP, 3, custom)
                .add(UP, 4, 1)
                .add(UP, 5, custom)
                .add(UP, 6, 1)
                .add(Labels.of("__name__", "a", "b:c", "a"), 7, 1)
                .build());
        assertThat(dropped).isEqualTo(Map.of("invalid_name", 3, "nhcb_in_rw1_not_supported", 2));
        MetricBatch sent = (MetricBatch) WriteRequestDecoder.decode(body).get(0);
        assertThat(sent.size()).isEqualTo(2);
        assertThat(sent.timestamp(0)).isEqualTo(4);
        assertThat(sent.timestamp(1)).isEqualTo(6);
    }

    @Test
    void leavesOutLogs() throws EncodingException {
        LogBatch logs = new LogBatch(
                Labels.EMPTY,
                List.of(new LogBatch.Row(0, 0, 0, "", new Value.Bool(true), new Value.Mapping(Map.of()), SpanId.NONE)));
        assertThat(encode(logs)).isEqualTo(Map.of("not_a_metric", 1));
        assertThat(body.length()).isZero();
    }

    @Test
    void addsExternalLabelsInOrderWhereTheSeriesHasNone() throws Exception {
        MetricBatch batch = MetricBatch.builder(1).add(UP, 1, 1).build();
        Labels external = Labels.of("_a", "1", "job", "other", "zone", "z", "A", "2");
        encoder.encode(Rows.of(batch), Targets.with(external), 10, body);
        MetricBatch sent = (MetricBatch) WriteRequestDecoder.decode(body).get(0);
        assertThat(sent.labels(0)).hasToString("{A=\"2\", __name__=\"up\", _a=\"1\", job=\"j\", zone=\"z\"}");
    }

    @Test
    void sharesWhatIsKeptWithASeriesWhateverTheExternalLabels() throws Exception {
        MetricBatch batch = MetricBatch.builder(1).add(UP, 1, 1).build();
        for (int use = 0; use < 3; use++) {
            assertThat(sent(batch, Labels.EMPTY)).isEqualTo("{__name__=\"up\", job=\"j\"}");
            assertThat(sent(batch, Labels.of("zone", "z"))).isEqualTo("{__name__=\"up\", job=\"j\", zone=\"z\"}");
            assertThat(sent(batch, Labels.of("a", "x".repeat(300))))
                    .isEqualTo("{__name__=\"up\", a=\"" + "x".repeat(300) + "\", job=\"j\"}");
        }
    }

    private String sent(MetricBatch batch, Labels external) throws Exception {
        body.clear();
        new WriteRequestEncoder(InvalidNames.DROP).encode(Rows.of(batch), Targets.with(external), 10, body);
        return ((MetricBatch) WriteRequestDecoder.decode(body).get(0)).labels(0).toString();
    }

    @Test
    void countsAnIllegalNameEachTimeItIsSent() throws EncodingException {
        MetricBatch batch = MetricBatch.builder(2)
                .add(Labels.of("__name__", "up", "host.name", "a"), 1, 1)
                .add(UP, 1, 1)
                .build();
        for (int use = 0; use < 3; use++) {
            assertThat(encode(batch)).isEqualTo(Map.of("invalid_name", 1));
        }
    }

    @Test
    void refusesExternalLabelsThatTheProtocolForbids() {
        Rows rows = Rows.of(MetricBatch.builder(1).add(UP, 1, 1).build());
        assertThatThrownBy(() -> encoder.encode(rows, Targets.with(Labels.of("a.b", "1")), 10, body))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a.b");
    }

    @Test
    void refusesMoreThanTheLimitsAndLeavesTheBodyAlone() throws EncodingException {
        Rows rows = Rows.of(MetricBatch.builder(3)
                .add(UP, 1, 1)
                .add(UP, 2, 1)
                .add(Labels.of("__name__", "down"), 1, 1)
                .build());
        encoder.encode(rows, Targets.PLAIN, 2, body);
        int needed = body.length();
        body.clear();
        assertThatThrownBy(() -> encoder.encode(rows, Targets.upTo(needed - 1), 2, body))
                .isInstanceOf(EncodingException.class)
                .hasMessage("request: " + needed + " bytes (expected: at most " + (needed - 1) + ")");
        assertThatThrownBy(() -> encoder.encode(rows, Targets.upTo(needed), 1, body))
                .isInstanceOf(EncodingException.class)
                .hasMessage("request: 2 series (expected: at most 1)");
        assertThat(body.length()).isZero();
        encoder.encode(rows, Targets.upTo(needed), 2, body);
        assertThat(body.length()).isEqualTo(needed);
    }
}

package dev.millrace.plugin.lib.prometheus.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.DynamicMessage;
import dev.millrace.spi.BodyBuffer;
import dev.millrace.spi.event.Buckets;
import dev.millrace.spi.event.EventBatch;
import dev.millrace.spi.event.Exemplar;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.LogBatch;
import dev.millrace.spi.event.Metadata;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.event.MetricType;
import dev.millrace.spi.event.NativeHistogram;
import dev.millrace.spi.event.NativeHistogram.ResetHint;
import dev.millrace.spi.event.SpanId;
import dev.millrace.spi.event.Value;
import dev.millrace.spi.extension.Content;
import dev.millrace.spi.extension.EncodingException;
import dev.millrace.spi.extension.Part;
import dev.millrace.spi.extension.Target;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RequestEncoderTest {
    private static final Labels UP = Labels.of("__name__", "up", "job", "j");
    private static final NativeHistogram CUSTOM =
            new NativeHistogram(false, 0, 0, -53, 0, 0, Buckets.NONE, Buckets.NONE, ResetHint.UNKNOWN, List.of(1.0));

    private final RequestEncoder encoder = new RequestEncoder();
    private final BodyBuffer body = new BodyBuffer(0);

    private Written encode(Target target, EventBatch... batches) throws EncodingException {
        body.clear();
        return encoder.encode(Rows.of(batches), target, 1000, body);
    }

    private DynamicMessage message() throws Exception {
        return DynamicMessage.parseFrom(RequestSchema.REQUEST, body.toByteArray());
    }

    private List<String> symbols() throws Exception {
        return ((List<?>) message().getField(RequestSchema.REQUEST.findFieldByName("symbols")))
                .stream().map(String.class::cast).toList();
    }

    private String hex() {
        return HexFormat.of().formatHex(body.toByteArray());
    }

    @Test
    void writesTheBytesOfTheProtocol() throws EncodingException {
        encode(
                Targets.PLAIN,
                MetricBatch.builder(1)
                        .add(UP, 1000, Double.doubleToRawLongBits(1))
                        .startTimestamp(500)
                        .metadata(new Metadata("up", MetricType.GAUGE, "up", ""))
                        .build());
        assertThat(hex())
                .isEqualTo("2200" + "22085f5f6e616d655f5f" + "22027570" + "22036a6f62" + "22016a"
                        + ("2a1d" + "0a0401020304" + "120f" + "09000000000000f03f" + "10e807" + "18f403")
                        + ("2a04" + "0802" + "1802"));
    }

    @Test
    void keepsNegativeZeroAndTheStaleMarker() throws EncodingException {
        encode(
                Targets.without(Part.METADATA),
                MetricBatch.builder(2)
                        .add(UP, 0, Double.doubleToRawLongBits(-0.0))
                        .add(UP, 0, MetricBatch.STALE_NAN)
                        .add(UP, 0, 0)
                        .build());
        assertThat(hex()).endsWith("1209" + "090000000000000080" + "1209" + "09020000000000f07f" + "1200");
    }

    @Test
    void saysThatNothingIsKnownOfAMetric() throws EncodingException {
        encode(Targets.PLAIN, MetricBatch.builder(1).add(UP, 0, 0).build());
        assertThat(hex()).endsWith("1200" + "2a00");
    }

    @Test
    void separatesSamplesHistogramsAndOtherMetadata() throws Exception {
        Metadata gauge = new Metadata("up", MetricType.GAUGE, "", "");
        MetricBatch batch = MetricBatch.builder(8)
                .add(UP, 1, 1)
                .metadata(gauge)
                .add(UP, 2, 1)
                .metadata(new Metadata("up", MetricType.GAUGE, "", ""))
                .add(UP, 3, 1)
                .add(UP, 4, CUSTOM)
                .add(UP, 5, CUSTOM)
                .add(UP, 6, 1)
                .build();
        assertThat(encode(Targets.PLAIN, batch)).isEqualTo(new Written(Map.of(), new Content(4, 2, 0, 1)));
        assertThat(message().getRepeatedFieldCount(RequestSchema.REQUEST.findFieldByName("timeseries")))
                .isEqualTo(4);
        encode(Targets.without(Part.METADATA), batch);
        assertThat(message().getRepeatedFieldCount(RequestSchema.REQUEST.findFieldByName("timeseries")))
                .isEqualTo(3);
    }

    @Test
    void leavesOutWhatIsNotWanted() throws Exception {
        MetricBatch batch = MetricBatch.builder(8)
                .add(UP, 1, 1)
                .metadata(new Metadata("up", MetricType.GAUGE, "Help.", ""))
                .exemplars(List.of(new Exemplar(Labels.of("trace_id", "t"), 1, 1)))
                .add(UP, 2, CUSTOM)
                .build();
        assertThat(encode(Targets.PLAIN, batch).content()).isEqualTo(new Content(1, 1, 1, 1));
        assertThat(encode(Targets.without(Part.values()), batch))
                .isEqualTo(new Written(Map.of("native_histograms_off", 1), Content.samples(1)));
        assertThat(body.toString()).doesNotContain("trace_id").doesNotContain("Help.");
    }

    @Test
    void mergesExternalLabelsInOrderAndLetsTheSeriesWin() throws Exception {
        encode(
                Targets.with(Labels.of("_a", "1", "job", "other", "z.z", "2", "A", "3")),
                MetricBatch.builder(1).add(UP, 1, 1).build());
        assertThat(symbols()).containsExactly("", "A", "3", "__name__", "up", "_a", "1", "job", "j", "z.z", "2");
    }

    @Test
    void writesASymbolOnceWhateverItStandsFor() throws Exception {
        encode(
                Targets.PLAIN,
                MetricBatch.builder(1)
                        .add(Labels.of("__name__", "job", "job", "s"), 1, 1)
                        .metadata(new Metadata("job", MetricType.GAUGE, "job", "s"))
                        .exemplars(List.of(new Exemplar(Labels.of("s", "job"), 1, 1)))
                        .build());
        assertThat(symbols()).containsExactly("", "__name__", "job", "s");
    }

    @Test
    void leavesOutLogs() throws EncodingException {
        LogBatch logs = new LogBatch(
                Labels.EMPTY,
                List.of(new LogBatch.Row(0, 0, 0, "", new Value.Bool(true), new Value.Mapping(Map.of()), SpanId.NONE)));
        assertThat(encode(Targets.PLAIN, logs).dropped()).isEqualTo(Map.of("not_a_metric", 1));
        assertThat(body.length()).isZero();
    }

    @Test
    void refusesMoreThanTheLimitsAndLeavesTheBodyAlone() throws EncodingException {
        Rows rows = Rows.of(MetricBatch.builder(3)
                .add(UP, 1, 1)
                .add(Labels.of("__name__", "down"), 1, 1)
                .build());
        encoder.encode(rows, Targets.PLAIN, 2, body);
        int needed = body.length();
        assertThatThrownBy(() -> encoder.encode(rows, Targets.upTo(needed - 1), 2, body))
                .isInstanceOf(EncodingException.class)
                .hasMessage("request: " + needed + " bytes (expected: at most " + (needed - 1) + ")");
        assertThatThrownBy(() -> encoder.encode(rows, Targets.upTo(needed), 1, body))
                .isInstanceOf(EncodingException.class)
                .hasMessage("request: 2 series (expected: at most 1)");
        assertThat(body.length()).isEqualTo(needed);
        encoder.encode(rows, Targets.upTo(needed), 2, body);
        assertThat(body.toByteArray()).endsWith(Arrays.copyOf(body.toByteArray(), needed));
    }
}

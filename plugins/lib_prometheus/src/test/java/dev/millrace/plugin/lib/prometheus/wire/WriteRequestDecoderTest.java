package dev.millrace.plugin.lib.prometheus.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.UnknownFieldSet;
import dev.millrace.spi.BodyBuffer;
import dev.millrace.spi.event.Exemplar;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.Metadata;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.event.MetricType;
import dev.millrace.spi.event.NativeHistogram;
import dev.millrace.spi.extension.DecodingException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class WriteRequestDecoderTest {
    private static MetricBatch decode(Message request) throws DecodingException {
        return decode(request.build().toByteArray());
    }

    private static MetricBatch decode(byte[] bytes) throws DecodingException {
        return (MetricBatch) WriteRequestDecoder.decode(BodyBuffer.wrap(bytes)).get(0);
    }

    private static Message request(DynamicMessage... series) {
        Message request = Message.of(Schema.WRITE_REQUEST);
        for (DynamicMessage one : series) {
            request.add("timeseries", one);
        }
        return request;
    }

    private static Message series(String... labels) {
        Message series = Message.of(Schema.TIME_SERIES);
        for (int i = 0; i < labels.length; i += 2) {
            series.add("labels", Message.label(labels[i], labels[i + 1]));
        }
        return series;
    }

    @Test
    void sortsLabelsAndDropsEmptyValues() throws DecodingException {
        MetricBatch batch = decode(request(series("z", "1", "__name__", "up", "empty", "", "a", "2")
                .add("samples", Message.sample(5, 1))
                .build()));
        assertThat(batch.labels(0)).isEqualTo(Labels.of("__name__", "up", "a", "2", "z", "1"));
    }

    @Test
    void refusesLabelsThatNameNoSeries() {
        DynamicMessage good = series("a", "b").build();
        assertThatThrownBy(() -> decode(request(good, series("a", "1", "a", "2").build())))
                .isInstanceOf(DecodingException.class)
                .hasMessage("timeseries[1]: label name: a twice (expected: once)");
        assertThatThrownBy(() -> decode(request(series("a", "1", "", "2").build())))
                .isInstanceOf(DecodingException.class)
                .hasMessage("timeseries[0]: label name: \"\" (expected: not empty)");
        assertThatThrownBy(() -> decode(
                        request(series().add("samples", Message.sample(1, 1)).build())))
                .isInstanceOf(DecodingException.class)
                .hasMessage("timeseries[0]: labels: none (expected: at least __name__)");
    }

    @Test
    void refusesMoreLabelsThanASeriesMayHave() throws DecodingException {
        Message series = series("__name__", "up").add("samples", Message.sample(1, 1));
        for (int i = 1; i < 1024; i++) {
            series.add("labels", Message.label("n" + i, "v"));
        }
        assertThat(decode(request(series.build())).labels(0).size()).isEqualTo(1024);
        series.add("labels", Message.label("n", "v"));
        assertThatThrownBy(() -> decode(request(series.build())))
                .isInstanceOf(DecodingException.class)
                .hasMessage("timeseries[0]: labels: more than 1024 (expected: fewer)");
    }

    @Test
    void refusesTextThatIsNotUtf8() {
        byte[] bytes = request(series("a", "\uD83D\uDE00").build()).build().toByteArray();
        bytes[bytes.length - 1] = 'x';
        assertThatThrownBy(() -> decode(bytes))
                .isInstanceOf(DecodingException.class)
                .hasMessageStartingWith("body: damaged at byte ");
    }

    @Test
    void refusesGroupsWithoutEnd() {
        byte[] groups = new byte[1 << 20];
        Arrays.fill(groups, (byte) 0x0b);
        assertThatThrownBy(() -> decode(groups)).isInstanceOf(DecodingException.class);
        assertThatThrownBy(() -> decode(new byte[] {0x0c})).isInstanceOf(DecodingException.class);
    }

    @Test
    void refusesLengthsThatAreNotThere() {
        assertThatThrownBy(() -> decode(new byte[] {0x0a, -1, -1, -1, -1, 7})).isInstanceOf(DecodingException.class);
        assertThatThrownBy(() -> decode(new byte[] {0x0a, -1, -1, -1, -1, 15})).isInstanceOf(DecodingException.class);
        assertThatThrownBy(() -> decode(new byte[] {0x0a, 4, 0x0a, 10, 0x0a, 9}))
                .isInstanceOf(DecodingException.class);
    }

    @Test
    void skipsUnknownFields() throws DecodingException {
        UnknownFieldSet unknown = UnknownFieldSet.newBuilder()
                .addField(
                        77,
                        UnknownFieldSet.Field.newBuilder()
                                .addVarint(-1)
                                .addFixed32(1)
                                .addFixed64(2)
                                .addLengthDelimited(ByteString.copyFromUtf8("more"))
                                .addGroup(UnknownFieldSet.getDefaultInstance())
                                .build())
                .addField(2, UnknownFieldSet.Field.newBuilder().addVarint(3).build())
                .build();
        DynamicMessage series = series("a", "b").add("samples", Message.sample(7, 2)).build().toBuilder()
                .setUnknownFields(unknown)
                .build();
        byte[] bytes = request(series).build().toBuilder()
                .setUnknownFields(unknown)
                .build()
                .toByteArray();
        assertThat(decode(bytes).timestamp(0)).isEqualTo(7);
    }

    @Test
    void hasNoBatchWithoutRows() throws DecodingException {
        assertThat(WriteRequestDecoder.decode(new BodyBuffer(0))).isEmpty();
        byte[] onlyLabels = request(series("a", "b").build()).build().toByteArray();
        assertThat(WriteRequestDecoder.decode(BodyBuffer.wrap(onlyLabels))).isEmpty();
    }

    @Test
    void makesOneNanOfAllButTheStaleMarker() throws DecodingException {
        MetricBatch batch = decode(request(series("a", "b")
                .add("samples", Message.sample(1, MetricBatch.STALE_NAN))
                .add("samples", Message.sample(2, 0x7ff0000000000001L))
                .add("samples", Message.sample(3, 0x7ff8000000000002L))
                .add("samples", Message.sample(4, -1L))
                .add("samples", Message.sample(5, Double.NEGATIVE_INFINITY))
                .build()));
        assertThat(batch.valueBits(0)).isEqualTo(MetricBatch.STALE_NAN);
        for (int row = 1; row < 4; row++) {
            assertThat(batch.valueBits(row)).isEqualTo(MetricBatch.NORMAL_NAN);
        }
        assertThat(batch.valueBits(4)).isEqualTo(Double.doubleToRawLongBits(Double.NEGATIVE_INFINITY));
    }

    @Test
    void readsHistogramsWithCustomBucketsAndUnpackedNumbers() throws DecodingException {
        DynamicMessage unpacked = Message.of(Schema.HISTOGRAM).build().toBuilder()
                .setUnknownFields(UnknownFieldSet.newBuilder()
                        .addField(1, varint(9))
                        .addField(4, varint(105)) // -53
                        .addField(11, nested(0x08, 0x02, 0x10, 0x02)) // offset 1, length 2
                        .addField(
                                12,
                                UnknownFieldSet.Field.newBuilder()
                                        .addVarint(8)
                                        .addVarint(1)
                                        .build())
                        .addField(
                                16,
                                UnknownFieldSet.Field.newBuilder()
                                        .addFixed64(Double.doubleToRawLongBits(0.5))
                                        .build())
                        .build())
                .build();
        NativeHistogram histogram = decode(
                        request(series("a", "b").add("histograms", unpacked).build()))
                .histogram(0);
        assertThat(histogram).isNotNull();
        assertThat(histogram.count()).isEqualTo(9);
        assertThat(histogram.schema()).isEqualTo(NativeHistogram.CUSTOM_BUCKETS);
        assertThat(histogram.positive().offset(0)).isEqualTo(1);
        assertThat(histogram.positive().value(0)).isEqualTo(4);
        assertThat(histogram.positive().value(1)).isEqualTo(-1);
        assertThat(histogram.customValues()).containsExactly(0.5);
    }

    @Test
    void refusesHistogramsThatContradictThemselves() {
        assertThatThrownBy(() -> decodeHistogram(Message.of(Schema.HISTOGRAM).set("schema", 53)))
                .isInstanceOf(DecodingException.class)
                .hasMessage("timeseries[0]: histogram schema: 53 (expected: -4 to 52, or -53)");
        assertThatThrownBy(() -> decodeHistogram(Message.of(Schema.HISTOGRAM).add("positive_deltas", 1L)))
                .isInstanceOf(DecodingException.class)
                .hasMessageContaining("buckets: 0 offsets");
        DynamicMessage huge = Message.of(Schema.BUCKET_SPAN).set("length", -1).build();
        assertThatThrownBy(() -> decodeHistogram(Message.of(Schema.HISTOGRAM).add("positive_spans", huge)))
                .isInstanceOf(DecodingException.class)
                .hasMessageContaining("length 4294967295");
    }

    private static void decodeHistogram(Message histogram) throws DecodingException {
        decode(request(series("a", "b").add("histograms", histogram.build()).build()));
    }

    @Test
    void givesExemplarsToTheSampleThatTheyCameWith() throws DecodingException {
        Exemplar early = new Exemplar(Labels.of("trace_id", "1"), 1, 9);
        Exemplar late = new Exemplar(Labels.of("trace_id", "2"), 1, 11);
        Exemplar stray = new Exemplar(Labels.of("trace_id", "3"), 1, 99);
        MetricBatch batch = decode(request(
                series("a", "b").add("exemplars", Message.exemplar(stray)).build(),
                series("a", "b")
                        .add("samples", Message.sample(10, 1))
                        .add("samples", Message.sample(20, 1))
                        .add("exemplars", Message.exemplar(early))
                        .add("exemplars", Message.exemplar(late))
                        .build(),
                series("no", "row").add("exemplars", Message.exemplar(stray)).build()));
        assertThat(batch.size()).isEqualTo(2);
        assertThat(batch.exemplars(0)).containsExactly(early);
        assertThat(batch.exemplars(1)).containsExactly(late, stray);
    }

    @Test
    void describesRowsByTheMetadataOfTheirFamily() throws DecodingException {
        MetricBatch batch = decode(request(
                        series("__name__", "up")
                                .add("samples", Message.sample(1, 1))
                                .build(),
                        series("__name__", "h_bucket", "le", "1")
                                .add("samples", Message.sample(1, 1))
                                .build(),
                        series("__name__", "up_sum")
                                .add("samples", Message.sample(1, 1))
                                .build())
                .add("metadata", metadata(2, "up", "Is it up?", ""))
                .add("metadata", metadata(3, "h", "", "seconds")));
        assertThat(batch.metadata(0)).isEqualTo(new Metadata("up", MetricType.GAUGE, "Is it up?", ""));
        assertThat(batch.metadata(1)).isEqualTo(new Metadata("h", MetricType.HISTOGRAM, "", "seconds"));
        assertThat(batch.metadata(2)).isNull();
    }

    private static DynamicMessage metadata(int type, String family, String help, String unit) {
        return Message.of(Schema.METADATA)
                .set(
                        "type",
                        Schema.METADATA.findFieldByName("type").getEnumType().findValueByNumber(type))
                .set("metric_family_name", family)
                .set("help", help)
                .set("unit", unit)
                .build();
    }

    private static UnknownFieldSet.Field varint(long value) {
        return UnknownFieldSet.Field.newBuilder().addVarint(value).build();
    }

    private static UnknownFieldSet.Field nested(int... bytes) {
        byte[] message = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            message[i] = (byte) bytes[i];
        }
        return UnknownFieldSet.Field.newBuilder()
                .addLengthDelimited(ByteString.copyFrom(message))
                .build();
    }
}

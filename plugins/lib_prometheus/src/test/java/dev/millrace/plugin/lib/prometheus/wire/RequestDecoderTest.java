package dev.millrace.plugin.lib.prometheus.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.spi.BodyBuffer;
import dev.millrace.spi.event.Exemplar;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.Metadata;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.event.MetricType;
import dev.millrace.spi.event.NativeHistogram;
import dev.millrace.spi.extension.DecodingException;
import java.io.ByteArrayOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestDecoderTest {
    private static final String[] SYMBOLS = {"", "__name__", "up", "job", "j", "h_bucket", "Help.", "s"};

    private static MetricBatch decode(Message request) throws DecodingException {
        return (MetricBatch)
                RequestDecoder.decode(BodyBuffer.wrap(request.build().toByteArray()))
                        .get(0);
    }

    private static Message request(Message... series) {
        Message request = Message.of(RequestSchema.REQUEST);
        for (String symbol : SYMBOLS) {
            request.add("symbols", symbol);
        }
        for (Message one : series) {
            request.add("timeseries", one.build());
        }
        return request;
    }

    private static Message series(int... refs) {
        Message series = Message.of(RequestSchema.TIME_SERIES);
        for (int ref : refs) {
            series.add("labels_refs", ref);
        }
        return series;
    }

    private static Message sample(Message series, long timestamp) {
        return series.add(
                "samples",
                Message.of(RequestSchema.SAMPLE)
                        .set("value", 1.0)
                        .set("timestamp", timestamp)
                        .build());
    }

    private static Message exemplar(long timestamp, int... refs) {
        Message exemplar = Message.of(RequestSchema.EXEMPLAR).set("timestamp", timestamp);
        for (int ref : refs) {
            exemplar.add("labels_refs", ref);
        }
        return exemplar;
    }

    private static Message metadata(String type, int help, int unit) {
        return Message.of(RequestSchema.METADATA)
                .named("type", type)
                .set("help_ref", help)
                .set("unit_ref", unit);
    }

    @Test
    void readsASampleWithAllThatIsKnownOfIt() throws Exception {
        Message series = series(1, 2, 3, 4)
                .add(
                        "samples",
                        Message.of(RequestSchema.SAMPLE)
                                .set("value", -0.0)
                                .set("timestamp", 1000L)
                                .set("start_timestamp", 500L)
                                .build())
                .add("exemplars", exemplar(900, 3, 7).build())
                .set("metadata", metadata("COUNTER", 6, 7).build());
        MetricBatch batch = decode(request(series));
        assertThat(batch.labels(0)).isEqualTo(Labels.of("__name__", "up", "job", "j"));
        assertThat(batch.timestamp(0)).isEqualTo(1000);
        assertThat(batch.startTimestamp(0)).isEqualTo(500);
        assertThat(batch.valueBits(0)).isEqualTo(Double.doubleToRawLongBits(-0.0));
        assertThat(batch.exemplars(0)).containsExactly(new Exemplar(Labels.of("job", "s"), 0, 900));
        assertThat(batch.metadata(0)).isEqualTo(new Metadata("up", MetricType.COUNTER, "Help.", "s"));
    }

    @Test
    void readsSeriesThatStandBeforeTheirSymbols() throws Exception {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(Message.of(RequestSchema.REQUEST)
                .add("timeseries", sample(series(1, 2), 1).build())
                .build()
                .toByteArray());
        body.writeBytes(request().build().toByteArray());
        MetricBatch batch = (MetricBatch)
                RequestDecoder.decode(BodyBuffer.wrap(body.toByteArray())).get(0);
        assertThat(batch.labels(0)).isEqualTo(Labels.of("__name__", "up"));
    }

    @Test
    void readsReferencesThatComeOneByOne() throws Exception {
        byte[] series = {0x08, 1, 0x08, 2, 0x12, 2, 0x10, 5};
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(request().build().toByteArray());
        body.write(0x2a);
        body.write(series.length);
        body.writeBytes(series);
        MetricBatch batch = (MetricBatch)
                RequestDecoder.decode(BodyBuffer.wrap(body.toByteArray())).get(0);
        assertThat(batch.labels(0)).isEqualTo(Labels.of("__name__", "up"));
        assertThat(batch.timestamp(0)).isEqualTo(5);
    }

    @Test
    void knowsTheFamilyOfTheSeriesOfAHistogram() throws Exception {
        Message series = sample(series(1, 5), 1)
                .set("metadata", metadata("HISTOGRAM", 0, 7).build());
        assertThat(decode(request(series)).metadata(0)).isEqualTo(new Metadata("h", MetricType.HISTOGRAM, "", "s"));
    }

    @Test
    void knowsNothingOfAMetricWhoseMetadataIsEmpty() throws Exception {
        Message series = sample(series(1, 2), 1)
                .set("metadata", Message.of(RequestSchema.METADATA).build());
        assertThat(decode(request(series)).hasMetadata()).isFalse();
    }

    @Test
    void givesExemplarsWithoutASampleToTheLastRowOfTheirSeries() throws Exception {
        MetricBatch batch = decode(request(
                series(1, 2).add("exemplars", exemplar(7).build()),
                sample(sample(series(1, 2), 1), 2),
                series(1, 5).add("exemplars", exemplar(7).build())));
        assertThat(batch.size()).isEqualTo(2);
        assertThat(batch.exemplars(0)).isEmpty();
        assertThat(batch.exemplars(1)).containsExactly(new Exemplar(Labels.EMPTY, 0, 7));
    }

    @Test
    void reducesHistogramsThatAreFinerThanTheProtocolKnows() throws Exception {
        Message histogram = Message.of(RequestSchema.HISTOGRAM)
                .set("schema", 9)
                .set("count_int", 4L)
                .set("start_timestamp", 77L)
                .add(
                        "positive_spans",
                        Message.of(RequestSchema.HISTOGRAM
                                        .findFieldByName("positive_spans")
                                        .getMessageType())
                                .set("offset", 1)
                                .set("length", 2)
                                .build())
                .add("positive_deltas", 1L)
                .add("positive_deltas", 2L);
        MetricBatch batch = decode(request(series(1, 2).add("histograms", histogram.build())));
        NativeHistogram reduced = batch.histogram(0);
        assertThat(reduced).isNotNull();
        assertThat(reduced.schema()).isEqualTo(8);
        assertThat(reduced.positive().size()).isEqualTo(1);
        assertThat(reduced.positive().value(0)).isEqualTo(4);
        assertThat(batch.startTimestamp(0)).isEqualTo(77);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1 2 3   | labels_refs: 3 references (expected: pairs)",
                "1 8     | labels_refs: 8 (expected: below 8, the number of symbols)",
                "1 -1    | labels_refs: 4294967295 (expected: below 8, the number of symbols)",
                "3 4 1 2 | labels_refs: __name__ after job (expected: sorted names, each once)",
                "1 2 1 4 | labels_refs: __name__ after __name__ (expected: sorted names, each once)",
                "0 2     | labels_refs: an empty name (expected: names)",
                "1 0     | labels: none (expected: at least __name__)",
            })
    void refusesLabelsThatBreakARule(String refs, String message) {
        int[] numbers =
                Stream.of(refs.strip().split(" ")).mapToInt(Integer::parseInt).toArray();
        assertThatThrownBy(() -> decode(request(sample(series(1, 2), 1), sample(series(numbers), 1))))
                .isInstanceOf(DecodingException.class)
                .hasMessage("timeseries[1]: " + message);
    }

    @Test
    void refusesMoreLabelsThanASeriesMayHave() {
        assertThatThrownBy(() -> decode(request(sample(series(new int[2 * 1025]), 1))))
                .isInstanceOf(DecodingException.class)
                .hasMessage("timeseries[0]: labels_refs: more than 1024 labels (expected: fewer)");
        assertThatThrownBy(() -> decode(request(sample(series(1, 2), 1)
                        .add("exemplars", exemplar(1, new int[2 * 1025]).build()))))
                .isInstanceOf(DecodingException.class)
                .hasMessage("timeseries[0]: exemplars.labels_refs: more than 1024 labels (expected: fewer)");
    }

    @Test
    void refusesSamplesBesideHistograms() {
        Message series = sample(series(1, 2), 1)
                .add("histograms", Message.of(RequestSchema.HISTOGRAM).build());
        assertThatThrownBy(() -> decode(request(series)))
                .isInstanceOf(DecodingException.class)
                .hasMessage("timeseries[0]: samples and histograms (expected: one of them)");
    }

    @Test
    void refusesReferencesOfMetadataThatPointNowhere() {
        Message series =
                sample(series(1, 2), 1).set("metadata", metadata("GAUGE", 6, 99).build());
        assertThatThrownBy(() -> decode(request(series)))
                .isInstanceOf(DecodingException.class)
                .hasMessage("timeseries[0]: metadata.unit_ref: 99 (expected: below 8, the number of symbols)");
    }

    @Test
    void refusesAFirstSymbolThatIsNotEmpty() {
        assertThatThrownBy(() -> decode(Message.of(RequestSchema.REQUEST).add("symbols", "up")))
                .isInstanceOf(DecodingException.class)
                .hasMessage("symbols[0]: 2 bytes (expected: the empty string)");
    }

    @Test
    void refusesMorePointsThanFitIntoMemory() {
        byte[] body = new byte[5 + 2 * (SeriesPoints.MOST_POINTS + 1)];
        int length = body.length - 5;
        body[0] = 0x2a;
        for (int i = 0; i < 4; i++) {
            body[1 + i] = (byte) (length >>> 7 * i | (i < 3 ? 0x80 : 0));
        }
        for (int i = 5; i < body.length; i += 2) {
            body[i] = 0x12;
        }
        assertThatThrownBy(() -> RequestDecoder.decode(BodyBuffer.wrap(body)))
                .isInstanceOf(DecodingException.class)
                .hasMessageContaining("more than 1000000 samples");
    }

    @Test
    void refusesOneHelpTextThatIsGivenToManyFamilies() throws Exception {
        Message request = Message.of(RequestSchema.REQUEST)
                .add("symbols", "")
                .add("symbols", "__name__")
                .add("symbols", "h".repeat(1 << 20));
        for (int i = 0; i < 40; i++) {
            request.add("symbols", "n" + i);
            request.add(
                    "timeseries",
                    sample(series(1, 3 + i), 1)
                            .set("metadata", metadata("GAUGE", 2, 0).build())
                            .build());
        }
        assertThatThrownBy(() -> decode(request))
                .isInstanceOf(DecodingException.class)
                .hasMessage("timeseries[31]: metadata: more than 33554432 bytes of descriptions in a request"
                        + " (expected: fewer)");
    }

    @Test
    void takesOneLongHelpTextForManySeriesOfAFamily() throws Exception {
        Message request = Message.of(RequestSchema.REQUEST)
                .add("symbols", "")
                .add("symbols", "__name__")
                .add("symbols", "h".repeat(1 << 20));
        for (int i = 0; i < 40; i++) {
            request.add(
                    "timeseries",
                    sample(series(1, 1), i)
                            .set("metadata", metadata("GAUGE", 2, 0).build())
                            .build());
        }
        assertThat(decode(request).size()).isEqualTo(40);
    }

    @Test
    void acceptsARequestOfNothing() throws Exception {
        assertThat(RequestDecoder.decode(new BodyBuffer(0))).isEmpty();
        assertThat(RequestDecoder.decode(BodyBuffer.wrap(request().build().toByteArray())))
                .isEmpty();
    }
}

package dev.millrace.plugin.lib.prometheus.protobuf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.spi.event.Buckets;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.event.MetricType;
import dev.millrace.spi.event.NativeHistogram;
import dev.millrace.spi.event.NativeHistogram.ResetHint;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ProtobufParserTest {
    private final PageSchema schema = new PageSchema(false);

    private PageMessage message(String type) {
        return new PageMessage(schema, type);
    }

    private byte[] page(int type, String name, String value, PageMessage content) {
        return PageMessage.page(List.of(message("MetricFamily")
                .set("name", name)
                .set("type", type)
                .add("metric", message("Metric").set(value, content))));
    }

    private byte[] histogram(int type, PageMessage content) {
        return page(type, "h", "histogram", content);
    }

    private static List<String> texts(byte[] page, boolean natives, boolean classicToo) throws ProtobufFormatException {
        return ParsedRow.of(page, natives, classicToo).stream()
                .map(ParsedRow::text)
                .toList();
    }

    private static NativeHistogram only(byte[] page) throws ProtobufFormatException {
        List<ParsedRow> rows = ParsedRow.of(page, true, false);
        assertThat(rows).hasSize(1);
        return rows.get(0).histogram();
    }

    private PageMessage bucket(double bound, long count) {
        return message("Bucket").set("upper_bound", bound).set("cumulative_count", count);
    }

    @Test
    void unrollsAClassicHistogramAsTheTextFormatDoes() throws ProtobufFormatException {
        byte[] page = histogram(
                4,
                message("Histogram")
                        .set("sample_count", 7L)
                        .set("sample_sum", 3.5)
                        .add("bucket", bucket(0.1, 2))
                        .add("bucket", bucket(1, 5)));

        assertThat(texts(page, true, false))
                .containsExactly(
                        "h_count 7.0",
                        "h_sum 3.5",
                        "h_bucket{le=\"0.1\"} 2.0",
                        "h_bucket{le=\"1.0\"} 5.0",
                        "h_bucket{le=\"+Inf\"} 7.0");
    }

    @Test
    void addsNoSecondInfiniteBucket() throws ProtobufFormatException {
        byte[] page = histogram(
                4, message("Histogram").set("sample_count", 7L).add("bucket", bucket(Double.POSITIVE_INFINITY, 6)));

        assertThat(texts(page, true, false)).containsExactly("h_count 7.0", "h_sum 0.0", "h_bucket{le=\"+Inf\"} 6.0");
    }

    @Test
    void namesACounterAsTheMessageDoes() throws ProtobufFormatException {
        byte[] page = page(0, "requests", "counter", message("Counter").set("value", 3.0));

        assertThat(texts(page, true, false)).containsExactly("requests 3.0");
    }

    @Test
    void readsANoOpSpanAsAnEmptyNativeHistogram() throws ProtobufFormatException {
        byte[] page = histogram(4, message("Histogram").span("positive", 0, 0));

        NativeHistogram histogram = only(page);

        assertThat(histogram.count()).isZero();
        assertThat(histogram.floating()).isFalse();
        assertThat(histogram.positive()).isEqualTo(Buckets.NONE);
    }

    @Test
    void readsOnlyTheClassicPartWhereNativeOnesAreNotWanted() throws ProtobufFormatException {
        PageMessage both = message("Histogram")
                .set("sample_count", 1L)
                .set("sample_sum", 0.5)
                .add("bucket", bucket(1, 1))
                .span("positive", 0, 1)
                .add("positive_delta", 1L);

        assertThat(texts(histogram(4, both), true, false)).containsExactly("h 0.5");
        assertThat(texts(histogram(4, both), true, true))
                .containsExactly(
                        "h 0.5", "h_count 1.0", "h_sum 0.5", "h_bucket{le=\"1.0\"} 1.0", "h_bucket{le=\"+Inf\"} 1.0");
        assertThat(texts(histogram(4, both), false, false))
                .containsExactly("h_count 1.0", "h_sum 0.5", "h_bucket{le=\"1.0\"} 1.0", "h_bucket{le=\"+Inf\"} 1.0");
    }

    @Test
    void saysThatAGaugeHistogramIsNoCounter() throws ProtobufFormatException {
        byte[] page = histogram(5, message("Histogram").set("zero_threshold", 0.001));

        assertThat(only(page).resetHint()).isEqualTo(ResetHint.GAUGE);
        assertThat(ParsedRow.of(page, true, false).get(0).metadata().type()).isEqualTo(MetricType.GAUGE_HISTOGRAM);
    }

    @Test
    void leavesOutEmptyBucketsAndJoinsSpans() throws ProtobufFormatException {
        byte[] page = histogram(
                4,
                message("Histogram")
                        .set("sample_count", 6L)
                        .set("schema", 3)
                        .span("positive", -2, 2)
                        .span("positive", 0, 1)
                        .span("positive", 3, 2)
                        .add("positive_delta", 1L)
                        .add("positive_delta", 1L)
                        .add("positive_delta", -2L)
                        .add("positive_delta", 0L)
                        .add("positive_delta", 3L));

        assertThat(only(page).positive())
                .isEqualTo(new Buckets(new int[] {-2, 5}, new int[] {2, 1}, new long[] {1, 1, 1}));
    }

    @Test
    void makesAFinerSchemaThanRemoteWriteHasCoarser() throws ProtobufFormatException {
        byte[] page = histogram(
                4,
                message("Histogram")
                        .set("sample_count", 10L)
                        .set("schema", 9)
                        .span("positive", 1, 4)
                        .add("positive_delta", 1L)
                        .add("positive_delta", 1L)
                        .add("positive_delta", 1L)
                        .add("positive_delta", 1L));

        assertThat(only(page).schema()).isEqualTo(8);
        assertThat(only(page).positive()).isEqualTo(new Buckets(new int[] {1}, new int[] {2}, new long[] {3, 4}));
    }

    @Test
    void makesOfEveryNanTheOneThatMarksNothing() throws ProtobufFormatException {
        double stale = Double.longBitsToDouble(MetricBatch.STALE_NAN);
        byte[] gauge = page(1, "g", "gauge", message("Gauge").set("value", stale));
        byte[] histogram =
                histogram(4, message("Histogram").set("zero_threshold", 1.0).set("sample_sum", stale));
        byte[] summary = page(
                2,
                "s",
                "summary",
                message("Summary")
                        .set("sample_sum", stale)
                        .add(
                                "quantile",
                                message("Quantile").set("quantile", stale).set("value", stale)));

        assertThat(ParsedRow.of(gauge, true, false).get(0).bits()).isEqualTo(MetricBatch.NORMAL_NAN);
        assertThat(only(histogram).sumBits()).isEqualTo(MetricBatch.NORMAL_NAN);
        assertThat(only(histogram).stale()).isFalse();
        assertThat(ParsedRow.of(summary, true, false))
                .extracting(ParsedRow::bits)
                .containsExactly(0L, MetricBatch.NORMAL_NAN, MetricBatch.NORMAL_NAN);
    }

    @Test
    void refusesHistogramsThatContradictThemselves() {
        assertRefused(message("Histogram").span("positive", 0, 2).add("positive_delta", 1L), "spans of 2 buckets");
        assertRefused(message("Histogram").span("positive", 0, 1).add("positive_delta", -1L), "a count of 0 and -1");
        assertRefused(message("Histogram").span("positive", 0, -1), "spans of 4294967295 buckets");
        assertRefused(
                message("Histogram").span("positive", 0, 0).span("positive", -1, 0), "a span with an offset of -1");
        assertRefused(
                message("Histogram")
                        .set("sample_count", 2L)
                        .span("positive", 0, 1)
                        .add("positive_delta", 1L),
                "a histogram of 2 observations");
        assertRefused(message("Histogram").set("schema", -5).set("zero_count", 1L), "a histogram of schema -5");
        assertRefused(
                message("Histogram")
                        .set("sample_count_float", 1.0)
                        .span("positive", 0, 1)
                        .add("positive_count", -1.0),
                "a bucket with a count of -1.0");
    }

    private void assertRefused(PageMessage histogram, String message) {
        assertThatThrownBy(() -> ParsedRow.of(histogram(4, histogram), true, false))
                .isInstanceOf(ProtobufFormatException.class)
                .hasMessageContaining(message);
    }

    @Test
    void takesObservationsOfNanThatLieInNoBucket() throws ProtobufFormatException {
        byte[] page = histogram(
                4,
                message("Histogram")
                        .set("sample_count", 2L)
                        .set("zero_count", 1L)
                        .set("sample_sum", Double.NaN));

        assertThat(only(page).count()).isEqualTo(2);
    }

    @Test
    void refusesMoreBucketsThanAnyClientMakes() {
        PageMessage histogram = message("Histogram").span("positive", 0, 100_000);
        for (int i = 0; i < 100_000; i++) {
            histogram.add("positive_delta", 0L);
        }

        assertRefused(histogram, "more than 65536 buckets");
    }

    @Test
    void refusesMoreLabelsThanCanBeComparedInTime() {
        PageMessage metric = message("Metric");
        for (int i = 0; i < 2000; i++) {
            metric.label("l" + i, "1");
        }
        byte[] page = PageMessage.page(
                List.of(message("MetricFamily").set("name", "c").add("metric", metric)));

        assertThatThrownBy(() -> ParsedRow.of(page, true, false)).hasMessageContaining("more than 1024 labels");
    }

    @Test
    void refusesLabelsThatOccurTwice() {
        for (String name : List.of("le", "__name__")) {
            byte[] page = PageMessage.page(List.of(message("MetricFamily")
                    .set("name", "h")
                    .set("type", 4)
                    .add("metric", message("Metric").label(name, "1").set("histogram", message("Histogram")))));
            assertThatThrownBy(() -> ParsedRow.of(page, true, false))
                    .hasMessageContaining("each label name once in a series");
        }
    }

    @Test
    void refusesAUnitThatIsNotInTheName() {
        byte[] page = PageMessage.page(List.of(message("MetricFamily")
                .set("name", "size_seconds")
                .set("unit", "bytes")
                .add("metric", message("Metric"))));

        assertThatThrownBy(() -> ParsedRow.of(page, true, false)).hasMessageContaining("a name that ends in _bytes");
    }

    @Test
    void leavesOutFamiliesWithoutMetrics() throws ProtobufFormatException {
        byte[] page = PageMessage.page(
                List.of(message("MetricFamily"), message("MetricFamily").set("type", 99)));

        assertThat(ParsedRow.of(page, true, false)).isEmpty();
    }

    @Test
    void refusesAPageThatIsCut() {
        byte[] page = page(1, "g", "gauge", message("Gauge").set("value", 1.0));

        for (int length = 1; length < page.length; length++) {
            byte[] cut = Arrays.copyOf(page, length);
            assertThatThrownBy(() -> ParsedRow.of(cut, true, false)).isInstanceOf(ProtobufFormatException.class);
        }
    }
}

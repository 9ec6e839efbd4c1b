package dev.millrace.plugin.lib.otlp.metrics;

import static dev.millrace.plugin.lib.otlp.metrics.Requests.SECOND;
import static dev.millrace.plugin.lib.otlp.metrics.Requests.attribute;
import static dev.millrace.plugin.lib.otlp.metrics.Requests.body;
import static dev.millrace.plugin.lib.otlp.metrics.Requests.point;
import static dev.millrace.plugin.lib.otlp.metrics.Requests.request;
import static dev.millrace.plugin.lib.otlp.metrics.Requests.rows;
import static dev.millrace.plugin.lib.otlp.metrics.Requests.sum;
import static io.opentelemetry.proto.metrics.v1.AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE;
import static io.opentelemetry.proto.metrics.v1.AggregationTemporality.AGGREGATION_TEMPORALITY_UNSPECIFIED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.millrace.plugin.lib.otlp.naming.TranslationStrategy;
import dev.millrace.spi.BodyBuffer;
import dev.millrace.spi.event.Buckets;
import dev.millrace.spi.event.Exemplar;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.Metadata;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.event.MetricType;
import dev.millrace.spi.event.NativeHistogram;
import dev.millrace.spi.extension.DecodingException;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValueList;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogram;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Gauge;
import io.opentelemetry.proto.metrics.v1.Histogram;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.metrics.v1.Summary;
import io.opentelemetry.proto.metrics.v1.SummaryDataPoint;
import io.opentelemetry.proto.resource.v1.Resource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class MetricTranslatorTest {
    private static final Resource CHECKOUT = Resource.newBuilder()
            .addAttributes(attribute("service.name", "checkout"))
            .addAttributes(attribute("service.namespace", "shop"))
            .addAttributes(attribute("service.instance.id", "a-1"))
            .addAttributes(attribute("host.name", "h1"))
            .build();

    @Test
    void aSumIsACounterOfItsJobAndInstance() throws Exception {
        Metric requests = sum(
                        "http.requests",
                        AGGREGATION_TEMPORALITY_CUMULATIVE,
                        true,
                        point(7, 5, attribute("http.route", "/a")))
                .toBuilder()
                .setDescription("Requests.")
                .setUnit("{request}")
                .build();

        MetricBatch batch = translate(Requests.DEFAULTS, request(CHECKOUT, requests));

        assertThat(rows(batch))
                .isEqualTo(Map.of(
                        "http_requests_total{http_route=/a, instance=a-1, job=shop/checkout}", "5.0 @7000",
                        "target_info{host_name=h1, instance=a-1, job=shop/checkout}", "1.0 @7000"));
        assertThat(batch.startTimestamp(0)).isEqualTo(1000);
        assertThat(batch.metadata(0))
                .isEqualTo(new Metadata("http_requests_total", MetricType.COUNTER, "Requests.", ""));
    }

    @Test
    void aGaugeHasTheTypeThatItIsSaidToHave() throws Exception {
        Metric up = Metric.newBuilder()
                .setName("up")
                .setGauge(Gauge.newBuilder().addDataPoints(point(7, 1)))
                .build();
        Metric states = sum("states", AGGREGATION_TEMPORALITY_CUMULATIVE, false, point(7, 1));
        Metric total = sum("calls", AGGREGATION_TEMPORALITY_CUMULATIVE, true, point(7, 1));

        MetricBatch batch = translate(
                Requests.DEFAULTS,
                request(
                        typed(up, "unknown"),
                        typed(up.toBuilder().setName("build").build(), "info"),
                        typed(states, "stateset"),
                        typed(total, "info"),
                        typed(up.toBuilder().setName("other").build(), "histogram"),
                        up.toBuilder().setName("none").build()));

        assertThat(java.util.stream.IntStream.range(0, batch.size())
                        .mapToObj(row -> batch.metadata(row).family() + " "
                                + batch.metadata(row).type()))
                .containsExactly(
                        "up UNKNOWN",
                        "build INFO",
                        "states STATE_SET",
                        "calls_total COUNTER",
                        "other GAUGE",
                        "none GAUGE");
        assertThat(batch.startTimestamp(0)).isZero();
        assertThat(batch.startTimestamp(3)).isEqualTo(1000);
    }

    private static Metric typed(Metric metric, String type) {
        return metric.toBuilder()
                .addMetadata(attribute("prometheus.type", type))
                .build();
    }

    @Test
    void aGaugeHasNoStartAndEveryNanIsTheNormalOne() throws Exception {
        Metric gauge = gauge("temp", "Cel", point(7, Double.longBitsToDouble(0x7ff0000000000002L)));

        MetricBatch batch = translate(Requests.DEFAULTS, request(gauge));

        assertThat(batch.labels(0)).isEqualTo(Labels.of(Labels.METRIC_NAME, "temp_celsius"));
        assertThat(batch.valueBits(0)).isEqualTo(MetricBatch.NORMAL_NAN);
        assertThat(batch.hasStartTimestamps()).isFalse();
    }

    @Test
    void noRecordedValueEndsASeries() throws Exception {
        NumberDataPoint.Builder ended = point(7, 0).clearAsDouble().setFlags(1);
        HistogramDataPoint histogram = HistogramDataPoint.newBuilder()
                .setTimeUnixNano(7 * SECOND)
                .setFlags(1)
                .build();

        MetricBatch batch = translate(
                Requests.DEFAULTS,
                request(sum("x", AGGREGATION_TEMPORALITY_CUMULATIVE, true, ended), histogram("h", histogram)));

        assertThat(batch.size()).isEqualTo(4);
        for (int row = 0; row < batch.size(); row++) {
            assertThat(batch.valueBits(row)).isEqualTo(MetricBatch.STALE_NAN);
        }
    }

    @Test
    void aHistogramIsAClassicOne() throws Exception {
        HistogramDataPoint point = HistogramDataPoint.newBuilder()
                .setTimeUnixNano(7 * SECOND)
                .setStartTimeUnixNano(SECOND)
                .addAllExplicitBounds(List.of(0.5, 1.0, 1e21))
                .addAllBucketCounts(List.of(1L, 0L, 2L, 3L))
                .setCount(6)
                .setSum(12.5)
                .addExemplars(exemplar(0.7, 6))
                .addExemplars(exemplar(0.6, 5))
                .build();

        MetricBatch batch = translate(Requests.DEFAULTS, request(histogram("lat", point)));

        assertThat(rows(batch))
                .isEqualTo(Map.of(
                        "lat_sum{}", "12.5 @7000",
                        "lat_count{}", "6.0 @7000",
                        "lat_bucket{le=0.5}", "1.0 @7000",
                        "lat_bucket{le=1}", "1.0 @7000",
                        "lat_bucket{le=1000000000000000000000}", "3.0 @7000",
                        "lat_bucket{le=+Inf}", "6.0 @7000"));
        assertThat(batch.metadata(0)).isEqualTo(new Metadata("lat", MetricType.HISTOGRAM, "", ""));
        assertThat(batch.exemplars(3))
                .containsExactly(new Exemplar(
                        Labels.of("trace_id", "0102", "span_id", "03", "user", "u"),
                        Double.doubleToRawLongBits(0.7),
                        6000));
        assertThat(batch.exemplars(2)).isEmpty();
        assertThat(batch.startTimestamp(5)).isEqualTo(1000);
    }

    /* The example of the OpenTelemetry specification for custom buckets. */
    @Test
    void aHistogramCanHaveCustomBuckets() throws Exception {
        TranslationSettings settings = new TranslationSettings(
                TranslationStrategy.NO_TRANSLATION, true, true, false, Set.of(), Set.of(), false, false, true);
        HistogramDataPoint point = HistogramDataPoint.newBuilder()
                .setTimeUnixNano(7 * SECOND)
                .addAllExplicitBounds(List.of(-2.0, -1.0, 0.0, 1.0, 2.0))
                .addAllBucketCounts(List.of(10L, 0L, 0L, 20L, 5L, 2L))
                .setCount(37)
                .setSum(3)
                .build();

        NativeHistogram histogram =
                translate(settings, request(histogram("lat", point))).histogram(0);

        assertThat(histogram).isNotNull();
        assertThat(histogram.schema()).isEqualTo(NativeHistogram.CUSTOM_BUCKETS);
        assertThat(histogram.customValues()).containsExactly(-2.0, -1.0, 0.0, 1.0, 2.0);
        assertThat(histogram.count()).isEqualTo(37);
        assertThat(histogram.positive())
                .isEqualTo(new Buckets(new int[] {0}, new int[] {6}, new long[] {10, -10, 0, 20, -15, -3}));
    }

    @Test
    void anExponentialHistogramIsANativeOne() throws Exception {
        NativeHistogram histogram = translate(
                        Requests.DEFAULTS,
                        request(exponential(exponential(3, 10, 0, 0, 0, 20, 5, 2)
                                .setZeroCount(4)
                                .setCount(41)
                                .build())))
                .histogram(0);

        assertThat(histogram).isNotNull();
        assertThat(histogram.schema()).isEqualTo(3);
        assertThat(histogram.zeroThreshold()).isEqualTo(1e-128);
        assertThat(histogram.zeroCount()).isEqualTo(4);
        assertThat(histogram.count()).isEqualTo(41);
        assertThat(histogram.positive())
                .isEqualTo(new Buckets(new int[] {4, 3}, new int[] {1, 3}, new long[] {10, 10, -15, -3}));
    }

    @Test
    void aFinerScaleBecomesEight() throws Exception {
        NativeHistogram histogram = translate(
                        Requests.DEFAULTS,
                        request(exponential(
                                exponential(10, 1, 2, 3, 4, 5, 6).setCount(21).build())))
                .histogram(0);

        assertThat(histogram).isNotNull();
        assertThat(histogram.schema()).isEqualTo(8);
        // indexes 3, 4 … 8 become 0, 1, 1, 1, 1, 2, and one more in a native histogram
        assertThat(histogram.positive()).isEqualTo(new Buckets(new int[] {1}, new int[] {3}, new long[] {1, 13, -8}));
    }

    @Test
    void aSummaryHasQuantiles() throws Exception {
        SummaryDataPoint point = SummaryDataPoint.newBuilder()
                .setTimeUnixNano(7 * SECOND)
                .setCount(3)
                .setSum(9)
                .addQuantileValues(SummaryDataPoint.ValueAtQuantile.newBuilder()
                        .setQuantile(0.99)
                        .setValue(4))
                .build();
        Metric summary = Metric.newBuilder()
                .setName("s")
                .setSummary(Summary.newBuilder().addDataPoints(point))
                .build();

        assertThat(rows(translate(Requests.DEFAULTS, request(summary))))
                .isEqualTo(Map.of("s_sum{}", "9.0 @7000", "s_count{}", "3.0 @7000", "s{quantile=0.99}", "4.0 @7000"));
    }

    @Test
    void saysWhatItCannotKeep() throws Exception {
        Translation translation = Requests.translator(Requests.DEFAULTS)
                .translate(body(request(
                        gauge("ok", "", point(7, 1)),
                        gauge("___", "", point(7, 1), point(7, 2)),
                        gauge("a", "", point(0, 1)),
                        gauge("b", "", point(7, 1).clearAsDouble()),
                        gauge("c", "", point(7, 1, attribute("", "x"))),
                        sum("d", AGGREGATION_TEMPORALITY_UNSPECIFIED, true, point(7, 1)),
                        exponential(exponential(-5, 1).setCount(1).build()),
                        exponential(exponential(0, 1).setCount(1).clearSum().build()),
                        exponential(exponential(0, 1).setCount(2).build()),
                        histogram(
                                "e",
                                HistogramDataPoint.newBuilder()
                                        .setTimeUnixNano(SECOND)
                                        .addExplicitBounds(1)
                                        .addBucketCounts(1)
                                        .build()))));

        assertThat(translation.rejections().counts())
                .isEqualTo(Map.of(
                        Rejection.METRIC_NAME, 2L,
                        Rejection.NO_TIME, 1L,
                        Rejection.NO_VALUE, 1L,
                        Rejection.LABEL_NAME, 1L,
                        Rejection.NO_TEMPORALITY, 1L,
                        Rejection.SCALE, 1L,
                        Rejection.NO_SUM, 1L,
                        Rejection.BUCKETS, 2L));
        assertThat(translation.rejections().total()).isEqualTo(10);
        assertThat(translation.rejections().message()).contains("1: time_unix_nano is 0");
        assertThat(translation.batch().size()).isEqualTo(1);
    }

    @Test
    void attributesOfOneNameAreJoined() throws Exception {
        Metric metric = gauge("x", "", point(7, 1, attribute("a/b", "2"), attribute("a.b", "1"), attribute("_c", "3")));

        assertThat(rows(translate(Requests.DEFAULTS, request(metric)))).containsOnlyKeys("x{a_b=1;2, key_c=3}");
        assertThat(rows(translate(Requests.settings(TranslationStrategy.NO_TRANSLATION), request(metric))))
                .containsOnlyKeys("x{_c=3, a.b=1, a/b=2}");
    }

    @Test
    void attributesThatAreNoTextsAreJson() throws Exception {
        AnyValue list = AnyValue.newBuilder()
                .setArrayValue(ArrayValue.newBuilder()
                        .addValues(AnyValue.newBuilder().setIntValue(1))
                        .addValues(AnyValue.newBuilder().setStringValue("a\"b"))
                        .addValues(AnyValue.newBuilder().setDoubleValue(1e21))
                        .addValues(AnyValue.newBuilder().setBytesValue(ByteString.copyFrom(new byte[] {1})))
                        .addValues(AnyValue.getDefaultInstance()))
                .build();
        AnyValue map = AnyValue.newBuilder()
                .setKvlistValue(KeyValueList.newBuilder()
                        .addValues(attribute(
                                "z", AnyValue.newBuilder().setBoolValue(true).build()))
                        .addValues(attribute("a", list)))
                .build();

        Metric metric = gauge(
                "x",
                "",
                point(
                        7,
                        1,
                        attribute("m", map),
                        attribute("d", AnyValue.newBuilder().setDoubleValue(0.1).build())));

        assertThat(rows(translate(Requests.DEFAULTS, request(metric))))
                .containsOnlyKeys("x{d=0.1, m={\"a\":[1,\"a\\\"b\",1e+21,\"AQ==\",null],\"z\":true}}");
    }

    @Test
    void resourceAndScopeBecomeLabelsWhereThatIsAskedFor() throws Exception {
        TranslationSettings settings = new TranslationSettings(
                TranslationStrategy.UNDERSCORE_ESCAPING_WITH_SUFFIXES,
                true,
                true,
                false,
                Set.of("host.name"),
                Set.of(),
                true,
                true,
                false);
        ExportMetricsServiceRequest request = ExportMetricsServiceRequest.newBuilder()
                .addResourceMetrics(ResourceMetrics.newBuilder()
                        .setResource(CHECKOUT)
                        .addScopeMetrics(ScopeMetrics.newBuilder()
                                .setSchemaUrl("http://s")
                                .setScope(InstrumentationScope.newBuilder()
                                        .setName("lib")
                                        .setVersion("1")
                                        .addAttributes(attribute("k", "v")))
                                .addMetrics(gauge("x", "", point(7, 1), point(8, 1, attribute("host.name", "own"))))))
                .build();

        String scope = "otel_scope_k=v, otel_scope_name=lib, otel_scope_schema_url=http://s, otel_scope_version=1}";
        assertThat(rows(translate(settings, request)))
                .containsOnlyKeys(
                        "x{host_name=h1, instance=a-1, job=shop/checkout, " + scope,
                        "x{host_name=own, instance=a-1, job=shop/checkout, " + scope,
                        "target_info{host_name=h1, instance=a-1, job=shop/checkout, service_instance_id=a-1,"
                                + " service_name=checkout, service_namespace=shop}");
    }

    @Test
    void allResourceAttributesButSomeBecomeLabels() throws Exception {
        TranslationSettings settings = new TranslationSettings(
                TranslationStrategy.UNDERSCORE_ESCAPING_WITH_SUFFIXES,
                true,
                true,
                true,
                Set.of(),
                Set.of("service.name"),
                false,
                false,
                false);

        assertThat(rows(translate(settings, request(CHECKOUT, gauge("x", "", point(7, 1))))))
                .containsKey("x{host_name=h1, instance=a-1, job=shop/checkout, service_instance_id=a-1,"
                        + " service_namespace=shop}");
    }

    @Test
    void saysAgainWhatATargetIsWhereThePointsSpanMinutes() throws Exception {
        MetricBatch batch =
                translate(Requests.DEFAULTS, request(CHECKOUT, gauge("x", "", point(100, 1), point(500, 1))));

        assertThat(rows(batch)).hasSize(2);
        long infos = java.util.stream.IntStream.range(0, batch.size())
                .filter(row -> batch.labels(row).get(Labels.METRIC_NAME).equals("target_info"))
                .count();
        assertThat(infos).isEqualTo(4);
    }

    @Test
    void refusesWhatIsDamaged() {
        byte[] cut = request(CHECKOUT, gauge("x", "", point(7, 1))).toByteArray();
        BodyBuffer body = BodyBuffer.wrap(java.util.Arrays.copyOf(cut, cut.length - 3));

        assertThatThrownBy(() -> Requests.translator(Requests.DEFAULTS).translate(body))
                .isInstanceOf(DecodingException.class)
                .hasMessageStartingWith("byte ")
                .hasMessageContaining("expected: at most");
    }

    private static MetricBatch translate(TranslationSettings settings, ExportMetricsServiceRequest request)
            throws DecodingException {
        Translation translation = Requests.translator(settings).translate(body(request));
        assertThat(translation.rejections().counts()).isEmpty();
        return translation.batch();
    }

    private static Metric gauge(String name, String unit, NumberDataPoint.Builder... points) {
        Gauge.Builder gauge = Gauge.newBuilder();
        for (NumberDataPoint.Builder point : points) {
            gauge.addDataPoints(point);
        }
        return Metric.newBuilder().setName(name).setUnit(unit).setGauge(gauge).build();
    }

    private static Metric histogram(String name, HistogramDataPoint point) {
        return Metric.newBuilder()
                .setName(name)
                .setHistogram(Histogram.newBuilder()
                        .setAggregationTemporality(AGGREGATION_TEMPORALITY_CUMULATIVE)
                        .addDataPoints(point))
                .build();
    }

    private static io.opentelemetry.proto.metrics.v1.Exemplar exemplar(double value, long seconds) {
        return io.opentelemetry.proto.metrics.v1.Exemplar.newBuilder()
                .setAsDouble(value)
                .setTimeUnixNano(seconds * SECOND)
                .setTraceId(ByteString.copyFrom(new byte[] {1, 2}))
                .setSpanId(ByteString.copyFrom(new byte[] {3}))
                .addFilteredAttributes(attribute("user", "u"))
                .build();
    }

    private static ExponentialHistogramDataPoint.Builder exponential(int scale, long... counts) {
        ExponentialHistogramDataPoint.Buckets.Builder buckets =
                ExponentialHistogramDataPoint.Buckets.newBuilder().setOffset(3);
        for (long count : counts) {
            buckets.addBucketCounts(count);
        }
        return ExponentialHistogramDataPoint.newBuilder()
                .setTimeUnixNano(7 * SECOND)
                .setScale(scale)
                .setSum(3)
                .setPositive(buckets);
    }

    private static Metric exponential(ExponentialHistogramDataPoint point) {
        return Metric.newBuilder()
                .setName("e")
                .setExponentialHistogram(ExponentialHistogram.newBuilder()
                        .setAggregationTemporality(AGGREGATION_TEMPORALITY_CUMULATIVE)
                        .addDataPoints(point))
                .build();
    }
}

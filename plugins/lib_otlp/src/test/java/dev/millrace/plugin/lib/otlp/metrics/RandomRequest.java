package dev.millrace.plugin.lib.otlp.metrics;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.Exemplar;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogram;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Gauge;
import io.opentelemetry.proto.metrics.v1.Histogram;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.metrics.v1.Sum;
import io.opentelemetry.proto.metrics.v1.Summary;
import io.opentelemetry.proto.metrics.v1.SummaryDataPoint;
import io.opentelemetry.proto.resource.v1.Resource;
import java.util.Random;

/** Requests of all kinds of metrics, as a random generator makes them. */
public final class RandomRequest {
    private static final long SECOND = 1_000_000_000L;

    private final Random random;

    public RandomRequest(Random random) {
        this.random = random;
    }

    /** A request; the time of its points is {@code seconds}. */
    public ExportMetricsServiceRequest make(long seconds) {
        ExportMetricsServiceRequest.Builder request = ExportMetricsServiceRequest.newBuilder();
        for (int i = random.nextInt(3); i >= 0; i--) {
            ScopeMetrics.Builder scope = ScopeMetrics.newBuilder()
                    .setScope(InstrumentationScope.newBuilder().setName("s" + i).setVersion("1"))
                    .setSchemaUrl("http://s");
            for (int m = random.nextInt(6); m >= 0; m--) {
                scope.addMetrics(metric(seconds));
            }
            request.addResourceMetrics(ResourceMetrics.newBuilder()
                    .setResource(Resource.newBuilder()
                            .addAttributes(Requests.attribute("service.name", "n" + i))
                            .addAttributes(Requests.attribute("host", value(2))))
                    .addScopeMetrics(scope));
        }
        return request.build();
    }

    private Metric metric(long seconds) {
        Metric.Builder metric = Metric.newBuilder()
                .setName("m." + random.nextInt(20))
                .setUnit(random.nextBoolean() ? "By/s" : "1")
                .setDescription("größer");
        if (random.nextInt(4) == 0) {
            metric.addMetadata(Requests.attribute("prometheus.type", random.nextBoolean() ? "info" : "unknown"));
        }
        AggregationTemporality temporality = AggregationTemporality.forNumber(random.nextInt(3));
        switch (random.nextInt(5)) {
            case 0 ->
                metric.setGauge(
                        Gauge.newBuilder().addDataPoints(number(seconds)).addDataPoints(number(seconds)));
            case 1 ->
                metric.setSum(Sum.newBuilder()
                        .setAggregationTemporality(temporality)
                        .setIsMonotonic(random.nextBoolean())
                        .addDataPoints(number(seconds))
                        .addDataPoints(number(seconds)));
            case 2 ->
                metric.setHistogram(Histogram.newBuilder()
                        .setAggregationTemporality(temporality)
                        .addDataPoints(histogram(seconds)));
            case 3 ->
                metric.setExponentialHistogram(ExponentialHistogram.newBuilder()
                        .setAggregationTemporality(temporality)
                        .addDataPoints(exponential(seconds)));
            default ->
                metric.setSummary(Summary.newBuilder()
                        .addDataPoints(SummaryDataPoint.newBuilder()
                                .setTimeUnixNano(seconds * SECOND)
                                .setCount(4)
                                .setSum(Double.NaN)
                                .addQuantileValues(SummaryDataPoint.ValueAtQuantile.newBuilder()
                                        .setQuantile(random.nextDouble())
                                        .setValue(3))));
        }
        return metric.build();
    }

    private NumberDataPoint.Builder number(long seconds) {
        NumberDataPoint.Builder point = NumberDataPoint.newBuilder()
                .setTimeUnixNano(seconds * SECOND)
                .setStartTimeUnixNano(SECOND)
                .setFlags(random.nextInt(10) == 0 ? 1 : 0)
                .addAttributes(Requests.attribute("k" + random.nextInt(3), value(3)))
                .addExemplars(Exemplar.newBuilder()
                        .setAsInt(-3)
                        .setTimeUnixNano(seconds * SECOND)
                        .setTraceId(ByteString.copyFrom(new byte[16]))
                        .addFilteredAttributes(Requests.attribute("f", value(1))));
        return random.nextBoolean() ? point.setAsDouble(random.nextGaussian()) : point.setAsInt(random.nextLong());
    }

    private HistogramDataPoint.Builder histogram(long seconds) {
        HistogramDataPoint.Builder point = HistogramDataPoint.newBuilder().setTimeUnixNano(seconds * SECOND);
        long count = 0;
        int buckets = random.nextInt(5);
        for (int i = 0; i <= buckets; i++) {
            long in = random.nextInt(5);
            count += in;
            point.addBucketCounts(in);
            if (i < buckets) {
                point.addExplicitBounds(i * 0.3);
            }
        }
        return point.setCount(count).setSum(count * 0.5).setMin(1).setMax(2);
    }

    private ExponentialHistogramDataPoint.Builder exponential(long seconds) {
        ExponentialHistogramDataPoint.Buckets.Builder buckets =
                ExponentialHistogramDataPoint.Buckets.newBuilder().setOffset(random.nextInt(1000) - 500);
        long count = 0;
        for (int i = random.nextInt(50); i >= 0; i--) {
            long in = random.nextInt(3);
            count += in;
            buckets.addBucketCounts(in);
        }
        return ExponentialHistogramDataPoint.newBuilder()
                .setTimeUnixNano(seconds * SECOND)
                .setScale(random.nextInt(20) - 6)
                .setCount(2 * count + 3)
                .setZeroCount(3)
                .setZeroThreshold(random.nextBoolean() ? 0 : random.nextDouble())
                .setSum(1)
                .setPositive(buckets)
                .setNegative(buckets);
    }

    private AnyValue value(int depth) {
        AnyValue.Builder value = AnyValue.newBuilder();
        return switch (random.nextInt(depth == 0 ? 5 : 6)) {
            case 0 -> value.setStringValue("tëxt " + random.nextInt(3)).build();
            case 1 -> value.setBoolValue(random.nextBoolean()).build();
            case 2 -> value.setIntValue(random.nextLong()).build();
            case 3 -> value.setDoubleValue(random.nextDouble()).build();
            case 4 -> value.setBytesValue(ByteString.copyFromUtf8("b")).build();
            default ->
                value.setArrayValue(ArrayValue.newBuilder().addValues(value(depth - 1)))
                        .build();
        };
    }
}

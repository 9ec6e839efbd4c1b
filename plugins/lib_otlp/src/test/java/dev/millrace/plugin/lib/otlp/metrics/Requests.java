package dev.millrace.plugin.lib.otlp.metrics;

import dev.millrace.plugin.lib.otlp.naming.TranslationStrategy;
import dev.millrace.spi.BodyBuffer;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.testing.BareContext;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.metrics.v1.Sum;
import io.opentelemetry.proto.resource.v1.Resource;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Requests made with the official classes, and what becomes of them. */
final class Requests {
    static final long SECOND = 1_000_000_000L;
    static final TranslationSettings DEFAULTS = settings(TranslationStrategy.UNDERSCORE_ESCAPING_WITH_SUFFIXES);

    private Requests() {}

    static TranslationSettings settings(TranslationStrategy strategy) {
        return new TranslationSettings(strategy, true, true, false, Set.of(), Set.of(), false, false, false);
    }

    static MetricTranslator translator(TranslationSettings settings) {
        return new MetricTranslator(settings, new BareContext("service_otlp") {});
    }

    static KeyValue attribute(String key, String value) {
        return attribute(key, AnyValue.newBuilder().setStringValue(value).build());
    }

    static KeyValue attribute(String key, AnyValue value) {
        return KeyValue.newBuilder().setKey(key).setValue(value).build();
    }

    static NumberDataPoint.Builder point(long seconds, double value, KeyValue... attributes) {
        NumberDataPoint.Builder point = NumberDataPoint.newBuilder()
                .setTimeUnixNano(seconds * SECOND)
                .setStartTimeUnixNano(SECOND)
                .setAsDouble(value);
        for (KeyValue attribute : attributes) {
            point.addAttributes(attribute);
        }
        return point;
    }

    static Metric sum(
            String name, AggregationTemporality temporality, boolean monotonic, NumberDataPoint.Builder... points) {
        Sum.Builder sum =
                Sum.newBuilder().setAggregationTemporality(temporality).setIsMonotonic(monotonic);
        for (NumberDataPoint.Builder point : points) {
            sum.addDataPoints(point);
        }
        return Metric.newBuilder().setName(name).setSum(sum).build();
    }

    static ExportMetricsServiceRequest request(Resource resource, Metric... metrics) {
        ScopeMetrics.Builder scope = ScopeMetrics.newBuilder();
        for (Metric metric : metrics) {
            scope.addMetrics(metric);
        }
        return ExportMetricsServiceRequest.newBuilder()
                .addResourceMetrics(
                        ResourceMetrics.newBuilder().setResource(resource).addScopeMetrics(scope))
                .build();
    }

    static ExportMetricsServiceRequest request(Metric... metrics) {
        return request(Resource.getDefaultInstance(), metrics);
    }

    static BodyBuffer body(ExportMetricsServiceRequest request) {
        return BodyBuffer.wrap(request.toByteArray());
    }

    /** The rows of a batch by their labels: value and time. */
    static Map<String, String> rows(MetricBatch batch) {
        Map<String, String> rows = new TreeMap<>();
        for (int row = 0; row < batch.size(); row++) {
            rows.put(
                    text(batch.labels(row)),
                    Double.longBitsToDouble(batch.valueBits(row)) + " @" + batch.timestamp(row));
        }
        return rows;
    }

    static String text(Labels labels) {
        Map<String, String> rest = labels.toMap();
        return rest.remove(Labels.METRIC_NAME) + rest;
    }
}

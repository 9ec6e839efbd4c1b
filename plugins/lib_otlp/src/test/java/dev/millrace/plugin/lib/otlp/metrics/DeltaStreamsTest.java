package dev.millrace.plugin.lib.otlp.metrics;

import static dev.millrace.plugin.lib.otlp.metrics.Requests.SECOND;
import static dev.millrace.plugin.lib.otlp.metrics.Requests.attribute;
import static dev.millrace.plugin.lib.otlp.metrics.Requests.body;
import static dev.millrace.plugin.lib.otlp.metrics.Requests.point;
import static dev.millrace.plugin.lib.otlp.metrics.Requests.request;
import static dev.millrace.plugin.lib.otlp.metrics.Requests.rows;
import static dev.millrace.plugin.lib.otlp.metrics.Requests.sum;
import static io.opentelemetry.proto.metrics.v1.AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.spi.event.Buckets;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.event.NativeHistogram;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogram;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Histogram;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class DeltaStreamsTest {
    private final MetricTranslator translator = Requests.translator(Requests.DEFAULTS);
    private final MemoryStates states = new MemoryStates();
    private Instant now = Instant.ofEpochSecond(1000);
    private DeltaStreams streams = streams(10);

    @Test
    void addsUp() throws Exception {
        assertThat(translate(delta(5, 2)).batch().startTimestamp(0)).isEqualTo(1000);
        Translation second = translate(request(sum(
                "d",
                AGGREGATION_TEMPORALITY_DELTA,
                true,
                point(6, 3, attribute("k", "a")).setStartTimeUnixNano(5 * SECOND),
                point(6, 7, attribute("k", "b")))));
        MetricBatch batch = second.batch();

        assertThat(rows(batch)).isEqualTo(Map.of("d_total{k=a}", "5.0 @6000", "d_total{k=b}", "7.0 @6000"));
        assertThat(batch.startTimestamp(0)).isEqualTo(1000);
    }

    @Test
    void survivesARestart() throws Exception {
        translate(delta(5, 2));
        streams = streams(10);

        assertThat(streams.streams()).isEqualTo(1);
        assertThat(rows(translate(delta(6, 3)).batch())).containsValue("5.0 @6000");
    }

    @Test
    void aRequestThatComesAgainCountsOnce() throws Exception {
        translate(delta(5, 2));

        assertThat(rows(translate(delta(5, 2)).batch())).containsValue("2.0 @5000");
        assertThat(rows(translate(delta(6, 1)).batch())).containsValue("3.0 @6000");
    }

    @Test
    void rejectsWhatIsOldAndTwiceInOneRequest() throws Exception {
        NumberDataPoint.Builder first = point(5, 2);
        Translation twice =
                translate(request(sum("d", AGGREGATION_TEMPORALITY_DELTA, true, first, point(5, 4), point(4, 1))));
        Translation older = translate(request(
                sum("d", AGGREGATION_TEMPORALITY_DELTA, true, point(9, 1).setStartTimeUnixNano(1))));

        assertThat(rows(twice.batch())).containsValue("2.0 @5000");
        assertThat(twice.rejections().counts()).isEqualTo(Map.of(Rejection.OUT_OF_ORDER, 2L));
        assertThat(older.rejections().counts()).isEqualTo(Map.of(Rejection.OLDER_START, 1L));
    }

    @Test
    void hasRoomForSoManyStreams() throws Exception {
        streams = streams(2);
        Translation translation = translate(request(sum(
                "d",
                AGGREGATION_TEMPORALITY_DELTA,
                true,
                point(6, 1, attribute("k", "a")),
                point(6, 1, attribute("k", "b")),
                point(6, 1, attribute("k", "c")))));

        assertThat(translation.rejections().counts()).isEqualTo(Map.of(Rejection.STREAM_LIMIT, 1L));
        assertThat(streams.streams()).isEqualTo(2);
    }

    @Test
    void forgetsWhatDoesNotGoOn() throws Exception {
        translate(delta(5, 2));
        assertThat(streams.sweep()).isFalse();
        now = now.plus(Duration.ofMinutes(6));

        assertThat(streams.sweep()).isTrue();
        assertThat(streams.streams()).isZero();
        assertThat(states.names()).isEmpty();
        assertThat(rows(translate(delta(400, 3)).batch())).containsValue("3.0 @400000");
    }

    @Test
    void addsUpHistograms() throws Exception {
        translate(histogram(5, 1, 2));
        MetricBatch batch = translate(histogram(6, 10, 20)).batch();

        assertThat(rows(batch))
                .isEqualTo(Map.of(
                        "h_sum{}", "3.0 @6000",
                        "h_count{}", "33.0 @6000",
                        "h_bucket{le=1}", "11.0 @6000",
                        "h_bucket{le=+Inf}", "33.0 @6000"));
    }

    @Test
    void addsUpExponentialHistogramsAtTheCoarserScale() throws Exception {
        translate(exponential(5, 1, 0, 1, 2));
        streams = streams(10);
        NativeHistogram sum = translate(exponential(6, 0, 0, 5)).batch().histogram(0);

        assertThat(sum).isNotNull();
        assertThat(sum.schema()).isZero();
        assertThat(sum.count()).isEqualTo(8);
        assertThat(sum.positive()).isEqualTo(new Buckets(new int[] {1}, new int[] {1}, new long[] {8}));
    }

    @Test
    void staysWithinItsBucketsWhereTheyAreFarApart() throws Exception {
        translate(exponential(5, 8, 100_000, 1));
        NativeHistogram sum = translate(exponential(6, 8, -100_000, 1)).batch().histogram(0);

        assertThat(sum).isNotNull();
        assertThat(sum.schema()).isNegative();
        assertThat(sum.count()).isEqualTo(2);
    }

    private Translation translate(ExportMetricsServiceRequest request) throws Exception {
        Translation translation = translator.translate(body(request));
        assertThat(translation.hasDeltas()).isTrue();
        streams.begin();
        translation.addDeltas(streams);
        streams.save();
        return translation;
    }

    private DeltaStreams streams(long most) {
        return new DeltaStreams(states, most, Duration.ofMinutes(5), new Clock() {
            @Override
            public Instant instant() {
                return now;
            }

            @Override
            public ZoneOffset getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(java.time.ZoneId zone) {
                return this;
            }
        });
    }

    private static ExportMetricsServiceRequest delta(long seconds, double value) {
        return request(sum("d", AGGREGATION_TEMPORALITY_DELTA, true, point(seconds, value, attribute("k", "a"))));
    }

    private static ExportMetricsServiceRequest histogram(long seconds, long below, long above) {
        return request(Metric.newBuilder()
                .setName("h")
                .setHistogram(Histogram.newBuilder()
                        .setAggregationTemporality(AGGREGATION_TEMPORALITY_DELTA)
                        .addDataPoints(HistogramDataPoint.newBuilder()
                                .setTimeUnixNano(seconds * SECOND)
                                .addExplicitBounds(1)
                                .addAllBucketCounts(List.of(below, above))
                                .setCount(below + above)
                                .setSum(1.5)))
                .build());
    }

    private static ExportMetricsServiceRequest exponential(long seconds, int scale, int offset, long... counts) {
        ExponentialHistogramDataPoint.Buckets.Builder buckets =
                ExponentialHistogramDataPoint.Buckets.newBuilder().setOffset(offset);
        long all = 0;
        for (long count : counts) {
            buckets.addBucketCounts(count);
            all += count;
        }
        return request(Metric.newBuilder()
                .setName("e")
                .setExponentialHistogram(ExponentialHistogram.newBuilder()
                        .setAggregationTemporality(AGGREGATION_TEMPORALITY_DELTA)
                        .addDataPoints(ExponentialHistogramDataPoint.newBuilder()
                                .setTimeUnixNano(seconds * SECOND)
                                .setScale(scale)
                                .setCount(all)
                                .setSum(1)
                                .setPositive(buckets)))
                .build());
    }

    private static final class MemoryStates implements DeltaStates {
        private final Map<String, byte[]> parts = new HashMap<>();

        @Override
        public Set<String> names() {
            return Set.copyOf(parts.keySet());
        }

        @Override
        public Optional<byte[]> get(String name) {
            return Optional.ofNullable(parts.get(name));
        }

        @Override
        public void set(String name, byte[] part) {
            if (part.length == 0) {
                parts.remove(name);
            } else {
                parts.put(name, part);
            }
        }
    }
}

package dev.millrace.plugin.lib.otlp.metrics;

import static dev.millrace.plugin.lib.otlp.metrics.Requests.attribute;
import static dev.millrace.plugin.lib.otlp.metrics.Requests.point;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.spi.BodyBuffer;
import dev.millrace.spi.Cache;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.testing.AllocatedBytes;
import dev.millrace.spi.testing.BareContext;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToIntBiFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a request takes whose series are known. */
final class AllocationTest {
    private static final int POINTS = 5000;
    /* Columns of labels, time, value, start and metadata, with room to grow, and again at their final size. */
    private static final int BYTES_OF_A_ROW = 150;

    @Test
    void makesNoObjectForAPointOfAKnownSeries() throws Exception {
        MetricTranslator translator = new MetricTranslator(Requests.DEFAULTS, new CachingContext());
        NumberDataPoint.Builder[] points = new NumberDataPoint.Builder[POINTS];
        for (int i = 0; i < POINTS; i++) {
            points[i] = point(7, i, attribute("http.route", "/a/" + i), attribute("http.method", "GET"));
        }
        BodyBuffer request = Requests.body(Requests.request(
                Requests.sum("calls", AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE, true, points)));
        MetricBatch first = translator.translate(request).batch();

        long most = (long) POINTS * BYTES_OF_A_ROW;
        long bytes = AllocatedBytes.leastOf(
                most, () -> assertThat(translator.translate(request).batch()).isNotNull());

        MetricBatch again = translator.translate(request).batch();
        assertThat(again.size()).isEqualTo(POINTS);
        assertThat(again.labels(17)).isSameAs(first.labels(17));
        assertThat(bytes).as("bytes for %d points", POINTS).isLessThanOrEqualTo(most);
    }

    private static final class CachingContext extends BareContext {
        CachingContext() {
            super("service_otlp");
        }

        @Override
        public <K, V> Cache<K, V> cache(String name, ToIntBiFunction<? super K, ? super V> bytes) {
            Map<K, V> kept = new HashMap<>();
            return new Cache<>() {
                @Override
                public V get(K key, Function<? super K, ? extends V> compute) {
                    return kept.computeIfAbsent(key, compute);
                }

                @Override
                public @Nullable V find(K key) {
                    return kept.get(key);
                }

                @Override
                public void keep(K key, V value) {
                    kept.put(key, value);
                }
            };
        }
    }
}

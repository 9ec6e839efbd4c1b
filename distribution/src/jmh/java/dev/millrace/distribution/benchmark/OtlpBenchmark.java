package dev.millrace.distribution.benchmark;

import dev.millrace.core.cache.Caches;
import dev.millrace.distribution.comparison.load.OtlpRequest;
import dev.millrace.plugin.lib.otlp.metrics.MetricTranslator;
import dev.millrace.plugin.lib.otlp.metrics.TranslationSettings;
import dev.millrace.plugin.lib.otlp.naming.TranslationStrategy;
import dev.millrace.spi.BodyBuffer;
import dev.millrace.spi.Cache;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.extension.DecodingException;
import dev.millrace.spi.testing.BareContext;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.ToIntBiFunction;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Requests of OTLP whose series are known, made into batches as by {@code service_otlp}; for one data point. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class OtlpBenchmark {
    private static final int POINTS = 200;
    private static final long TIME = 1_700_000_000_000_000_000L;
    private static final TranslationSettings SETTINGS = new TranslationSettings(
            TranslationStrategy.of("UnderscoreEscapingWithSuffixes"),
            true,
            true,
            false,
            Set.of(),
            Set.of(),
            false,
            false,
            false);

    private final MetricTranslator translator = new MetricTranslator(SETTINGS, new CachingContext());

    /** How many processes have their turns. */
    @Param({"1", "100"})
    int processes;

    private List<BodyBuffer> requests = List.of();
    private int turn;

    /** Makes the series known. */
    @Setup
    public void translateAll() throws DecodingException {
        requests = IntStream.range(0, processes)
                .mapToObj(process -> BodyBuffer.wrap(
                        OtlpRequest.of(POINTS, process, TIME).messageAt(TIME)))
                .toList();
        for (BodyBuffer request : requests) {
            translator.translate(request);
        }
    }

    /** Makes the batch of a request. */
    @Benchmark
    @OperationsPerInvocation(POINTS)
    public MetricBatch translate(Bytes bytes) throws DecodingException {
        BodyBuffer request = requests.get(turn++ % processes);
        bytes.add(request.length());
        return translator.translate(request).batch();
    }

    private static final class CachingContext extends BareContext {
        private final Caches caches = new Caches(256 << 20);

        CachingContext() {
            super("service_otlp");
        }

        @Override
        public <K, V> Cache<K, V> cache(String name, ToIntBiFunction<? super K, ? super V> bytes) {
            return caches.open(bytes);
        }
    }
}

package dev.millrace.distribution.benchmark;

import dev.millrace.plugin.input.prometheus.ScrapedTargets;
import dev.millrace.spi.BodyBuffer;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.extension.Encoded;
import dev.millrace.spi.extension.Encoder;
import dev.millrace.spi.extension.EncodingException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Scraped batches written as the bodies of requests, by {@code ext_default_encoder}; for one sample. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class EncodeBenchmark {
    /** What is written. */
    @Param
    WireVersion version = WireVersion.V1;

    /** How many targets have their turns. */
    @Param({"1", "100"})
    int targets;

    private final BodyBuffer body = new BodyBuffer(1 << 20);
    private Encoder encoder;
    private MetricBatch[] batches = new MetricBatch[0];
    private int turn;

    /** Scrapes each target. */
    @Setup
    public void scrape() throws Exception {
        encoder = WireVersion.encoder();
        ScrapedTargets scraped = new ScrapedTargets(targets);
        batches = new MetricBatch[targets];
        for (int i = 0; i < targets; i++) {
            batches[i] = scraped.next();
        }
    }

    /** Writes the body of a request. */
    @Benchmark
    @OperationsPerInvocation(ScrapedTargets.SERIES)
    public Encoded encode(Bytes bytes) throws EncodingException {
        body.clear();
        Encoded encoded = version.encode(encoder, batches[turn++ % targets], body);
        bytes.add(body.length());
        return encoded;
    }
}

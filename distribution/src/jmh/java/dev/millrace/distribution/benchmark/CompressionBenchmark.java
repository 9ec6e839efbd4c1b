package dev.millrace.distribution.benchmark;

import dev.millrace.core.compression.Codecs;
import dev.millrace.plugin.input.prometheus.ScrapedTargets;
import dev.millrace.spi.BodyBuffer;
import dev.millrace.spi.Compression;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Bodies of requests compressed by the host; for one sample. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CompressionBenchmark {
    /** What the body is. */
    @Param
    WireVersion version = WireVersion.V1;

    /** What it is made into. */
    @Param({"snappy", "zstd"})
    String codec = "";

    private final Compression compression = new Codecs();
    private final BodyBuffer body = new BodyBuffer(1 << 20);
    private final BodyBuffer compressed = new BodyBuffer(1 << 20);

    /** The bytes that came of it, which JMH reports as nanoseconds for a byte. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    public static class Compressed {
        /** The sum of all invocations. */
        public long compressed;
    }

    /** Writes the body of a request. */
    @Setup
    public void encode() throws Exception {
        version.encode(WireVersion.encoder(), new ScrapedTargets(1).next(), body);
    }

    /** Compresses a body. */
    @Benchmark
    @OperationsPerInvocation(ScrapedTargets.SERIES)
    public int compress(Bytes bytes, Compressed written) {
        compressed.clear();
        compression.compress(codec, body, compressed);
        bytes.add(body.length());
        written.compressed += compressed.length();
        return compressed.length();
    }
}

package dev.millrace.distribution.benchmark;

import dev.millrace.plugin.ext.decoder.DefaultDecoderFactory;
import dev.millrace.plugin.input.prometheus.ScrapedTargets;
import dev.millrace.spi.BodyBuffer;
import dev.millrace.spi.event.EventBatch;
import dev.millrace.spi.extension.Decoder;
import dev.millrace.spi.extension.DecodingException;
import dev.millrace.spi.extension.Encoded;
import dev.millrace.spi.http.HttpHeaders;
import dev.millrace.spi.testing.PluginLife;
import java.util.List;
import java.util.Map;
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

/** Bodies of requests read into batches, by {@code ext_default_decoder}; for one sample. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class DecodeBenchmark {
    /** What is read. */
    @Param
    WireVersion version = WireVersion.V1;

    private final BodyBuffer body = new BodyBuffer(1 << 20);
    private Decoder decoder;
    private HttpHeaders headers = HttpHeaders.EMPTY;

    /** Writes the body of a request. */
    @Setup
    public void encode() throws Exception {
        decoder = PluginLife.create(new DefaultDecoderFactory(), Map.of()).component();
        Encoded encoded = version.encode(WireVersion.encoder(), new ScrapedTargets(1).next(), body);
        headers = HttpHeaders.of("Content-Type", encoded.contentType());
    }

    /** Reads a body. */
    @Benchmark
    @OperationsPerInvocation(ScrapedTargets.SERIES)
    public List<EventBatch> decode(Bytes bytes) throws DecodingException {
        bytes.add(body.length());
        return decoder.decode("prometheus", headers, body);
    }
}

package dev.millrace.plugin.input.prometheus;

import dev.millrace.distribution.benchmark.Bytes;
import dev.millrace.spi.BodyBuffer;
import dev.millrace.spi.event.MetricBatch;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
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

/** A scraped page made into a batch, beside a loop that only looks at the bytes of the page; for one sample. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ParseBenchmark {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long LINE_ENDS = 0x0a0a0a0a0a0a0a0aL;
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHEST = 0x8080808080808080L;

    private final BodyBuffer page = new ScrapedTargets(1).page();

    /** Targets that have their turns. */
    @State(Scope.Benchmark)
    public static class Turns {
        /** How many there are. */
        @Param({"1", "100"})
        int targets;

        /** How many series of a page the page before did not have. */
        @Param({"0", "1", "1000"})
        int fresh;

        private ScrapedTargets scraped;

        /** Makes targets that are known. */
        @Setup
        public void scrape() {
            scraped = new ScrapedTargets(targets, fresh);
        }
    }

    /** Makes the batch of a page. */
    @Benchmark
    @OperationsPerInvocation(ScrapedTargets.SERIES)
    public MetricBatch parse(Turns turns, Bytes bytes) {
        bytes.add(turns.scraped.page().length());
        return turns.scraped.next();
    }

    /** Finds the ends of lines in a page, and hashes its bytes. */
    @Benchmark
    @OperationsPerInvocation(ScrapedTargets.SERIES)
    public long limit(Bytes bytes) {
        bytes.add(page.length());
        return scan(page.array(), page.length());
    }

    private static long scan(byte[] page, int length) {
        long hash = 0;
        int lines = 0;
        for (int at = 0; at + Long.BYTES <= length; at += Long.BYTES) {
            long word = (long) LONG.get(page, at);
            hash = (hash ^ word) * 0x9E3779B97F4A7C15L;
            long difference = word ^ LINE_ENDS; // a byte that is zero here ends a line
            lines += Long.bitCount((difference - ONES) & ~difference & HIGHEST);
        }
        return hash + lines;
    }
}

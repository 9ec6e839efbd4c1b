package dev.millrace.core.journal;

import dev.millrace.distribution.benchmark.Bytes;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Scraped batches appended to a journal and committed, beside a file that is written with a checksum; for one sample. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class JournalAppendBenchmark {
    /** Whether each commit is forced to the device, or only written. */
    @Param({"WRITE", "FSYNC"})
    Durability durability = Durability.WRITE;

    private ScrapedJournal journal;
    private PlainFile file;
    private long bytesOfCommit;

    /** Opens the journal, and knows all series. */
    @Setup
    public void open() throws IOException {
        journal = new ScrapedJournal(durability);
        for (int i = 0; i < 1000; i++) {
            journal.commit();
        }
        bytesOfCommit = journal.bytesOfCommit();
        file = new PlainFile(durability == Durability.FSYNC);
    }

    /** Appends four batches and commits them: the work of the caller and of the journal's thread. */
    @Benchmark
    @OperationsPerInvocation(ScrapedJournal.SAMPLES)
    public void append(Bytes bytes) {
        journal.commit();
        bytes.add(bytesOfCommit);
    }

    /** Writes as many bytes as they are. */
    @Benchmark
    @OperationsPerInvocation(ScrapedJournal.SAMPLES)
    public long limit(Bytes bytes) throws IOException {
        bytes.add(bytesOfCommit);
        return file.append((int) bytesOfCommit);
    }

    /** Makes room on the disk. */
    @TearDown(Level.Iteration)
    public void trim() throws IOException {
        journal.trim();
    }

    /** Deletes all. */
    @TearDown
    public void close() throws IOException {
        journal.close();
        file.close();
    }
}

package dev.millrace.core.journal;

import dev.millrace.distribution.benchmark.Bytes;
import dev.millrace.plugin.input.prometheus.ScrapedTargets;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Batches read back from segments, beside a file that is read and checked against a checksum; for one sample. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class JournalReadBenchmark {
    private static final int COMMITS = 2000;

    private ScrapedJournal journal;
    private JournalReader reader;
    private PlainFile file;
    private int bytesOfBatch;

    /** Writes a journal and a file. */
    @Setup
    public void write() throws IOException {
        journal = new ScrapedJournal(Durability.WRITE);
        for (int i = 0; i < COMMITS; i++) {
            journal.commit();
        }
        bytesOfBatch = (int) journal.bytesOfCommit() / ScrapedJournal.GROUP;
        journal.reopen();
        reader = journal.reader();
        file = new PlainFile(false);
        for (int i = 0; i < COMMITS * ScrapedJournal.GROUP; i++) {
            file.append(bytesOfBatch);
        }
    }

    /** Reads the next batch; behind the last comes the first, with its dictionary. */
    @Benchmark
    @OperationsPerInvocation(ScrapedTargets.SERIES)
    public JournalReader.Entry read(Bytes bytes) throws IOException {
        bytes.add(bytesOfBatch);
        JournalReader.Entry entry = reader.next();
        if (entry == null) {
            reader.close();
            reader = journal.reader();
            entry = reader.next();
        }
        return entry;
    }

    /** Reads as many bytes as a batch has. */
    @Benchmark
    @OperationsPerInvocation(ScrapedTargets.SERIES)
    public long limit(Bytes bytes) throws IOException {
        bytes.add(bytesOfBatch);
        return file.read(bytesOfBatch);
    }

    /** Deletes all. */
    @TearDown
    public void close() throws IOException {
        reader.close();
        journal.close();
        file.close();
    }
}

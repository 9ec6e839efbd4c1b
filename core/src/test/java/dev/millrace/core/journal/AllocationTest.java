package dev.millrace.core.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.testing.AllocatedBytes;
import dev.millrace.spi.testing.SampleBatches;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Series that the segment knows are written without an allocation, and read into the columns of a batch alone. */
final class AllocationTest {
    private static final int SAMPLES = 1000;

    /** A commit, or a batch that is read, however many rows it has. */
    private static final int ONCE = 4_000;

    /** Labels, timestamps, values and metadata of a batch. */
    private static final int COLUMNS = 4 + 8 + 8 + 4;

    private static final int BATCHES = 100;

    private final MetricBatch batch = SampleBatches.scraped(SAMPLES);
    private final SteppedTurns turns = new SteppedTurns();
    private Journal journal;

    @TempDir
    Path folder;

    @BeforeEach
    void open() throws Exception {
        journal = turns.open(
                folder.resolve("journal"),
                FileAccess.real(),
                JournalSettings.DEFAULT.withDurability(Durability.WRITE),
                new TailBuffer(1),
                JournalEvents.NONE,
                0);
    }

    @AfterEach
    void close() throws Exception {
        journal.close();
    }

    @Test
    void makesNoObjectForASampleThatItAppends() throws Exception {
        long bytes = AllocatedBytes.leastOf(ONCE, this::commit);

        assertThat(bytes).as("bytes for %d samples", SAMPLES).isLessThanOrEqualTo(ONCE);
    }

    @Test
    void makesNoObjectForASampleThatItReads() throws Exception {
        long most = SAMPLES * COLUMNS + ONCE;
        for (int i = 0; i < BATCHES; i++) {
            commit();
        }
        Reading reading = new Reading();

        long bytes = AllocatedBytes.leastOf(most, reading::next);
        reading.reader.close();

        assertThat(bytes).as("bytes for %d samples", SAMPLES).isLessThanOrEqualTo(most);
    }

    private void commit() {
        Answers answer = new Answers();
        journal.append(batch, answer);
        turns.step();
        assertThat(answer.isCommitted()).isTrue();
    }

    /** From the first batch to the last, again and again. */
    private final class Reading {
        private JournalReader reader = journal.reader(0);

        void next() throws Exception {
            if (reader.next() == null) {
                reader.close();
                reader = journal.reader(0);
                reader.next();
            }
        }
    }
}

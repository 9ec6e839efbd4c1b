package dev.millrace.core.journal;

import dev.millrace.spi.event.EventBatch;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.event.MetricBatchBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** A journal on files that can fail, and what was appended to it. */
final class JournalFixture implements AutoCloseable {
    static final Path FOLDER = Path.of("/journal");
    static final JournalSettings SETTINGS =
            JournalSettings.DEFAULT.withTimes(Duration.ofMillis(1), Duration.ofMillis(5));

    final RecordedEvents events = new RecordedEvents();
    final NavigableMap<Long, List<Object>> acknowledged = new TreeMap<>();
    final FileAccess files;
    final Journal journal;

    JournalFixture(FileAccess files, JournalSettings settings) throws IOException {
        this.files = files;
        this.journal = Journal.open(FOLDER, files, settings, new TailBuffer(1), events);
    }

    JournalFixture(FileAccess files) throws IOException {
        this(files, SETTINGS);
    }

    /** Appends a batch and waits; true where it was committed. */
    boolean append(EventBatch batch) {
        long item = journal.end();
        Answers answer = new Answers();
        journal.append(batch, answer);
        if (answer.isCommitted()) {
            acknowledged.put(item, Rows.of(batch));
            return true;
        }
        return false;
    }

    /** Appends batches and states of components that count together, and waits; true where they were committed. */
    boolean append(List<EventBatch> batches, Map<String, byte[]> states) {
        Answers answer = new Answers();
        journal.append(batches, states, answer);
        return answer.isCommitted();
    }

    /** Appends {@code count} batches that are committed. */
    void fill(RandomBatches batches, int count) {
        for (int i = 0; i < count; i++) {
            if (!append(batches.next())) {
                throw new AssertionError("refused");
            }
        }
    }

    NavigableMap<Long, List<Object>> read() throws IOException {
        try (JournalReader reader = journal.reader(0)) {
            return Rows.read(reader);
        }
    }

    /** {@code rows} samples of as many series, all of them at {@code timestamp}. */
    static MetricBatch samples(int rows, long timestamp) {
        MetricBatchBuilder builder = MetricBatch.builder(rows);
        for (int row = 0; row < rows; row++) {
            builder.add(
                    Labels.of("__name__", "up", "row", "r" + row), timestamp, Double.doubleToRawLongBits(row + 0.1));
        }
        return builder.build();
    }

    @Override
    public void close() throws IOException {
        journal.close();
    }
}

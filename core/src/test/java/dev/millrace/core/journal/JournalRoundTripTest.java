package dev.millrace.core.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.core.journal.JournalReader.Entry;
import dev.millrace.spi.event.EventBatch;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JournalRoundTripTest {
    /* Segments end after some 30 KB of descriptions; nothing is forced. */
    private static final JournalSettings SETTINGS = new JournalSettings(
            Durability.MEMORY,
            1L << 30,
            100_000,
            1L << 30,
            30_000,
            1L << 30,
            Duration.ofMillis(200),
            Duration.ofMillis(10));

    @TempDir
    Path folder;

    private final RecordedEvents events = new RecordedEvents();

    private Journal open(long tailBytes) throws IOException {
        return Journal.open(folder, FileAccess.real(), SETTINGS, new TailBuffer(tailBytes), events);
    }

    private static NavigableMap<Long, List<Object>> fill(Journal journal, RandomBatches batches, int count) {
        NavigableMap<Long, List<Object>> expected = new TreeMap<>();
        List<Answers> answers = new ArrayList<>();
        long item = journal.end();
        for (int i = 0; i < count; i++) {
            EventBatch batch = batches.next();
            expected.put(item, Rows.of(batch));
            item += batch.size();
            Answers answer = new Answers(batches.random().nextInt(4) == 0 || i % 25 == 24 || i == count - 1);
            journal.append(batch, answer);
            answers.add(answer);
            if (i % 25 == 24) {
                answer.await();
            }
        }
        assertThat(answers).allMatch(Answers::isCommitted);
        assertThat(journal.end()).isEqualTo(item);
        return expected;
    }

    @Test
    void readsWhatWasAppendedFromMemoryAndFromSegments() throws IOException {
        RandomBatches batches = new RandomBatches();
        NavigableMap<Long, List<Object>> expected;
        try (Journal journal = open(1 << 30)) {
            expected = fill(journal, batches, 400);
            try (JournalReader memory = journal.reader(0)) {
                assertThat(Rows.read(memory)).isEqualTo(expected);
            }
            try (SegmentsOnly segments = new SegmentsOnly(journal)) {
                assertThat(Rows.read(segments.reader)).isEqualTo(expected);
            }
        }
        try (Journal journal = open(1)) {
            assertThat(Rows.read(journal.reader(0))).isEqualTo(expected);
            assertThat(journal.statistics().segments()).isGreaterThan(3);
            expected.putAll(fill(journal, batches, 50));
            assertThat(Rows.read(journal.reader(0))).isEqualTo(expected);
        }
        assertThat(events.messages).isEmpty();
        assertThat(events.failures).isEmpty();
    }

    /** The same journal seen by another one, which has nothing in memory. */
    private final class SegmentsOnly implements AutoCloseable {
        final JournalReader reader;

        SegmentsOnly(Journal journal) throws IOException {
            DamagedBytes damaged = new DamagedBytes(FileAccess.real(), folder);
            List<Segment> segments = new Recovery(FileAccess.real(), folder, events, damaged)
                    .open(false)
                    .segments();
            reader = new LogReader(
                    new Log(
                            FileAccess.real(),
                            new TailBuffer(1).section(),
                            new Damages(events, damaged),
                            segments,
                            journal.end()),
                    0);
        }

        @Override
        public void close() throws IOException {
            reader.close();
        }
    }

    @Test
    void beginsInTheMiddleOfEveryBatch() throws IOException {
        RandomBatches batches = new RandomBatches();
        try (Journal journal = open(1)) {
            NavigableMap<Long, List<Object>> expected = fill(journal, batches, 200);
            for (int i = 0; i < 60; i++) {
                long item = batches.random().nextLong(journal.end());
                try (JournalReader reader = journal.reader(item)) {
                    Entry entry = reader.next();
                    assertThat(entry.firstItem()).isEqualTo(expected.floorKey(item));
                    assertThat(Rows.of(entry.batch())).isEqualTo(expected.get(entry.firstItem()));
                    assertThat(reader.position()).isEqualTo(entry.end());
                    assertThat(Rows.read(reader))
                            .isEqualTo(expected.tailMap(item + 1, true).tailMap(entry.end(), true));
                }
            }
        }
        assertThat(events.messages).isEmpty();
    }

    @Test
    void followsTheEndWhileOthersAppend() throws Exception {
        RandomBatches batches = new RandomBatches();
        try (Journal journal = open(50_000)) {
            NavigableMap<Long, List<Object>> found = new TreeMap<>();
            Thread follower = new Thread(() -> {
                try (JournalReader reader = journal.reader(0)) {
                    Object signal = new Object();
                    boolean[] more = {true};
                    Subscription subscription = journal.onCommit(() -> {
                        synchronized (signal) {
                            more[0] = true;
                            signal.notifyAll();
                        }
                    });
                    while (found.size() < 500) {
                        found.putAll(Rows.read(reader));
                        synchronized (signal) {
                            while (!more[0] && found.size() < 500) {
                                signal.wait();
                            }
                            more[0] = false;
                        }
                    }
                    subscription.close();
                } catch (IOException | InterruptedException e) {
                    throw new AssertionError(e);
                }
            });
            follower.start();
            NavigableMap<Long, List<Object>> expected = new TreeMap<>();
            for (int i = 0; i < 50; i++) {
                expected.putAll(fill(journal, batches, 10));
            }
            follower.join(20_000);
            assertThat(follower.isAlive()).isFalse();
            assertThat(found).isEqualTo(expected);
        }
        assertThat(events.messages).isEmpty();
    }
}

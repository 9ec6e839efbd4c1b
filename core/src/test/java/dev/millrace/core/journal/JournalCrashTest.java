package dev.millrace.core.journal;

import static dev.millrace.core.journal.JournalFixture.FOLDER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.spi.event.EventBatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first promise: what was acknowledged is kept. */
final class JournalCrashTest {
    @TempDir
    Path temporary;

    /* Several lives of one journal, each of which ends with a crash somewhere in the middle of a write. */
    @Test
    void keepsWhatWasAcknowledgedThroughKillsAndLossesOfPower() throws IOException {
        RandomBatches batches = new RandomBatches();
        Random random = batches.random();
        for (int round = 0; round < 30; round++) {
            FaultyFiles files = new FaultyFiles();
            TreeMap<Long, List<Object>> acknowledged = new TreeMap<>();
            TreeMap<Long, Long> ends = new TreeMap<>();
            for (int life = 0; life < 6; life++) {
                boolean power = random.nextBoolean();
                JournalFixture crashed = live(files, batches, acknowledged, ends);
                files = power ? files.afterPowerLoss(random) : files.afterKill();
                bury(crashed);
                try (JournalFixture next = new JournalFixture(files, settings())) {
                    NavigableMap<Long, List<Object>> found = next.read();
                    assertThat(found).containsAllEntriesOf(acknowledged);
                    long end = ends.isEmpty() ? 0 : ends.lastEntry().getValue();
                    assertThat(next.journal.end()).isGreaterThanOrEqualTo(end);
                    assertThat(next.journal.cursor("a").state().lowest()).isLessThanOrEqualTo(next.journal.end());
                    assertThat(next.events.messages.toString()).doesNotContain("cursor lost");
                }
                assertThat(files.violations()).isEmpty();
            }
        }
    }

    private static JournalSettings settings() {
        return JournalFixture.SETTINGS.withSegmentBytes(2000);
    }

    private static JournalFixture live(
            FaultyFiles files,
            RandomBatches batches,
            Map<Long, List<Object>> acknowledged,
            NavigableMap<Long, Long> ends)
            throws IOException {
        Random random = batches.random();
        JournalFixture fixture = new JournalFixture(files, settings());
        Cursor cursor = fixture.journal.cursor("a");
        files.dieAfter(random.nextInt(60_000));
        if (random.nextInt(3) == 0) {
            files.failForces(random.nextInt(3));
        }
        if (random.nextInt(3) == 0) {
            files.failWrites(random.nextInt(3));
        }
        for (int i = 0; i < 12; i++) {
            EventBatch batch = batches.metrics(1 + random.nextInt(200), random.nextInt(16));
            Answers answer = new Answers(random.nextInt(3) != 0);
            long before = fixture.journal.end();
            fixture.journal.append(batch, answer);
            if (answer.isCommitted()) {
                acknowledged.put(before, Rows.of(batch));
                ends.put(before, before + batch.size());
                try {
                    if (random.nextInt(4) == 0) {
                        cursor.force();
                    } else {
                        cursor.store(CursorTest.at(before));
                    }
                } catch (IOException e) {
                    assertThat(e.getMessage()).matches(".*(error|dead).*");
                }
            }
        }
        return fixture;
    }

    /* Only so that its thread ends. */
    private static void bury(JournalFixture crashed) {
        try {
            crashed.close();
        } catch (IOException e) {
            assertThat(e).hasMessage("the process is dead");
        }
    }

    @Test
    void keepsWhatWasAcknowledgedOnRealFiles() throws IOException {
        RandomBatches batches = new RandomBatches();
        Path folder = temporary.resolve("journal");
        TreeMap<Long, List<Object>> acknowledged = new TreeMap<>();
        for (int life = 0; life < 5; life++) {
            Journal journal = Journal.open(
                    folder, FileAccess.real(), JournalSettings.DEFAULT, new TailBuffer(1 << 20), JournalEvents.NONE);
            try (JournalReader reader = journal.reader(0)) {
                assertThat(Rows.read(reader)).containsAllEntriesOf(acknowledged);
            }
            for (int i = 0; i < 10; i++) {
                EventBatch batch = batches.next();
                long item = journal.end();
                Answers answer = new Answers();
                journal.append(batch, answer);
                assertThat(answer.isCommitted()).isTrue();
                acknowledged.put(item, Rows.of(batch));
            }
            Path copy = temporary.resolve("life-" + life);
            copyAsAfterACrash(folder, copy, batches.random());
            journal.close();
            folder = copy;
        }
    }

    /* What was written is there, and the last segment ends in the middle of a write. */
    private static void copyAsAfterACrash(Path from, Path to, Random random) throws IOException {
        Files.createDirectories(to);
        List<Path> files;
        try (Stream<Path> listed = Files.list(from)) {
            files = listed.filter(Files::isRegularFile).sorted().toList();
        }
        for (Path file : files) {
            Files.copy(file, to.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
        }
        Path last = to.resolve(files.get(files.size() - 1).getFileName());
        byte[] torn = new byte[random.nextInt(2000)];
        random.nextBytes(torn);
        byte[] header = Files.readAllBytes(last);
        System.arraycopy(header, 0, torn, 0, Math.min(torn.length, RecordHeader.SIZE - 1));
        Files.write(last, torn, StandardOpenOption.APPEND);
    }

    @Test
    void laterSegmentsWinWhereNumbersOverlap() throws IOException {
        FaultyFiles files = new FaultyFiles();
        try (JournalFixture fixture = new JournalFixture(files)) {
            fixture.append(JournalFixture.samples(3, 1));
            files.failForces(2);
            assertThat(fixture.append(JournalFixture.samples(5, 2))).isFalse();
            while (!fixture.append(JournalFixture.samples(2, 3))) {
                Thread.onSpinWait();
            }
            assertThat(files.list(FOLDER)).hasSize(2);
            try (JournalFixture next = new JournalFixture(files.afterKill())) {
                assertThat(next.read()).isEqualTo(fixture.acknowledged);
                assertThat(next.journal.end()).isEqualTo(5);
            }
        }
    }
}

package dev.millrace.core.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What each durability survives, on a disk that loses what was not forced. */
final class DurabilityLevelsTest {
    private static final int ROUNDS = 20;
    private static final int BATCHES = 40;

    @TempDir
    Path temporary;

    private final Random random = new Random(seed());

    private static long seed() {
        long seed = Long.getLong("millrace.seed", System.nanoTime());
        System.out.println("seed: " + seed + " (repeat with -Dmillrace.seed=" + seed + ")");
        return seed;
    }

    @Test
    void fsyncKeepsWhatWasAcknowledgedThroughALossOfPower() throws IOException {
        for (int round = 0; round < ROUNDS; round++) {
            FaultyFiles files = new FaultyFiles();
            NavigableMap<Long, List<Object>> acknowledged = filled(files, Durability.FSYNC);
            assertThat(read(files.afterPowerLoss(random), Durability.FSYNC)).containsAllEntriesOf(acknowledged);
        }
    }

    @Test
    void writeKeepsThroughAKillAndOpensAfterALossOfPower() throws IOException {
        int lost = 0;
        for (int round = 0; round < ROUNDS; round++) {
            FaultyFiles files = new FaultyFiles();
            NavigableMap<Long, List<Object>> acknowledged = filled(files, Durability.WRITE);
            assertThat(read(files.afterKill(), Durability.WRITE)).containsAllEntriesOf(acknowledged);

            NavigableMap<Long, List<Object>> found = read(files.afterPowerLoss(random), Durability.WRITE);
            Set<Object> appended = new HashSet<>();
            acknowledged.values().forEach(appended::addAll);
            assertThat(found.values()).allSatisfy(rows -> assertThat(appended).containsAll(rows));
            lost += found.equals(acknowledged) ? 0 : 1;
        }
        assertThat(lost).as("rounds in which a loss of power cost something").isPositive();
    }

    @Test
    void writeForcesNoCommit() throws IOException {
        FaultyFiles files = new FaultyFiles();
        try (JournalFixture fixture = open(files, Durability.WRITE)) {
            assertThat(fixture.append(JournalFixture.samples(1, 0))).isTrue();
            int before = files.forces();
            for (int push = 1; push <= 20; push++) {
                assertThat(fixture.append(JournalFixture.samples(1, push))).isTrue();
            }
            assertThat(files.forces()).isEqualTo(before);
        }
    }

    @Test
    void memoryTouchesNoDisk() throws IOException {
        Path folder = temporary.resolve("journal");
        Answers answer = new Answers();
        try (Journal journal = Journal.open(
                folder,
                FileAccess.memory(1 << 20),
                JournalSettings.DEFAULT.withDurability(Durability.MEMORY),
                new TailBuffer(1),
                JournalEvents.NONE)) {
            journal.append(JournalFixture.samples(3, 1), answer);
            assertThat(answer.isCommitted()).isTrue();
            try (JournalReader reader = journal.reader(0)) {
                assertThat(Rows.read(reader)).containsExactly(Map.entry(0L, Rows.of(JournalFixture.samples(3, 1))));
            }
        }
        assertThat(temporary).isEmptyDirectory();
    }

    /** What was acknowledged of some batches; the journal is left as a crash leaves it. */
    private NavigableMap<Long, List<Object>> filled(FaultyFiles files, Durability durability) throws IOException {
        JournalFixture fixture = open(files, durability);
        for (int batch = 0; batch < BATCHES; batch++) {
            assertThat(fixture.append(JournalFixture.samples(1 + random.nextInt(50), batch)))
                    .isTrue();
        }
        NavigableMap<Long, List<Object>> acknowledged = fixture.acknowledged;
        files.dieAfter(0);
        files.dieAtForce(0);
        try {
            fixture.close(); // only so that its thread ends
        } catch (IOException e) {
            assertThat(e).hasMessage("the process is dead");
        }
        return acknowledged;
    }

    private static NavigableMap<Long, List<Object>> read(FaultyFiles files, Durability durability) throws IOException {
        try (JournalFixture fixture = open(files, durability)) {
            return fixture.read();
        }
    }

    private static JournalFixture open(FaultyFiles files, Durability durability) throws IOException {
        return new JournalFixture(
                files, JournalFixture.SETTINGS.withDurability(durability).withSegmentBytes(4000));
    }
}

package dev.millrace.core.journal;

import static dev.millrace.core.journal.JournalFixture.FOLDER;
import static dev.millrace.core.journal.JournalFixture.samples;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.spi.event.EventBatch;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.event.MetricBatchBuilder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The state of components: there with the output that it belongs to, or neither is. */
final class JournalStateTest {
    private final Random random = new RandomBatches().random();

    /* The component numbers its outputs, and its state is the last number; every row of an output has it as its time. */
    private final Map<Long, Integer> rows = new HashMap<>();
    private final TreeSet<Long> acknowledged = new TreeSet<>();
    private long number;

    @Test
    void stateAndOutputSurviveTogetherOrNotAtAll() throws IOException {
        survive(settings(), 40);
    }

    /* Of what was not forced any part is there, of any group. */
    @Test
    void atWriteStateAndOutputSurviveTogetherOrNotAtAllToo() throws IOException {
        survive(settings().withDurability(Durability.WRITE), 60);
    }

    private void survive(JournalSettings settings, int rounds) throws IOException {
        for (int round = 0; round < rounds; round++) {
            rows.clear();
            acknowledged.clear();
            number = 0;
            FaultyFiles files = new FaultyFiles();
            for (int life = 0; life < 6; life++) {
                JournalFixture crashed = live(files, settings);
                boolean kill = random.nextInt(4) == 0;
                files = kill ? files.afterKill() : files.afterPowerLoss(random);
                bury(crashed);
                if (!kill && settings.durability() == Durability.WRITE) {
                    acknowledged.clear();
                }
                try (JournalFixture next = new JournalFixture(files, settings)) {
                    check(next);
                }
                assertThat(files.violations()).isEmpty();
            }
        }
    }

    private static JournalSettings settings() {
        return JournalFixture.SETTINGS.withSegmentBytes(6000);
    }

    private JournalFixture live(FaultyFiles files, JournalSettings settings) throws IOException {
        JournalFixture fixture = new JournalFixture(files, settings);
        if (random.nextBoolean()) {
            files.dieAtForce(random.nextInt(12));
        } else {
            files.dieAfter(random.nextInt(80_000));
        }
        if (random.nextInt(3) == 0) {
            files.failForces(random.nextInt(3));
        }
        if (random.nextInt(3) == 0) {
            files.failWrites(random.nextInt(3));
        }
        for (int group = 0; group < 8; group++) {
            Map<Long, Answers> answers = new TreeMap<>();
            for (int i = random.nextInt(5); i >= 0; i--) {
                if (random.nextBoolean()) {
                    fixture.journal.append(batch(1 + random.nextInt(60), 0), new Answers(false));
                }
                number++;
                List<EventBatch> output = new ArrayList<>();
                for (int parts = random.nextInt(3); parts >= 0; parts--) {
                    output.add(batch(1 + random.nextInt(60), number));
                }
                rows.put(number, output.stream().mapToInt(EventBatch::size).sum());
                Answers answer = new Answers(false);
                answers.put(number, answer);
                fixture.journal.append(output, Map.of("counter", bytes(number), "other", bytes(-number)), answer);
            }
            answers.forEach((output, answer) -> {
                if (answer.isCommitted()) {
                    acknowledged.add(output);
                }
            });
        }
        return fixture;
    }

    private MetricBatch batch(int size, long time) {
        MetricBatchBuilder builder = MetricBatch.builder(size);
        for (int row = 0; row < size; row++) {
            builder.add(Labels.of("__name__", "m", "n", "n" + random.nextInt(200), "row", "r" + row), time, row);
        }
        return builder.build();
    }

    private void check(JournalFixture found) throws IOException {
        Map<Long, Integer> read = new HashMap<>();
        try (JournalReader reader = found.journal.reader(0)) {
            for (JournalReader.Entry entry = reader.next(); entry != null; entry = reader.next()) {
                MetricBatch batch = (MetricBatch) entry.batch();
                read.merge(batch.timestamp(0), batch.size(), Integer::sum);
            }
        }
        read.remove(0L);
        assertThat(read.keySet()).containsAll(acknowledged);
        read.forEach((output, size) -> assertThat(size).as("output %d", output).isEqualTo(rows.get(output)));
        long newest = read.keySet().stream().mapToLong(Long::longValue).max().orElse(0);
        assertThat(state(found, "counter"))
                .as("read %s", new TreeSet<>(read.keySet()))
                .isEqualTo(newest);
        assertThat(state(found, "other")).isEqualTo(-newest);
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
    void isCarriedForwardSoThatOldSegmentsCanGo() throws IOException {
        FaultyFiles files = new FaultyFiles();
        JournalFixture fixture = new JournalFixture(files, settings());
        Cursor cursor = fixture.journal.cursor("a");
        assertThat(append(fixture, "window", bytes(7))).isTrue();
        for (int i = 0; i < 100; i++) {
            assertThat(fixture.append(samples(50, i))).isTrue();
        }
        cursor.store(CursorTest.at(fixture.journal.end()));
        fixture.journal.trim();
        assertThat(fixture.journal.statistics().segments()).isEqualTo(1);
        FaultyFiles killed = files.afterKill();
        FaultyFiles powerless = files.afterPowerLoss(random);
        fixture.close();
        for (FaultyFiles next : List.of(files, killed, powerless)) {
            try (JournalFixture reopened = new JournalFixture(next, settings())) {
                assertThat(state(reopened, "window")).isEqualTo(7);
            }
        }
    }

    @Test
    void changesWithoutOutput() throws IOException {
        FaultyFiles files = new FaultyFiles();
        try (JournalFixture fixture = new JournalFixture(files)) {
            fixture.append(samples(3, 1));
            assertThat(append(fixture, "a", bytes(1))).isTrue();
            assertThat(append(fixture, "b", bytes(2))).isTrue();
            assertThat(append(fixture, "a", new byte[0])).isTrue();
            assertThat(fixture.journal.end()).isEqualTo(3);
            assertThat(fixture.journal.componentsWithState()).containsExactly("b");
        }
        for (FaultyFiles next : List.of(files, files.afterKill())) {
            try (JournalFixture reopened = new JournalFixture(next)) {
                assertThat(reopened.journal.componentsWithState()).containsExactly("b");
                assertThat(reopened.read()).hasSize(1);
                assertThat(reopened.events.messages).isEmpty();
            }
        }
    }

    /* A crash has left the name of the last segment, which tells nothing. */
    @Test
    void isToldByASegmentThatStaysUntilANewOneTellsIt() throws IOException {
        FaultyFiles files = new FaultyFiles();
        JournalFixture fixture = new JournalFixture(files);
        fixture.journal.cursor("f");
        fixture.append(samples(3, 1));
        assertThat(append(fixture, "a", bytes(5))).isTrue();
        FaultyFiles torn = files.afterKill();
        fixture.close();
        torn.put(FOLDER.resolve("00000000000000000003.seg"), new byte[0]);
        try (JournalFixture reopened = new JournalFixture(torn)) {
            assertThat(state(reopened, "a")).isEqualTo(5);
            reopened.journal.cursor("f").store(CursorTest.at(3));
            reopened.journal.trim();
        }
        try (JournalFixture reopened = new JournalFixture(torn)) {
            assertThat(state(reopened, "a")).isEqualTo(5);
            assertThat(reopened.append(samples(1, 2))).isTrue();
            reopened.journal.cursor("f").store(CursorTest.at(4));
            reopened.journal.trim();
            assertThat(reopened.journal.statistics().segments()).isEqualTo(1);
        }
        try (JournalFixture reopened = new JournalFixture(torn)) {
            assertThat(state(reopened, "a")).isEqualTo(5);
        }
    }

    /* A new segment cannot be written to, and the others have gone. */
    @Test
    void isToldByAnUnusedSegmentWhereThereIsNoOther() throws IOException {
        SimulatedDisk disk = new SimulatedDisk();
        SteppedTurns turns = new SteppedTurns();
        Journal journal = turns.open(FOLDER, disk, JournalFixture.SETTINGS, new TailBuffer(1), new RecordedEvents(), 0);
        Cursor cursor = journal.cursor("f");
        Answers first = new Answers();
        journal.append(List.of(samples(3, 1)), Map.of("a", bytes(5)), first);
        turns.step();
        assertThat(first.isCommitted()).isTrue();
        disk.fail(SimulatedDisk.Fault.WRITE, 2);
        journal.append(samples(3, 2), new Answers());
        turns.step();
        turns.passTo(turns.next());
        turns.step(); // begins a segment
        cursor.store(CursorTest.at(3));
        journal.trim();
        assertThat(journal.statistics().segments()).isEqualTo(1);
        disk.fail(SimulatedDisk.Fault.WRITE, 2);
        journal.append(samples(3, 3), new Answers());
        turns.step();
        assertThat(disk.sick()).isFalse();
        try (Journal next = new SteppedTurns()
                .open(FOLDER, disk.afterKill(), JournalFixture.SETTINGS, new TailBuffer(1), new RecordedEvents(), 0)) {
            assertThat(next.state("a")).hasValue(bytes(5));
        }
    }

    /* A segment that holds a change and no item is not taken for an empty one. */
    @Test
    void isKeptWhereTheNextWriteFailsAndNoSegmentCanBeCreated() throws IOException {
        FaultyFiles files = new FaultyFiles();
        try (JournalFixture fixture = new JournalFixture(files)) {
            assertThat(append(fixture, "a", bytes(5))).isTrue();
            files.capacity(0);
            assertThat(fixture.append(samples(2, 1))).isFalse();
            try (JournalFixture next = new JournalFixture(files.afterKill())) {
                assertThat(state(next, "a")).isEqualTo(5);
            }
        }
    }

    /* The group is in a file whose force failed, and the next segment begins before it. */
    @Test
    void goesWithItsOutputWhereALaterSegmentCounts() throws IOException {
        FaultyFiles files = new FaultyFiles();
        JournalFixture fixture = new JournalFixture(files);
        assertThat(append(fixture, "a", bytes(1))).isTrue();
        files.failForces(1);
        files.dieAtForce(1);
        assertThat(fixture.append(List.of(samples(3, 1)), Map.of("a", bytes(2))))
                .isFalse();
        FaultyFiles next = files.afterKill();
        bury(fixture);
        Path later = FOLDER.resolve("00000000000000000000-1.seg");
        assertThat(next.bytes(later)).isNotEmpty();
        next.put(later, new byte[0]); // only its name got to the disk
        try (JournalFixture reopened = new JournalFixture(next)) {
            assertThat(reopened.read()).isEmpty();
            assertThat(state(reopened, "a")).isEqualTo(1);
        }
    }

    @Test
    void damageCostsNoStateThatIsWrittenElsewhere() throws IOException {
        FaultyFiles files = new FaultyFiles();
        JournalFixture fixture = new JournalFixture(files, settings());
        for (int i = 0; i < 60; i++) {
            assertThat(append(fixture, "a", bytes(i))).isTrue();
            assertThat(fixture.append(samples(50, i))).isTrue();
        }
        fixture.close();
        List<Path> segments =
                files.list(FOLDER).stream().sorted().map(FOLDER::resolve).toList();
        Path last = segments.get(segments.size() - 1);
        byte[] whole = files.bytes(last);
        for (int bit = random.nextInt(31); bit < whole.length * 8; bit += 31) {
            byte[] flipped = whole.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            FaultyFiles damaged = files.afterKill();
            damaged.put(last, flipped);
            try (JournalFixture reopened = new JournalFixture(damaged, settings())) {
                assertThat(state(reopened, "a")).as("bit %d", bit).isEqualTo(59);
            }
        }
    }

    @Test
    void aGroupInASealedSegmentLosesOnlyWhatIsDamagedInIt() throws IOException {
        FaultyFiles files = new FaultyFiles();
        JournalFixture fixture = new JournalFixture(files);
        fixture.append(samples(4, 1));
        int start = files.bytes(FOLDER.resolve("00000000000000000000.seg")).length;
        List<EventBatch> output = List.of(samples(4, 2), samples(4, 3));
        assertThat(fixture.append(output, Map.of("a", bytes(9)))).isTrue();
        FaultyFiles open = files.afterKill();
        fixture.close();
        for (FaultyFiles damaged : List.of(open, files)) {
            Path segment = FOLDER.resolve("00000000000000000000.seg");
            byte[] bytes = damaged.bytes(segment);
            bytes[start + 2 * RecordHeader.SIZE + 3] ^= 1;
            damaged.put(segment, bytes);
        }
        try (JournalFixture reopened = new JournalFixture(open)) {
            assertThat(reopened.read()).containsOnlyKeys(0L);
            assertThat(reopened.events.damaged).hasValue(8);
            assertThat(reopened.journal.state("a")).isEmpty();
        }
        try (JournalFixture reopened = new JournalFixture(files)) {
            assertThat(reopened.read()).containsOnlyKeys(0L, 8L);
            assertThat(reopened.events.damaged).hasValue(4);
            assertThat(state(reopened, "a")).isEqualTo(9);
        }
    }

    @Test
    void aGroupWithSomethingBehindItLosesOnlyWhatIsDamagedInItAndSoItDoesWhenItIsRepaired() throws IOException {
        Path segment = FOLDER.resolve("00000000000000000000.seg");
        FaultyFiles files = new FaultyFiles();
        JournalFixture fixture = new JournalFixture(files);
        fixture.append(samples(4, 1));
        int start = files.bytes(segment).length;
        Answers answer = new Answers();
        fixture.journal.append(List.of(samples(4, 2), samples(4, 3)), Map.of("a", bytes(9)), answer);
        assertThat(answer.isCommitted()).isTrue();
        fixture.append(samples(4, 4));
        FaultyFiles open = files.afterKill();
        fixture.close();
        byte[] sealed = files.bytes(segment);
        sealed[sealed.length - 3] ^= 1; // its footer
        files.put(segment, sealed);
        for (FaultyFiles damaged : List.of(open, files)) {
            byte[] bytes = damaged.bytes(segment);
            bytes[start + 2 * RecordHeader.SIZE + 3] ^= 1;
            damaged.put(segment, bytes);
            for (boolean repaired : new boolean[] {false, true}) {
                if (repaired) {
                    assertThat(StoredJournal.repair(damaged, FOLDER, JournalEvents.NONE, bytesRead -> {}))
                            .containsExactly("00000000000000000000.seg");
                }
                try (JournalFixture reopened = new JournalFixture(damaged.afterKill())) {
                    assertThat(reopened.read()).containsOnlyKeys(0L, 8L, 12L);
                    assertThat(reopened.events.damaged).hasValue(4);
                    assertThat(state(reopened, "a")).isEqualTo(9);
                }
            }
        }
    }

    @Test
    void whatIsLeftOfAGroupIsStillReadWhenTheSealedDictionaryIsDamagedAsWellAndBothAreRepaired() throws IOException {
        Path segment = FOLDER.resolve("00000000000000000000.seg");
        FaultyFiles files = new FaultyFiles();
        JournalFixture fixture = new JournalFixture(files);
        fixture.append(samples(4, 1));
        int start = files.bytes(segment).length;
        Answers answer = new Answers();
        fixture.journal.append(List.of(samples(4, 2), samples(4, 3)), Map.of("a", bytes(9)), answer);
        assertThat(answer.isCommitted()).isTrue();
        int dictionary = files.bytes(segment).length;
        fixture.close();
        byte[] bytes = files.bytes(segment);
        bytes[start + 2 * RecordHeader.SIZE + 3] ^= 1;
        bytes[dictionary + RecordHeader.SIZE + 3] ^= 1;
        files.put(segment, bytes);
        StoredJournal.repair(files, FOLDER, JournalEvents.NONE, bytesRead -> {});
        try (JournalFixture reopened = new JournalFixture(files)) {
            assertThat(reopened.read()).containsOnlyKeys(0L, 8L);
            assertThat(reopened.events.damaged).hasValue(4);
            assertThat(state(reopened, "a")).isEqualTo(9);
        }
    }

    private static boolean append(JournalFixture fixture, String component, byte[] state) {
        return fixture.append(List.of(), Map.of(component, state));
    }

    private static byte[] bytes(long value) {
        return ByteBuffer.allocate(Long.BYTES).putLong(0, value).array();
    }

    private static long state(JournalFixture fixture, String component) {
        return fixture.journal
                .state(component)
                .map(state -> ByteBuffer.wrap(state).getLong())
                .orElse(0L);
    }
}

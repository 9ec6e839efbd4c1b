package dev.millrace.core.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.spi.event.EventBatch;
import dev.millrace.spi.event.Labels;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * One byte of one file of a journal's folder is another, or a file is cut, and exactly what that costs is lost and
 * counted, and the state of components with it. {@link DamageOracle} knows what it costs.
 */
final class DamageFuzzTest {
    private static final int ROUNDS = Integer.getInteger("millrace.damages", 1_500);
    private static final JournalSettings SMALL = JournalFixture.SETTINGS.withSegmentBytes(4_000);
    private static final List<String> FLUSHERS = List.of("flusher_http", "flusher_http/backup");
    private static final Path ORPHANED = JournalFixture.FOLDER.resolve("orphaned/flusher_http.1");

    private final RandomBatches batches = new RandomBatches();
    private final Random random = batches.random();

    private boolean orphaned;

    @Test
    void aFlippedByteCostsWhatItBelongsToAndIsCounted() throws IOException {
        damage(true, ROUNDS);
    }

    @Test
    void aCutFileCostsWhatWasBehindTheCutAndIsCounted() throws IOException {
        damage(false, ROUNDS);
    }

    @Test
    void aFlippedByteOfABacklogThatAFlusherLeftCostsTheSame() throws IOException {
        orphaned = true;
        damage(true, ROUNDS / 2);
    }

    @Test
    void aCutFileOfABacklogThatAFlusherLeftCostsTheSame() throws IOException {
        orphaned = true;
        damage(false, ROUNDS / 2);
    }

    private void damage(boolean flip, int rounds) throws IOException {
        FaultyFiles whole = new FaultyFiles();
        DamageOracle oracle = new DamageOracle(folder());
        for (int round = 0; round < rounds; round++) {
            if (round % 100 == 0) {
                whole = new FaultyFiles();
                oracle = write(whole, round % 200 == 0);
            }
            FaultyFiles damaged = whole.afterKill();
            List<String> names = damaged.list(folder());
            String name = names.get(random.nextInt(names.size()));
            Path file = folder().resolve(name);
            byte[] bytes = damaged.bytes(file);
            int at = place(name, bytes.length);
            DamageOracle.Loss loss;
            if (flip) {
                bytes[at] ^= (byte) (1 + random.nextInt(255));
                loss = oracle.flipped(name, at);
            } else {
                bytes = Arrays.copyOf(bytes, at);
                loss = oracle.cut(name, at);
            }
            damaged.put(file, bytes);
            if (round % 3 == 0) {
                String what = (flip ? "flipped " : "cut ") + name + " at " + at;
                repair(damaged.afterKill(), oracle, loss, what);
            }
            check(damaged, oracle, loss, (flip ? "flipped " : "cut ") + name + " at " + at + " of " + bytes.length);
            keeps(damaged, name, bytes);
        }
    }

    /* Most of a cursor's file is not used: as often as not it is where a version can be. */
    private int place(String name, int length) {
        return CursorSet.isCursor(name) && random.nextBoolean()
                ? random.nextInt(length / CursorFile.PLACE) * CursorFile.PLACE + random.nextInt(300)
                : random.nextInt(length);
    }

    private Path folder() {
        return orphaned ? ORPHANED : JournalFixture.FOLDER;
    }

    /* What is kept is what was there. */
    private void keeps(FaultyFiles files, String name, byte[] bytes) {
        Path kept = folder().resolve(DamagedBytes.FOLDER);
        for (String copy : files.list(kept)) {
            assertThat(copy).startsWith(name + "-");
            int from = Integer.parseInt(copy.substring(name.length() + 1));
            byte[] copied = files.bytes(kept.resolve(copy));
            assertThat(copied).as(copy).isNotEmpty().isEqualTo(Arrays.copyOfRange(bytes, from, from + copied.length));
        }
    }

    /* What is repaired reads as before, and only what is lost is still missed. */
    private void repair(FaultyFiles files, DamageOracle oracle, DamageOracle.Loss loss, String where)
            throws IOException {
        RecordedEvents found = new RecordedEvents();
        StoredJournal.repair(files, folder(), found, bytes -> {});
        String what = where + ", expected " + loss + ": " + found.messages;
        if (loss.told()) {
            assertThat(found.messages).as(what).isNotEmpty();
        }
        assertThat(found.damaged).as(what).hasValue(loss.counted());
        RecordedEvents left = new RecordedEvents();
        StoredJournal.verify(files, folder(), left, bytes -> {});
        assertThat(left.messages)
                .as(what)
                .allMatch(message -> message.contains(" missing ")
                        || message.contains("in no segment")
                        || message.contains("needs are lost"));
        assertThat(left.damaged).as(what).hasValue(loss.counted());
        assertThat(StoredJournal.repair(files, folder(), left, bytes -> {}))
                .as(what)
                .isEmpty();
        read(files, (fixture, journal) -> {
            assertThat(oracle.lost(journal)).as(what).isEqualTo(loss.items());
            assertThat(state(journal)).as(what).isEqualTo(loss.state());
        });
    }

    private interface Reading {
        void read(JournalFixture fixture, Journal journal) throws IOException;
    }

    /* The journal, or the backlog that a flusher left, as it is opened again. */
    private void read(FaultyFiles files, Reading reading) throws IOException {
        try (JournalFixture fixture = new JournalFixture(files, SMALL)) {
            if (!orphaned) {
                reading.read(fixture, fixture.journal);
                return;
            }
            assertThat(fixture.events.messages).isEmpty();
            Orphan orphan = fixture.journal.orphans().of(FLUSHERS.get(0)).get(0);
            try (Journal left = fixture.journal.open(orphan)) {
                reading.read(fixture, left);
            }
        }
    }

    /** Some segments, of which the last is sealed or is not, and two cursors with a backlog. */
    private DamageOracle write(FaultyFiles files, boolean sealed) throws IOException {
        DamageOracle oracle = new DamageOracle(folder());
        JournalFixture fixture = new JournalFixture(files, SMALL);
        for (int i = 0; i < 25; i++) {
            if (random.nextInt(3) > 0) {
                fixture.append(batch());
                continue;
            }
            List<EventBatch> output = new ArrayList<>();
            for (int left = random.nextInt(4); left > 0; left--) {
                output.add(batch());
            }
            fixture.append(output, Map.of(DamageOracle.COMPONENT, DamageOracle.bytes(i + 1L), "other", new byte[i]));
        }
        for (String flusher : FLUSHERS) {
            Cursor cursor = fixture.journal.cursor(flusher);
            long[] positions = new long[Labels.SLOTS];
            Arrays.fill(positions, orphaned ? 0 : random.nextInt(40));
            cursor.store(new CursorState(0, positions, new ArrayList<>(), Totals.NONE));
            cursor.force();
            cursor.store(new CursorState(0, positions, new ArrayList<>(), Totals.NONE));
        }
        oracle.know(fixture.journal);
        if (orphaned) {
            fixture.journal.orphan(FLUSHERS.get(0));
        }
        if (sealed || orphaned) {
            fixture.close();
        }
        oracle.know(files, sealed || orphaned);
        return oracle;
    }

    private EventBatch batch() {
        return switch (random.nextInt(8)) {
            case 0 -> batches.logs();
            case 1 -> batches.spans();
            default -> batches.metrics(1 + random.nextInt(30), random.nextInt(16));
        };
    }

    private static long state(Journal journal) {
        return journal.state(DamageOracle.COMPONENT).map(DamageOracle::number).orElse(0L);
    }

    private void check(FaultyFiles files, DamageOracle oracle, DamageOracle.Loss loss, String where)
            throws IOException {
        read(files, (fixture, journal) -> {
            String what = where + ", expected " + loss + ": " + fixture.events.messages;
            for (int reader = 0; reader < 2; reader++) {
                assertThat(oracle.lost(journal)).as(what).isEqualTo(loss.items());
            }
            assertThat(state(journal)).as(what).isEqualTo(loss.state());
            assertThat(fixture.events.damaged).as(what).hasValue(loss.counted());
            assertThat(journal.statistics().damagedItems()).as(what).isEqualTo(loss.counted());
            assertThat(loss.items() - loss.counted()).as(what).isBetween(0L, fixture.events.tornItems.get());
            assertThat(fixture.events.tornItems.get()).as(what).isLessThanOrEqualTo(loss.atMost());
            assertThat(journal.cursors())
                    .as(what)
                    .containsExactlyInAnyOrderElementsOf(orphaned ? FLUSHERS.subList(0, 1) : FLUSHERS);
            if (loss.told()) {
                assertThat(fixture.events.messages).as(what).isNotEmpty();
            }
            if (loss.kept()) {
                assertThat(fixture.events.messages)
                        .as(what)
                        .anyMatch(message -> message.contains("its bytes are in " + DamagedBytes.FOLDER + "/"));
                assertThat(files.list(folder().resolve(DamagedBytes.FOLDER)))
                        .as(what)
                        .isNotEmpty();
            }
            assertThat(fixture.append(JournalFixture.samples(3, 1))).as(what).isTrue();
        });
    }
}

package dev.millrace.core.journal;

import static dev.millrace.core.journal.JournalFixture.FOLDER;
import static dev.millrace.core.journal.JournalFixture.samples;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.millrace.spi.pipeline.Refusal;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class CursorTest {
    private static final Path FILE = FOLDER.resolve("flusher_http%2Fbackup.cursor");
    private static final String NAME = "flusher_http/backup";

    private final FaultyFiles files = new FaultyFiles();

    static CursorState at(long item) {
        long[] positions = new long[64];
        Arrays.fill(positions, item);
        return new CursorState(0, positions, List.of(), new Totals(item, Map.of(), Map.of()));
    }

    /* Larger than a sector, so that a write of it can be torn by a loss of power. */
    private static CursorState wide(long item) {
        CursorState state = at(item);
        List<InFlight> requests = new ArrayList<>();
        for (int slot = 0; slot < 64; slot++) {
            requests.add(new InFlight(1L << slot, item, item + 1, 1, "remote write 2.0", slot));
        }
        return new CursorState(0, state.positions(), requests, state.totals());
    }

    private static CursorState rich(long item) {
        long[] positions = new long[64];
        Arrays.setAll(positions, slot -> item + slot % 5);
        return new CursorState(
                3,
                positions,
                List.of(
                        new InFlight(-1L << 60, item, item + 7, 5, "remote write 2.0", 0xdeadbeef),
                        new InFlight(1, item, item + 1, 1, "", 0)),
                new Totals(item, Map.of("400", 2L), Map.of("too_old", 4L, "ohne Namen", Long.MAX_VALUE)));
    }

    private static void assertSame(CursorState found, CursorState expected) {
        assertThat(found.began()).isEqualTo(expected.began());
        assertThat(found.positions()).isEqualTo(expected.positions());
        assertThat(found.requests()).isEqualTo(expected.requests());
        assertThat(found.totals()).isEqualTo(expected.totals());
    }

    @Test
    void saysForWhomTheLogIsKeptAndHowNearEachIsToItsLimit() throws IOException {
        try (JournalFixture fixture = new JournalFixture(new FaultyFiles())) {
            Cursor slow = fixture.journal.cursor("slow", CursorLimits.ofBytes(5_000));
            Cursor fast = fixture.journal.cursor("fast", CursorLimits.ofBytes(1 << 20));
            assertThat(slow.holdsLog()).isFalse();
            assertThat(slow.room()).isEqualTo(5_000);
            fixture.append(JournalFixture.samples(50, 1));
            assertThat(fast.holdsLog()).isTrue();
            fast.store(at(fixture.journal.end()));
            assertThat(fast.holdsLog()).isFalse();
            assertThat(slow.holdsLog()).isTrue();
            assertThat(slow.room()).isEqualTo(5_000 - slow.backlogBytes()).isPositive();
            while (fixture.append(JournalFixture.samples(50, 2))) {
                assertThat(fast.isFull()).isFalse();
            }
            assertThat(slow.isFull()).isTrue();
            assertThat(slow.room()).isZero();
            slow.store(at(fixture.journal.end()));
            assertThat(slow.isFull()).isFalse();
        }
    }

    @Test
    void saysWhatWasStoredLastAlsoWhenAnotherFileCannotTakeThePlaceOfOneThatCouldNotBeForced() throws IOException {
        try (JournalFixture fixture = new JournalFixture(files)) {
            Cursor cursor = fixture.journal.cursor(NAME);
            fixture.append(samples(9, 1));
            cursor.store(at(3));
            files.failForces(2);
            assertThatIOException().isThrownBy(cursor::force);
            files.failWrites(1);
            assertThatIOException().isThrownBy(() -> cursor.store(at(5)));
            assertSame(cursor.state(), at(3));
            cursor.store(at(7));
            assertSame(cursor.state(), at(7));
        }
    }

    @Test
    void givesUpNothingForStatesThatComeAfterAllItems() throws IOException {
        CursorLimits limits = new CursorLimits(5_000, Duration.ZERO, 0, true);
        try (JournalFixture fixture = new JournalFixture(files)) {
            fixture.journal.cursor(NAME, limits);
            fixture.append(samples(50, 1));
        }
        try (JournalFixture next = new JournalFixture(files)) {
            Answers answer = new Answers();
            next.journal.append(List.of(), Map.of("tail", new byte[6_000]), answer);
            assertThat(answer.isCommitted()).isTrue();
            Cursor cursor = next.journal.cursor(NAME, limits);
            assertThat(cursor.backlogBytes()).isLessThan(5_000);
            assertThat(cursor.excess(0).bytesTo()).isZero();
        }
    }

    @Test
    void aNewCursorBeginsAtTheEndAndIsDurable() throws IOException {
        try (JournalFixture fixture = new JournalFixture(files)) {
            fixture.append(samples(5, 1));
            CursorState state = fixture.journal.cursor(NAME).state();
            assertThat(state.began()).isEqualTo(5);
            assertThat(state.lowest()).isEqualTo(5);
            assertThat(state.totals()).isEqualTo(Totals.NONE);
            try (JournalFixture next = new JournalFixture(files.afterPowerLoss(new Random(1)))) {
                next.append(samples(5, 2));
                assertThat(next.journal.cursor(NAME).state().lowest()).isEqualTo(5);
            }
        }
    }

    @Test
    void whatWasStoredLastComesBack() throws IOException {
        try (JournalFixture fixture = new JournalFixture(files)) {
            fixture.append(samples(50, 1));
            Cursor cursor = fixture.journal.cursor(NAME);
            for (int i = 0; i < 10; i++) {
                cursor.store(rich(i));
                assertSame(cursor.state(), rich(i));
                try (JournalFixture next = new JournalFixture(files.afterKill())) {
                    assertSame(next.journal.cursor(NAME).state(), rich(i));
                }
            }
            assertThat(fixture.journal.cursors()).containsExactly(NAME);
        }
        try (JournalFixture next = new JournalFixture(files)) {
            assertThat(next.journal.cursors()).containsExactly(NAME);
            next.journal.removeCursor(NAME);
            assertThat(next.journal.cursors()).isEmpty();
            assertThat(next.journal.cursor(NAME).state().lowest()).isEqualTo(50);
        }
    }

    @Test
    void aTornWriteCostsThatWriteOnly() throws IOException {
        for (int torn = 0; torn < 120; torn++) {
            FaultyFiles fresh = new FaultyFiles();
            JournalFixture fixture = new JournalFixture(fresh);
            fixture.append(samples(5, 1));
            Cursor cursor = fixture.journal.cursor(NAME);
            cursor.store(rich(1));
            cursor.store(rich(2));
            fresh.dieAfter(torn);
            boolean stored = stores(cursor, rich(3));
            FaultyFiles after = fresh.afterKill();
            try (JournalFixture next = new JournalFixture(after)) {
                assertSame(next.journal.cursor(NAME).state(), rich(stored ? 3 : 2));
                assertThat(next.events.messages).noneMatch(message -> message.startsWith("cursor lost"));
            }
        }
    }

    private static boolean stores(Cursor cursor, CursorState state) {
        try {
            cursor.store(state);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void theForcedVersionSurvivesALossOfPower() throws IOException {
        Random random = new Random(Long.getLong("millrace.seed", 42));
        for (int i = 0; i < 50; i++) {
            FaultyFiles fresh = new FaultyFiles();
            JournalFixture fixture = new JournalFixture(fresh);
            fixture.append(samples(60, 1));
            Cursor cursor = fixture.journal.cursor(NAME);
            int stores = 1 + random.nextInt(6);
            for (int j = 1; j <= stores; j++) {
                cursor.store(wide(j));
            }
            cursor.force();
            int later = random.nextInt(5);
            for (int j = 0; j < later; j++) {
                cursor.store(wide(20 + j));
            }
            try (JournalFixture next = new JournalFixture(fresh.afterPowerLoss(random))) {
                long found = next.journal.cursor(NAME).state().lowest();
                assertThat(found == stores || found >= 20).isTrue();
            }
        }
    }

    @Test
    void aFileThatCouldNotBeForcedIsReplaced() throws IOException {
        try (JournalFixture fixture = new JournalFixture(files)) {
            Cursor cursor = fixture.journal.cursor(NAME);
            cursor.store(at(1));
            files.failForces(1);
            cursor.force();
            try (JournalFixture next = new JournalFixture(files.afterPowerLoss(new Random(3)))) {
                assertThat(next.journal.cursor(NAME).state().lowest()).isEqualTo(1);
            }
            cursor.store(at(2));
            cursor.force();
            assertThat(files.violations()).isEmpty();
        }
    }

    @Test
    void movesOnWhenItsVolumeIsMountedAnew() throws IOException {
        for (int seed = 0; seed < 20; seed++) {
            FaultyFiles mounted = new FaultyFiles();
            try (JournalFixture fixture = new JournalFixture(mounted)) {
                Cursor cursor = fixture.journal.cursor(NAME);
                cursor.store(at(1));
                cursor.force();
                mounted.mountAnew();
                cursor.store(at(2));
                cursor.store(at(3));
                cursor.force();
                mounted.mountAnew();
                cursor.store(at(4));
                try (JournalFixture next = new JournalFixture(mounted.afterPowerLoss(new Random(seed)))) {
                    assertThat(next.journal.cursor(NAME).state().lowest()).isBetween(3L, 4L);
                }
                assertThat(mounted.violations()).isEmpty();
            }
        }
    }

    @Test
    void aLostCursorBeginsAgainAtTheOldestItem() throws IOException {
        JournalSettings small = JournalFixture.SETTINGS.withSegmentBytes(100);
        JournalFixture fixture = new JournalFixture(files, small);
        Cursor cursor = fixture.journal.cursor(NAME);
        for (int i = 0; i < 20; i++) {
            fixture.append(samples(10, i));
        }
        cursor.store(at(100));
        fixture.journal.trim();
        long oldest = fixture.journal.statistics().first();
        assertThat(oldest).isPositive();
        fixture.close();
        byte[] bytes = files.bytes(FILE);
        for (int place = 0; place < bytes.length; place += CursorFile.PLACE) {
            bytes[place + 30] ^= 1;
        }
        files.put(FILE, bytes);
        try (JournalFixture next = new JournalFixture(files, small)) {
            assertThat(next.journal.cursor(NAME).state().lowest()).isEqualTo(oldest);
            assertThat(next.events.messages).hasSize(4).last().isEqualTo("cursor lost " + NAME + " " + oldest);
        }
    }

    @Test
    void numbersGoOnBehindACursorThatHasPassedTheEnd() throws IOException {
        JournalFixture fixture = new JournalFixture(files);
        fixture.append(samples(5, 1));
        fixture.journal.cursor(NAME).store(at(9));
        fixture.journal.cursor("slow").store(at(2));
        fixture.close();
        try (JournalFixture next = new JournalFixture(files)) {
            assertThat(next.journal.end()).isEqualTo(9);
            assertThat(next.read()).containsOnlyKeys(0L);
            assertThat(next.events.damaged).hasValue(4);
            next.append(samples(5, 2));
            assertThat(next.read()).containsOnlyKeys(0L, 9L);
            try (JournalReader reader =
                    next.journal.reader(next.journal.cursor(NAME).state().lowest())) {
                assertThat(Rows.read(reader)).isEqualTo(next.acknowledged);
            }
            assertThat(next.events.damaged).hasValue(4);
        }
    }

    @Test
    void trimsOnlyWhatAllCursorsHavePassed() throws IOException {
        JournalSettings small = JournalFixture.SETTINGS.withSegmentBytes(100);
        try (JournalFixture fixture = new JournalFixture(files, small)) {
            for (int i = 0; i < 60; i++) {
                fixture.append(samples(10, i));
            }
            int segments = fixture.journal.statistics().segments();
            assertThat(segments).isGreaterThan(4);
            fixture.journal.trim();
            assertThat(fixture.journal.statistics().segments()).isEqualTo(segments);
            Cursor fast = fixture.journal.cursor("fast");
            Cursor slow = fixture.journal.cursor("slow");
            fast.store(at(600));
            slow.store(at(0));
            fixture.journal.trim();
            assertThat(fixture.journal.statistics().segments()).isEqualTo(segments);
            slow.store(at(415));
            int forces = files.forces();
            fixture.journal.trim();
            assertThat(files.forces()).isGreaterThan(forces);
            assertThat(fixture.journal.statistics().first()).isPositive().isLessThanOrEqualTo(415);
            try (JournalReader reader = fixture.journal.reader(415)) {
                assertThat(Rows.read(reader)).isEqualTo(fixture.acknowledged.tailMap(410L, true));
            }
            // The cursors are durable before a segment goes.
            try (JournalFixture next = new JournalFixture(files.afterPowerLoss(new Random(5)), small)) {
                assertThat(next.journal.cursor("slow").state().lowest()).isEqualTo(415);
                assertThat(next.read()).containsAllEntriesOf(fixture.acknowledged.tailMap(410L, true));
            }
            slow.store(at(600));
            fixture.journal.trim();
            assertThat(fixture.journal.statistics().segments()).isEqualTo(1);
            assertThat(fixture.journal.end()).isEqualTo(600);
        }
        try (JournalFixture next = new JournalFixture(files, small)) {
            assertThat(next.journal.end()).isEqualTo(600);
        }
    }

    @Test
    void aSmallLimitBesideALargeOneDoesNotMakeVeryManySegments() throws IOException {
        try (JournalFixture fixture = new JournalFixture(new FaultyFiles())) {
            Cursor small = fixture.journal.cursor("small", 1 << 20);
            fixture.journal.cursor("large", 1 << 30);
            for (int i = 0; fixture.journal.statistics().bytes() < 3 << 19; i++) {
                assertThat(fixture.append(samples(400, i))).isTrue();
                small.store(at(fixture.journal.end()));
            }
            assertThat(fixture.journal.statistics().segments()).isEqualTo(2);
        }
    }

    @Test
    void refusesWhileAFlusherHoldsBackTooMuch() throws IOException {
        JournalSettings small = JournalFixture.SETTINGS.withMaxBytes(4000).withSegmentBytes(1000);
        try (JournalFixture fixture = new JournalFixture(files, small)) {
            Cursor idle = fixture.journal.cursor("idle");
            fixture.journal.cursor("large", 1 << 20);
            int appended = 0;
            while (fixture.append(samples(10, appended))) {
                appended++;
                assertThat(appended).isLessThan(1000);
            }
            assertThat(idle.backlogBytes()).isGreaterThanOrEqualTo(4000);
            Refusal refusal = fixture.journal.refusal().orElseThrow();
            assertThat(refusal.reason()).isEqualTo(Refusal.Reason.FLUSHER_FULL);
            assertThat(refusal.message()).startsWith("idle holds back ").contains("4000");
            idle.store(at(fixture.journal.end() / 2));
            assertThat(fixture.journal.refusal()).isEmpty();
            assertThat(fixture.append(samples(10, 1))).isTrue();
            assertThat(fixture.events.messages).containsExactly("full idle", "released idle");
            idle.store(at(fixture.journal.end()));
            assertThat(idle.backlogBytes()).isZero();
        }
        try (JournalFixture next = new JournalFixture(files, small)) {
            assertThat(next.journal.refusal())
                    .get()
                    .extracting(Refusal::message)
                    .asString()
                    .startsWith("large");
            next.journal.cursor("large", 1 << 20);
            assertThat(next.journal.refusal()).isEmpty();
        }
    }
}

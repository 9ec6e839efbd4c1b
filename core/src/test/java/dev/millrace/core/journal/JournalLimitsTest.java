package dev.millrace.core.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.spi.pipeline.Refusal;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The border of each limit that others or time bring about, to the byte and to the millisecond. */
final class JournalLimitsTest {
    private static final long LEAST = 1 << 20;
    private static final long SECOND = 1_000_000_000;
    private static final Duration MAX_AGE = Duration.ofSeconds(30);
    private static final JournalSettings SMALL = JournalFixture.SETTINGS.withSegmentBytes(1_000);

    private final SteppedTurns turns = new SteppedTurns();
    private final RoomyFiles files = new RoomyFiles();
    private long now;

    @Test
    void noMoreSegmentsAreGivenUpThanMakeTheRoomThatIsMissing() throws IOException {
        try (Journal journal = open()) {
            Cursor cursor = journal.cursor("drops", new CursorLimits(1 << 30, Duration.ZERO, LEAST, true));
            append(journal, 30);
            List<StoredJournal.StoredSegment> segments =
                    StoredJournal.read(files, JournalFixture.FOLDER).segments();
            assertThat(segments).hasSizeGreaterThan(3);
            assertThat(excess(cursor, LEAST)).isEqualTo(Excess.NONE.diskTo());
            long room = LEAST;
            for (StoredJournal.StoredSegment segment : segments.subList(0, segments.size() - 1)) {
                assertThat(excess(cursor, room - 1)).isEqualTo(segment.end());
                room -= segment.bytes();
                assertThat(excess(cursor, room)).isEqualTo(segment.end());
            }
            assertThat(excess(cursor, 0))
                    .as("the last one is written, and makes no room")
                    .isEqualTo(segments.get(segments.size() - 1).first());
        }
    }

    @Test
    void aFlusherRefusesBelowTheRoomThatItMustLeaveAndNotAtIt() throws IOException {
        try (Journal journal = open()) {
            journal.cursor("refuses", new CursorLimits(1 << 30, Duration.ZERO, LEAST, false));
            append(journal, 30);
            assertThat(refusal(journal, LEAST)).isEmpty();
            append(journal, 1);
            assertThat(refusal(journal, LEAST - 1))
                    .hasValueSatisfying(refusal -> assertThat(refusal.reason()).isEqualTo(Refusal.Reason.DISK_FULL));
            Answers answer = new Answers();
            journal.append(JournalFixture.samples(1, 0), answer);
            assertThat(answer.await()).isNotNull();
            assertThat(refusal(journal, LEAST + LEAST / 16 - 1)).isPresent();
            assertThat(refusal(journal, LEAST + LEAST / 16)).isEmpty();
            append(journal, 1);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 0})
    void aFlusherRefusesWhenTheOldestIsAsOldAsItMayBeAndNotBefore(long milliseconds) throws IOException {
        try (Journal journal = open()) {
            Cursor cursor = journal.cursor("refuses", new CursorLimits(1 << 30, MAX_AGE, 0, false));
            append(journal, 1);
            cursor.waitingSince(turns.millis());
            pass(MAX_AGE.toNanos() + Duration.ofMillis(milliseconds).toNanos());
            if (milliseconds < 0) {
                assertThat(journal.refusal()).isEmpty();
                append(journal, 1);
                return;
            }
            assertThat(journal.refusal())
                    .hasValueSatisfying(refusal -> assertThat(refusal.reason()).isEqualTo(Refusal.Reason.FLUSHER_FULL));
            Answers answer = new Answers();
            journal.append(JournalFixture.samples(1, 0), answer);
            assertThat(answer.await()).isNotNull();
            cursor.waitingSince(turns.millis());
            assertThat(journal.refusal()).as("what is younger waits").isEmpty();
        }
    }

    private Journal open() throws IOException {
        return turns.open(JournalFixture.FOLDER, files, SMALL, new TailBuffer(1), new RecordedEvents(), now);
    }

    private void append(Journal journal, int batches) {
        for (int i = 0; i < batches; i++) {
            Answers answer = new Answers();
            journal.append(JournalFixture.samples(10, i), answer);
            turns.step(); // who waits is committed at once
            assertThat(answer.isCommitted()).isTrue();
        }
    }

    /* What is free on the volume is looked up a few times a second. */
    private long excess(Cursor cursor, long room) {
        files.room = room;
        pass(SECOND);
        return cursor.excess(0).diskTo();
    }

    private Optional<Refusal> refusal(Journal journal, long room) {
        files.room = room;
        pass(SECOND);
        return journal.refusal();
    }

    private void pass(long nanos) {
        now += nanos;
        turns.passTo(now);
    }

    /** Files on a volume that has as much room as the test says. */
    private static final class RoomyFiles extends Meddling {
        private long room = Long.MAX_VALUE;

        private RoomyFiles() {
            super(new FaultyFiles());
        }

        @Override
        public long usableBytes(Path folder) {
            return room;
        }
    }
}

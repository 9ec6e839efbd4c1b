package dev.millrace.core.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.spi.event.Labels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OrphansTest {
    private static final String GONE = "flusher_prometheus/gone";
    private static final JournalSettings SMALL =
            JournalFixture.SETTINGS.withDurability(Durability.WRITE).withSegmentBytes(500);

    @TempDir
    Path folder;

    private Orphans orphans() {
        return new Orphans(FileAccess.real(), folder);
    }

    private Journal open() throws IOException {
        return Journal.open(folder, FileAccess.real(), SMALL, new TailBuffer(1), new RecordedEvents());
    }

    private static void append(Journal journal, int batches) {
        for (int i = 0; i < batches; i++) {
            Answers answer = new Answers();
            journal.append(JournalFixture.samples(10, i), answer);
            assertThat(answer.isCommitted()).isTrue();
        }
    }

    private static CursorState at(long item) {
        long[] positions = new long[Labels.SLOTS];
        Arrays.fill(positions, item);
        return new CursorState(0, positions, List.of(), new Totals(item, Map.of(), Map.of()));
    }

    private Orphan leave(Journal journal) throws IOException {
        Cursor gone = journal.cursor(GONE);
        Cursor stays = journal.cursor("stays");
        append(journal, 60);
        gone.store(at(205));
        stays.store(at(600));
        journal.orphan(GONE);
        return orphans().list().get(0);
    }

    @Test
    void theLogNoLongerWaitsForWhatIsSetAsideAndNothingIsCopied() throws IOException {
        try (Journal journal = open()) {
            journal.cursor(GONE);
            Orphan orphan = leave(journal);
            assertThat(orphan.flusher()).isEqualTo(GONE);
            assertThat(orphan.items()).isEqualTo(600 - 205);
            assertThat(journal.cursors()).containsExactly("stays");
            assertThat(journal.statistics().segments()).isEqualTo(1);
            append(journal, 1);
            assertThat(journal.end()).isEqualTo(610);
            try (var segments = Files.list(orphan.folder())) {
                Path last = segments.filter(file -> file.toString().endsWith(".seg"))
                        .sorted()
                        .reduce((one, other) -> other)
                        .orElseThrow();
                assertThat(Files.isSameFile(last, folder.resolve(last.getFileName())))
                        .isTrue();
            }
        }
        try (Journal next = open()) {
            assertThat(next.cursors()).containsExactly("stays");
            assertThat(next.end()).isEqualTo(610);
            assertThat(orphans().of(GONE)).hasSize(1);
        }
    }

    @Test
    void itIsAJournalThatGivesWhatWaited() throws IOException {
        try (Journal journal = open()) {
            Orphan orphan = leave(journal);
            append(journal, 5);
            try (Journal left = journal.open(orphan)) {
                CursorState state = left.cursor(GONE).state();
                assertThat(state.lowest()).isEqualTo(205);
                assertThat(left.end()).isEqualTo(600);
                try (JournalReader reader = left.reader(state.lowest())) {
                    assertThat(Rows.read(reader)).hasSize(40).containsKey(200L);
                }
                left.cursor(GONE).store(at(400));
            }
            assertThat(orphans().list())
                    .singleElement()
                    .extracting(Orphan::items)
                    .isEqualTo(200L);
        }
    }

    @Test
    void severalOfOneFlusherAreKeptInTheirOrderAndDeletedOneByOne() throws IOException {
        try (Journal journal = open()) {
            Orphan first = leave(journal);
            journal.cursor(GONE);
            append(journal, 3);
            journal.orphan(GONE);
            List<Orphan> both = journal.orphans().of(GONE);
            assertThat(both).extracting(Orphan::items).containsExactly(395L, 30L);
            journal.orphans().delete(first);
            assertThat(journal.orphans().list()).containsExactly(both.get(1));
            assertThat(first.folder()).doesNotExist();
            journal.orphans().delete(both.get(1));
            assertThat(journal.orphans().list()).isEmpty();
        }
    }

    @Test
    void whatACrashLeftUnfinishedIsRemovedAndTheCursorStays() throws IOException {
        Path unfinished;
        try (Journal journal = open()) {
            journal.cursor(GONE);
            append(journal, 60);
            unfinished = orphans().prepare(GONE, List.of());
            Files.createLink(
                    unfinished.resolve("00000000000000000000.seg"), segments().get(0));
        }
        assertThat(orphans().list()).isEmpty();
        try (Journal next = open()) {
            assertThat(unfinished).doesNotExist();
            assertThat(next.cursors()).containsExactly(GONE);
            assertThat(segments()).isNotEmpty();
        }
    }

    @Test
    void whatSomebodyElsePutThereStaysAndStopsNothing() throws IOException {
        Path orphaned = Files.createDirectories(folder.resolve("orphaned"));
        Path file = Files.createFile(orphaned.resolve("x.1"));
        Path unreadable = Files.createDirectories(orphaned.resolve("%zz.1"));
        Path notes = Files.createDirectories(orphaned.resolve("notes.2"));
        Files.createFile(notes.resolve("read me"));
        Path deep = Files.createDirectories(orphaned.resolve("deep.1/00000000000000000000.seg/more"));
        Path cursor = Files.createFile(folder.resolve("%zz.cursor"));
        RecordedEvents events = new RecordedEvents();
        try (Journal journal = Journal.open(folder, FileAccess.real(), SMALL, new TailBuffer(1), events)) {
            assertThat(List.of(file, unreadable, notes, deep, cursor)).allMatch(Files::exists);
            assertThat(events.messages).hasSize(4);
            assertThat(journal.cursors()).isEmpty();
            journal.cursor("stays");
            assertThat(leave(journal).items()).isEqualTo(600 - 205);
        }
    }

    @Test
    void nothingIsGivenUpForRoomThatABacklogSetAsideKeeps() throws IOException {
        FileAccess full = new Meddling(FileAccess.real()) {
            @Override
            public void link(Path file, Path second) throws IOException {
                files.link(file, second);
            }

            @Override
            public long usableBytes(Path of) {
                return 1_000;
            }
        };
        try (Journal journal = Journal.open(folder, full, SMALL, new TailBuffer(1), new RecordedEvents())) {
            journal.cursor(GONE);
            Cursor drops = journal.cursor("drops", new CursorLimits(1 << 30, Duration.ZERO, 1_001, true));
            append(journal, 60);
            journal.orphan(GONE);
            append(journal, 1);
            assertThat(drops.excess(0).diskTo()).isEqualTo(Long.MIN_VALUE);
            append(journal, 2_000);
            assertThat(drops.excess(0).diskTo()).isGreaterThan(600);
        }
    }

    /* What a flusher left, and now drops for the sake of the volume, frees nothing while another waits for it. */
    @Test
    void ofABacklogThatCountsForAFlusherAgainAllIsGivenUpForRoomThatItMakes() throws IOException {
        FileAccess full = new Meddling(FileAccess.real()) {
            @Override
            public void link(Path file, Path second) throws IOException {
                files.link(file, second);
            }

            @Override
            public long usableBytes(Path of) {
                return 1_000;
            }
        };
        try (Journal journal = Journal.open(folder, full, SMALL, new TailBuffer(1), new RecordedEvents())) {
            journal.cursor(GONE);
            Cursor waits = journal.cursor("waits");
            append(journal, 60);
            journal.orphan(GONE);
            Cursor back = journal.cursor(GONE, new CursorLimits(1 << 30, Duration.ZERO, 1 << 20, true));
            append(journal, 5);
            try (Journal left = journal.open(orphans().list().get(0))) {
                Cursor first = left.cursor(GONE);
                back.follow(first);
                assertThat(back.backlogBytes()).isGreaterThan(first.backlogBytes());
                assertThat(first.limits().maxBytes())
                        .isEqualTo((1 << 30) - (back.backlogBytes() - first.backlogBytes()));
                assertThat(first.excess(0).diskTo()).isEqualTo(Long.MIN_VALUE);
                waits.store(at(650));
                journal.trim();
                assertThat(first.excess(0).diskTo()).isEqualTo(600);
                back.limit(CursorLimits.ofBytes(1));
                assertThat(first.excess(0)).isEqualTo(Excess.NONE);
                assertThat(journal.refusal()).isPresent();
            }
        }
    }

    @Test
    void aBacklogWhoseCountsWereTakenOverIsKnownAfterACrash() throws IOException {
        try (Journal journal = open()) {
            Orphan orphan = leave(journal);
            Cursor back = journal.cursor(GONE);
            back.inherit(new Totals(590, Map.of("400", 10L), Map.of()), orphan.number());
            append(journal, 1);
        }
        try (Journal journal = open()) {
            Cursor back = journal.cursor(GONE);
            assertThat(back.state().inherited()).isEqualTo(1);
            assertThat(back.account().appended()).isEqualTo(610);
            assertThat(back.account().backlog()).isEqualTo(10);
        }
    }

    @Test
    void whereFilesHaveOneNameOnlyAllStaysAsItIs() throws IOException {
        FileAccess files = new Meddling(new FaultyFiles()) {}; // which does not pass links on
        try (JournalFixture fixture = new JournalFixture(files)) {
            fixture.journal.cursor(GONE);
            fixture.append(JournalFixture.samples(10, 1));
            assertThatThrownBy(() -> fixture.journal.orphan(GONE)).hasMessageContaining("second name");
            assertThat(fixture.journal.cursors()).containsExactly(GONE);
            assertThat(fixture.append(JournalFixture.samples(10, 2))).isTrue();
        }
    }

    @Test
    void theSegmentThatIsWrittenMeanwhileStaysOutOfIt() throws IOException {
        AtOnce turns = new AtOnce();
        Path left;
        try (Journal journal =
                Journal.open(folder, FileAccess.real(), SMALL, new TailBuffer(1), new RecordedEvents(), turns)) {
            journal.cursor(GONE);
            append(journal, 1);
            turns.then = () -> append(journal, 1);
            journal.orphan(GONE);
            append(journal, 1);
            Orphan orphan = orphans().list().get(0);
            left = orphan.folder();
            assertThat(orphan.items()).isEqualTo(10);
        }
        assertThat(left.resolve("00000000000000000000.seg")).exists();
        assertThat(left.resolve("00000000000000000010.seg")).doesNotExist();
        assertThat(folder.resolve("00000000000000000010.seg")).exists();
    }

    /* Takes a turn as soon as it is woken, and then does something else once. */
    private static final class AtOnce implements Turns {
        private Turn turn;
        private Runnable then = () -> {};

        @Override
        public long now() {
            return System.nanoTime();
        }

        @Override
        public long millis() {
            return System.currentTimeMillis();
        }

        @Override
        public void start(Turn newTurn) {
            turn = newTurn;
        }

        @Override
        public void wake() {
            turn.take(now());
            Runnable once = then;
            then = () -> {};
            once.run();
        }

        @Override
        public void join() {
            turn.take(now());
        }
    }

    private List<Path> segments() throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".seg"))
                    .sorted()
                    .toList();
        }
    }
}

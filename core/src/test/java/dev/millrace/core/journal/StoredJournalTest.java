package dev.millrace.core.journal;

import static dev.millrace.core.journal.JournalFixture.FOLDER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.core.journal.JournalReader.Entry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A journal that is looked at while another process has it. */
final class StoredJournalTest {
    private static final JournalSettings SMALL = JournalFixture.SETTINGS.withSegmentBytes(2_000);
    private static final int BATCHES = 120;

    /** Files of another, who does something when one of them is opened, or a folder is listed. */
    private static final class BusyFiles extends Meddling {
        private final Runnable deed;
        private int left;

        BusyFiles(FileAccess files, int after, Runnable deed) {
            super(files);
            this.left = after;
            this.deed = deed;
        }

        private void use() {
            if (left-- == 0) {
                deed.run();
            }
        }

        boolean happened() {
            return left < 0;
        }

        @Override
        public OpenFile open(Path file) throws IOException {
            use();
            return super.open(file);
        }

        @Override
        public List<String> list(Path folder) throws IOException {
            use();
            return super.list(folder);
        }
    }

    private static FaultyFiles written() throws IOException {
        FaultyFiles files = new FaultyFiles();
        JournalFixture fixture = new JournalFixture(files, SMALL);
        fixture.journal.cursor("flusher_b").force();
        for (int i = 0; i < BATCHES; i++) {
            fixture.append(JournalFixture.samples(10, 1000L * i));
        }
        FaultyFiles written = files.afterKill();
        fixture.close();
        return written;
    }

    private static List<Long> read(StoredJournal journal) throws IOException {
        List<Long> items = new ArrayList<>();
        try (JournalReader reader = journal.reader()) {
            for (Entry entry = reader.next(); entry != null; entry = reader.next()) {
                items.add(entry.firstItem());
            }
        }
        return items;
    }

    @Test
    void goesOnWithWhatIsThereWhereSegmentsAreTrimmedMeanwhile() throws IOException {
        List<Long> all = read(StoredJournal.read(written(), FOLDER));
        assertThat(all).hasSize(BATCHES);
        boolean happened = true;
        for (int after = 0; happened; after++) {
            FaultyFiles files = written();
            List<String> segments = files.list(FOLDER).stream()
                    .filter(name -> name.endsWith(".seg"))
                    .sorted()
                    .toList();
            assertThat(segments).hasSizeGreaterThan(4);
            List<String> trimmed = segments.subList(0, segments.size() - 2);
            BusyFiles busy = new BusyFiles(files, after, () -> trimmed.forEach(name -> delete(files, name)));
            List<Long> read = read(StoredJournal.read(busy, FOLDER));
            assertThat(read).as("after " + after).isSubsetOf(all).endsWith(all.get(all.size() - 1));
            happened = busy.happened();

            FaultyFiles again = written();
            RecordedEvents found = new RecordedEvents();
            BusyFiles busyAgain = new BusyFiles(again, after, () -> trimmed.forEach(name -> delete(again, name)));
            StoredJournal.verify(busyAgain, FOLDER, found, bytes -> {});
            assertThat(found.messages).as("after " + after).isEmpty();
            happened |= busyAgain.happened();
        }
    }

    @Test
    void whatIsAppendedAndDeliveredMeanwhileIsNotMissed() throws IOException {
        boolean happened = true;
        for (int after = 0; happened; after++) {
            FaultyFiles files = new FaultyFiles();
            JournalFixture fixture = new JournalFixture(files, SMALL);
            Cursor cursor = fixture.journal.cursor("flusher_b");
            cursor.force();
            fixture.append(JournalFixture.samples(10, 1));
            BusyFiles busy = new BusyFiles(files, after, () -> appendAndDeliver(fixture, cursor));
            RecordedEvents found = new RecordedEvents();
            StoredJournal.verify(busy, FOLDER, found, bytes -> {});
            assertThat(found.messages).as("after " + after).isEmpty();
            happened = busy.happened();
            fixture.close();
        }
    }

    @Test
    void anOrphanedBacklogThatIsDeletedMeanwhileIsListedOrNot() throws IOException {
        boolean happened = true;
        for (int after = 0; happened; after++) {
            FileAccess files = FileAccess.memory(1 << 24);
            Orphans orphans = new Orphans(files, FOLDER);
            try (JournalFixture fixture = new JournalFixture(files, SMALL)) {
                fixture.append(JournalFixture.samples(10, 1));
            }
            Path left = orphans.prepare(
                    "flusher_a",
                    new Recovery(files, FOLDER, JournalEvents.NONE, DamagedBytes.notKept())
                            .open(false)
                            .segments());
            CursorFile.create(files, left.resolve("flusher_a.cursor"), CursorSet.beginningAt(0), 0)
                    .close();
            List<Orphan> whole = orphans.list();
            assertThat(whole).singleElement().extracting(Orphan::items).isEqualTo(10L);
            BusyFiles busy = new BusyFiles(files, after, () -> delete(orphans, whole.get(0)));
            assertThat(new Orphans(busy, FOLDER).list()).as("after " + after).hasSizeLessThanOrEqualTo(1);
            happened = busy.happened();
        }
    }

    private static void delete(Orphans orphans, Orphan orphan) {
        try {
            orphans.delete(orphan);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void appendAndDeliver(JournalFixture fixture, Cursor cursor) {
        try {
            for (int i = 0; i < 2; i++) {
                fixture.append(JournalFixture.samples(10, 2 + i));
            }
            CursorState state = cursor.state();
            Arrays.fill(state.positions(), 30);
            cursor.store(state);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void delete(FaultyFiles files, String name) {
        try {
            files.delete(FOLDER.resolve(name));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}

package dev.millrace.core.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.core.journal.JournalReader.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class TailBufferTest {
    private final TailBuffer buffer = new TailBuffer(100);
    private final TailBuffer.Section one = buffer.section();
    private final TailBuffer.Section other = buffer.section();

    private static Entry entry(long first) {
        return new Entry(first, 0, JournalFixture.samples(10, first));
    }

    @Test
    void findsTheBatchThatHoldsAnItem() {
        for (int i = 0; i < 40; i++) {
            one.add(entry(10L * i), 1);
        }
        for (int item = 0; item < 400; item++) {
            assertThat(one.find(item).firstItem()).isEqualTo(item - item % 10);
        }
        assertThat(one.find(400)).isNull();
        assertThat(other.find(0)).isNull();
    }

    @Test
    void letsTheOldestGoWhoseEverItIs() {
        one.add(entry(0), 40);
        other.add(entry(0), 40);
        other.add(entry(10), 40);
        assertThat(one.find(0)).isNull();
        assertThat(other.find(0)).isNotNull();
        assertThat(buffer.bytes()).isEqualTo(80);
        one.add(entry(10), 101);
        assertThat(one.find(10)).isNull();
        assertThat(other.find(10)).isNull();
        assertThat(buffer.bytes()).isZero();
    }

    @Test
    void aClosedSectionGivesItsRoomBack() {
        one.add(entry(0), 40);
        other.add(entry(0), 40);
        one.close();
        assertThat(buffer.bytes()).isEqualTo(40);
        other.add(entry(10), 60);
        assertThat(other.find(0)).isNotNull();
        other.add(entry(20), 1);
        assertThat(other.find(0)).isNull();
        assertThat(other.find(10)).isNotNull();
    }

    @Test
    void letsGoWhatAllReadersHavePassed() {
        TailBuffer.Section.Place fast = one.place(0);
        TailBuffer.Section.Place slow = one.place(0);
        one.add(entry(0), 20);
        one.add(entry(10), 20);
        fast.moveTo(20);
        assertThat(buffer.bytes()).isEqualTo(40);
        slow.moveTo(19);
        assertThat(one.find(9)).isNull();
        assertThat(one.find(10)).isNotNull();
        slow.moveTo(20);
        assertThat(buffer.bytes()).isZero();
    }

    @Test
    void waitsForNoReaderThatIsClosed() {
        TailBuffer.Section.Place open = one.place(0);
        TailBuffer.Section.Place closed = one.place(0);
        one.add(entry(0), 40);
        open.moveTo(10);
        closed.close();
        assertThat(buffer.bytes()).isZero();
    }

    @Test
    void keepsForTheNextReaderWhatNoneHasRead() {
        one.place(0).close();
        one.add(entry(0), 40);
        assertThat(one.find(0)).isNotNull();
    }

    @Test
    void holdsWhatAListWouldHold() {
        long seed = Long.getLong("millrace.seed", System.nanoTime());
        System.out.println("seed: " + seed + " (repeat with -Dmillrace.seed=" + seed + ")");
        Random random = new Random(seed);
        TailBuffer.Section[] sections = {one, other, buffer.section()};
        long[] ends = new long[sections.length];
        long[] places = new long[sections.length];
        TailBuffer.Section.Place[] readers = new TailBuffer.Section.Place[sections.length];
        for (int i = 0; i < readers.length; i++) {
            readers[i] = sections[i].place(0);
        }
        List<Expected> expected = new ArrayList<>();
        for (int step = 0; step < 5_000; step++) {
            int section = random.nextInt(sections.length);
            if (random.nextBoolean()) {
                long size = random.nextInt(30);
                sections[section].add(entry(ends[section]), size);
                expected.add(new Expected(section, ends[section], size));
                ends[section] += 10;
                while (expected.stream().mapToLong(Expected::size).sum() > 100) {
                    expected.remove(0);
                }
            } else {
                places[section] = Math.min(ends[section], places[section] + random.nextInt(40));
                readers[section].moveTo(places[section]);
                expected.removeIf(batch -> batch.section == section && batch.first + 10 <= places[section]);
            }
            assertThat(buffer.bytes())
                    .isEqualTo(expected.stream().mapToLong(Expected::size).sum());
            long item = random.nextInt((int) ends[section] + 10);
            Entry found = sections[section].find(item);
            boolean there =
                    expected.stream().anyMatch(batch -> batch.section == section && batch.first == item - item % 10);
            assertThat(found != null).as("item %d of section %d", item, section).isEqualTo(there);
        }
    }

    private record Expected(int section, long first, long size) {}
}

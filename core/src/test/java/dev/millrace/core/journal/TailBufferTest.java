package dev.millrace.core.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.core.journal.JournalReader.Entry;
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
}

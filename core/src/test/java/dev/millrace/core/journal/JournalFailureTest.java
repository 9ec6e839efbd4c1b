package dev.millrace.core.journal;

import static dev.millrace.core.journal.JournalFixture.FOLDER;
import static dev.millrace.core.journal.JournalFixture.samples;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.pipeline.Acknowledgement;
import dev.millrace.spi.pipeline.Refusal;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Writes and forces that fail, and disks that are full. */
final class JournalFailureTest {
    private final FaultyFiles files = new FaultyFiles();

    @Test
    void aJournalThatCannotBeOpenedLeavesNoFileOpen() throws IOException {
        try (JournalFixture fixture = new JournalFixture(files)) {
            fixture.journal.cursor("a");
            fixture.journal.cursor("b");
            fixture.append(JournalFixture.samples(3, 1));
        }
        CountedFiles counted = new CountedFiles(files);
        assertThatThrownBy(() -> new JournalFixture(counted)).hasMessageContaining("Too many open files");
        assertThat(counted.cursors).isEqualTo(2);
        assertThat(counted.open).hasValue(0);
    }

    /* Counts the files that are open, and opens one cursor only. */
    private static final class CountedFiles extends Meddling {
        private final AtomicInteger open = new AtomicInteger();
        private int cursors;

        CountedFiles(FileAccess files) {
            super(files);
        }

        @Override
        public OpenFile openForWriting(Path file) throws IOException {
            if (file.toString().endsWith(".cursor") && ++cursors > 1) {
                throw new IOException("Too many open files");
            }
            return super.openForWriting(file);
        }

        @Override
        protected OpenFile meddle(Path name, OpenFile file) {
            open.incrementAndGet();
            return new MeddlingFile(file) {
                @Override
                public void close() throws IOException {
                    open.decrementAndGet();
                    super.close();
                }
            };
        }
    }

    @Test
    void aFailedForceIsFollowedByANewSegment() throws IOException {
        try (JournalFixture fixture = new JournalFixture(files)) {
            fixture.append(samples(3, 1));
            files.failForces(1);
            assertThat(fixture.append(samples(3, 2))).isTrue();
            assertThat(fixture.append(samples(3, 3))).isTrue();
            assertThat(fixture.read()).isEqualTo(fixture.acknowledged);
            assertThat(fixture.journal.statistics().segments()).isEqualTo(2);
            assertThat(fixture.events.messages).isEmpty();
            try (JournalFixture reopened = new JournalFixture(files.afterKill())) {
                assertThat(reopened.read()).isEqualTo(fixture.acknowledged);
            }
        }
        assertThat(files.violations()).isEmpty();
    }

    @Test
    void refusesAfterTwoFailuresAndGoesOnByItself() throws IOException {
        try (JournalFixture fixture = new JournalFixture(files)) {
            fixture.append(samples(3, 1));
            files.failForces(5);
            Answers answer = new Answers();
            fixture.journal.append(samples(3, 2), answer);
            Refusal refusal = answer.await();
            assertThat(refusal.reason()).isEqualTo(Refusal.Reason.JOURNAL_FAILED);
            assertThat(refusal.message()).contains(FOLDER.toString()).contains("Input/output error");
            appendUntilCommitted(fixture);
            assertThat(fixture.read()).isEqualTo(fixture.acknowledged);
            assertThat(fixture.events.messages).hasSize(2).endsWith("recovered");
        }
        assertThat(files.violations()).isEmpty();
    }

    @Test
    void aFailedWriteIsFollowedByANewSegment() throws IOException {
        try (JournalFixture fixture = new JournalFixture(files)) {
            fixture.append(samples(3, 1));
            files.failWrites(1);
            assertThat(fixture.append(samples(3, 2))).isTrue();
            assertThat(fixture.append(samples(1, 3))).isTrue();
            assertThat(fixture.read()).isEqualTo(fixture.acknowledged);
        }
    }

    @Test
    void aFullDiskRefusesAndGoesOnWhenThereIsRoom() throws IOException {
        try (JournalFixture fixture = new JournalFixture(files)) {
            fixture.append(samples(3, 1));
            files.capacity(files.used() + 3000);
            Answers answer = new Answers();
            fixture.journal.append(samples(500, 2), answer);
            assertThat(answer.await().reason()).isEqualTo(Refusal.Reason.DISK_FULL);
            assertThat(fixture.journal.refusal())
                    .get()
                    .extracting(Refusal::reason)
                    .isEqualTo(Refusal.Reason.DISK_FULL);
            files.capacity(Long.MAX_VALUE);
            appendUntilCommitted(fixture);
            assertThat(fixture.journal.refusal()).isEmpty();
            assertThat(fixture.read()).isEqualTo(fixture.acknowledged);
            assertThat(fixture.events.messages).hasSize(2);
            assertThat(fixture.events.messages.get(0)).startsWith("disk full: the journal in " + FOLDER);
            try (JournalFixture reopened = new JournalFixture(files.afterKill())) {
                assertThat(reopened.read()).isEqualTo(fixture.acknowledged);
            }
        }
    }

    @Test
    void aCursorMovesOnWhileTheDiskIsFull() throws IOException {
        JournalSettings small = JournalFixture.SETTINGS.withSegmentBytes(100);
        try (JournalFixture fixture = new JournalFixture(files, small)) {
            Cursor cursor = fixture.journal.cursor("flusher_stdout");
            for (int i = 0; i < 20; i++) {
                fixture.append(samples(10, i));
            }
            files.capacity(files.used());
            assertThat(fixture.append(samples(10, 21))).isFalse();
            for (int i = 0; i < 5; i++) {
                cursor.store(CursorTest.at(fixture.journal.end()));
            }
            fixture.journal.trim();
            assertThat(fixture.journal.statistics().segments()).isEqualTo(1);
            files.capacity(files.used() + 200_000);
            appendUntilCommitted(fixture);
        }
    }

    @Test
    void aSegmentThatCannotBeDeletedIsDeletedLaterAndBeforeThoseBehindIt() throws IOException {
        SimulatedDisk disk = new SimulatedDisk();
        try (JournalFixture fixture = new JournalFixture(disk, JournalFixture.SETTINGS.withSegmentBytes(100))) {
            Cursor cursor = fixture.journal.cursor("flusher_stdout");
            for (int i = 0; i < 40; i++) {
                fixture.append(samples(10, i));
            }
            List<String> before = segments(disk);
            assertThat(before).hasSizeGreaterThan(2);
            cursor.store(CursorTest.at(fixture.journal.end()));
            disk.fail(SimulatedDisk.Fault.DELETE, 1);
            assertThatThrownBy(fixture.journal::trim).hasMessage("Input/output error");
            assertThat(segments(disk)).isEqualTo(before);
            fixture.journal.trim();
            assertThat(segments(disk)).containsExactly(before.get(before.size() - 1));
        }
    }

    private static List<String> segments(FileAccess files) throws IOException {
        return files.list(FOLDER).stream().filter(name -> name.endsWith(".seg")).toList();
    }

    @Test
    void aBatchThatCannotBeEncodedCostsOnlyItself() throws IOException {
        JournalSettings lingering = JournalFixture.SETTINGS.withTimes(Duration.ofSeconds(100), Duration.ofMillis(5));
        try (JournalFixture fixture = new JournalFixture(files, lingering)) {
            fixture.append(samples(3, 1));
            Answers before = new Answers(false);
            Answers broken = new Answers(false);
            Answers behind = new Answers();
            fixture.journal.append(samples(4, 2), before);
            fixture.journal.append(withoutLabels(), broken);
            fixture.journal.append(samples(4, 3), behind);
            assertThat(before.isCommitted()).isTrue();
            assertThat(broken.isCommitted()).isFalse();
            assertThat(behind.isCommitted()).isTrue();
            assertThat(fixture.read().values())
                    .containsExactly(Rows.of(samples(3, 1)), Rows.of(samples(4, 2)), Rows.of(samples(4, 3)));
            assertThat(fixture.events.messages).singleElement().asString().startsWith("unfit");
        }
    }

    /** What a broken plugin may build. */
    private static MetricBatch withoutLabels() {
        return MetricBatch.builder(1).add(null, 1, 1).build();
    }

    @Test
    void manyWaitingAppendsShareAForce() throws Exception {
        try (JournalFixture fixture = new JournalFixture(files)) {
            fixture.append(samples(1, 0));
            CountDownLatch held = new CountDownLatch(1);
            CountDownLatch entered = new CountDownLatch(1);
            Subscription subscription = fixture.journal.onCommit(() -> {
                entered.countDown();
                try {
                    held.await();
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            });
            List<Answers> answers = new ArrayList<>(Collections.nCopies(1, new Answers()));
            fixture.journal.append(samples(1, 1), answers.get(0));
            entered.await();
            subscription.close();
            int forcesBefore = files.forces();
            for (int i = 0; i < 1000; i++) {
                Answers answer = new Answers();
                answers.add(answer);
                fixture.journal.append(samples(1, i), answer);
            }
            held.countDown();
            assertThat(answers).allMatch(Answers::isCommitted);
            assertThat(files.forces() - forcesBefore).isEqualTo(1);
        }
    }

    @Test
    void refusesWhenMoreWaitsThanMemoryHasRoomFor() throws Exception {
        try (JournalFixture fixture = new JournalFixture(files, JournalFixture.SETTINGS.withQueueBytes(10_000))) {
            CountDownLatch held = new CountDownLatch(1);
            CountDownLatch entered = new CountDownLatch(1);
            Subscription subscription = fixture.journal.onCommit(() -> {
                entered.countDown();
                try {
                    held.await();
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            });
            fixture.journal.append(samples(1, 1), new Answers());
            entered.await();
            subscription.close();
            Answers first = new Answers();
            fixture.journal.append(samples(1000, 2), first);
            Answers second = new Answers();
            fixture.journal.append(samples(1, 3), second);
            assertThat(second.await().reason()).isEqualTo(Refusal.Reason.BUSY);
            assertThat(fixture.journal.refusal()).isPresent();
            held.countDown();
            assertThat(first.isCommitted()).isTrue();
            assertThat(fixture.journal.refusal()).isEmpty();
        }
    }

    @Test
    void anAcknowledgementThatThrowsHarmsNobody() throws IOException {
        try (JournalFixture fixture = new JournalFixture(files)) {
            fixture.journal.append(samples(1, 1), new Acknowledgement() {
                @Override
                public void committed() {
                    throw new IllegalStateException("on purpose");
                }

                @Override
                public void refused(Refusal refusal) {}
            });
            assertThat(fixture.append(samples(1, 2))).isTrue();
            assertThat(fixture.events.failures).singleElement().isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void aClosedJournalHasCommittedWhatItTookAndRefusesWhatComes() throws IOException {
        JournalSettings lingering = JournalFixture.SETTINGS.withTimes(Duration.ofSeconds(100), Duration.ofMillis(5));
        JournalFixture fixture = new JournalFixture(files, lingering);
        Answers answer = new Answers(false);
        fixture.journal.append(samples(1, 1), answer);
        assertThat(answer.isDone()).isFalse();
        fixture.close();
        assertThat(answer.isCommitted()).isTrue();
        Answers late = new Answers();
        fixture.journal.append(samples(1, 1), late);
        assertThat(late.await().reason()).isEqualTo(Refusal.Reason.STOPPING);
    }

    private static void appendUntilCommitted(JournalFixture fixture) {
        long deadline = System.nanoTime() + 20_000_000_000L;
        while (!fixture.append(samples(2, 9))) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            Thread.onSpinWait();
        }
    }
}

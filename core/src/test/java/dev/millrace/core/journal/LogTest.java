package dev.millrace.core.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

final class LogTest {
    private static final Path FOLDER = Path.of("/journal");
    private static final int ITEMS = 20_000;
    private static final int ITEMS_OF_A_SEGMENT = 2;
    private static final int SEGMENTS_KEPT = 4;

    private final Log log = new Log(
            new FaultyFiles(),
            new TailBuffer(1).section(),
            new Damages(JournalEvents.NONE, new DamagedBytes(new FaultyFiles(), Path.of("/"))),
            List.of(),
            0);
    private final AtomicLong read = new AtomicLong();

    @Test
    void neverSkipsAnItemThatIsJustBeingPublished() {
        CompletableFuture<Void> publisher = CompletableFuture.runAsync(this::publish);
        try {
            while (read.get() < ITEMS && !publisher.isCompletedExceptionally()) {
                Segment found = log.from(read.get());
                if (found == null) {
                    LockSupport.parkNanos(1);
                } else {
                    assertThat(found.first()).isLessThanOrEqualTo(read.get());
                    read.incrementAndGet();
                }
            }
        } finally {
            read.set(ITEMS); // the publisher waits no longer
        }
        publisher.join();
    }

    @Test
    void aSegmentCountsMoreThanThoseThatBeganAtItsItemBefore() {
        assertThat(log.attemptsAt(7)).isZero();
        log.add(Segment.of(FOLDER, 7, 2));
        assertThat(log.attemptsAt(7)).isEqualTo(3);
        assertThat(log.attemptsAt(8)).isZero();
    }

    /* As the committer does it, and never far ahead of the reader. */
    private void publish() {
        Segment segment = null;
        for (long item = 0; item < ITEMS; item++) {
            while (item >= read.get() + ITEMS_OF_A_SEGMENT * SEGMENTS_KEPT / 2) {
                LockSupport.parkNanos(1);
            }
            if (item % ITEMS_OF_A_SEGMENT == 0) {
                segment = Segment.of(FOLDER, item, 0);
                log.add(segment);
                trim();
            }
            log.end(item + 1);
            segment.commit(item + 1 - segment.first(), item + 1);
        }
    }

    private void trim() {
        if (log.segments().size() > SEGMENTS_KEPT) {
            try {
                log.remove(log.segments().get(0));
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
    }
}

package dev.millrace.core.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class LogTest {
    private static final Path FOLDER = Path.of("/journal");
    private static final int ITEMS = 20_000;
    private static final int ITEMS_OF_A_SEGMENT = 2;

    private final FaultyFiles files = new FaultyFiles();
    private final Log log = new Log(files, new TailBuffer(1).section(), new Damages(JournalEvents.NONE), List.of(), 0);

    @Test
    void neverSkipsAnItemThatIsJustBeingPublished() throws IOException {
        CompletableFuture<Void> publisher = CompletableFuture.runAsync(this::publish);
        for (long item = 0; item < ITEMS; ) {
            Segment found = log.from(item);
            if (found != null) {
                assertThat(found.first()).isLessThanOrEqualTo(item);
                item++;
            } else if (publisher.isCompletedExceptionally()) {
                break;
            }
        }
        publisher.join();
    }

    /* As the committer does it. */
    private void publish() {
        Segment segment = null;
        for (long item = 0; item < ITEMS; item++) {
            if (item % ITEMS_OF_A_SEGMENT == 0) {
                segment = Segment.of(FOLDER, item, 0);
                log.add(segment);
            }
            log.end(item + 1);
            segment.commit(item + 1 - segment.first(), item + 1);
        }
    }
}

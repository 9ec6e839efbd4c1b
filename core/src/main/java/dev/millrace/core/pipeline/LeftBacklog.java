package dev.millrace.core.pipeline;

import dev.millrace.core.journal.Cursor;
import dev.millrace.core.journal.CursorLimits;
import dev.millrace.core.journal.Journal;
import dev.millrace.core.journal.Orphan;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A backlog that a flusher left when it was taken out of the file, opened because the flusher is back. */
record LeftBacklog(Journal home, Orphan orphan, Journal journal, Cursor cursor) {
    private static final Logger LOG = LoggerFactory.getLogger("dev.millrace.pipeline");

    /** The oldest backlog that a flusher left, or null where there is none that can be opened. */
    static @Nullable LeftBacklog open(String name, String flusher, Journal home) {
        try {
            for (Orphan orphan : home.orphans().of(flusher)) {
                Journal journal = home.open(orphan);
                Cursor cursor = cursor(journal, flusher);
                LOG.info(
                        "{}: delivers first what it left when it was taken out: {} items in {}",
                        name,
                        orphan.items(),
                        orphan.folder());
                return new LeftBacklog(home, orphan, journal, cursor);
            }
        } catch (IOException e) {
            LOG.warn(
                    "{}: what it left when it was taken out cannot be opened, and stays there: {}", name, e.toString());
        }
        return null;
    }

    private static Cursor cursor(Journal journal, String flusher) throws IOException {
        try {
            return journal.cursor(flusher, CursorLimits.ofBytes(Long.MAX_VALUE));
        } catch (IOException e) {
            try (journal) {
                throw e;
            }
        }
    }

    /** Ends the use of it; what was not delivered stays. */
    void close(String name) {
        try {
            journal.close();
        } catch (IOException e) {
            LOG.warn("{}: {} was not closed in good order: {}", name, orphan.folder(), e.toString());
        }
    }

    /** Deletes it, because all of it is delivered. */
    void delete(String name) {
        try {
            home.orphans().delete(orphan);
            LOG.info("{}: what it had left is delivered; {} is deleted", name, orphan.folder());
        } catch (IOException e) {
            LOG.warn("{}: {} is delivered but cannot be deleted: {}", name, orphan.folder(), e.toString());
        }
    }
}

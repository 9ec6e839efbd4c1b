package dev.millrace.core.pipeline;

import dev.millrace.core.journal.Account;
import dev.millrace.core.journal.Cursor;
import dev.millrace.core.journal.CursorLimits;
import dev.millrace.core.journal.Journal;
import dev.millrace.core.journal.Orphan;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A backlog that a flusher left when it was taken out of the file, opened because the flusher is back.
 *
 * <p>What waits in it counts as the oldest of all that waits for the flusher, for its limits and in its numbers. When it is
 * through, its counts become those of the flusher's cursor. Changed by one thread at a time; {@link #besides} may be asked
 * by any.
 */
final class LeftBacklog {
    private static final Logger LOG = LoggerFactory.getLogger("dev.millrace.pipeline");

    private final String name;
    private final Journal home;
    private final Cursor heir;
    private final Orphan orphan;
    private final Journal journal;
    private final Cursor cursor;
    private final Account later;
    private volatile @Nullable Account last;

    private LeftBacklog(
            String name, Journal home, Cursor heir, Orphan orphan, Journal journal, Cursor cursor, Account later) {
        this.name = name;
        this.home = home;
        this.heir = heir;
        this.orphan = orphan;
        this.journal = journal;
        this.cursor = cursor;
        this.later = later;
    }

    /**
     * The oldest backlog that a flusher left, or null where there is none that can be opened.
     *
     * @param heir the flusher's cursor
     */
    static @Nullable LeftBacklog open(String name, Journal home, Cursor heir) {
        try {
            List<Orphan> orphans = home.orphans().of(heir.flusher());
            for (int i = 0; i < orphans.size(); i++) {
                Orphan orphan = orphans.get(i);
                if (orphan.number() <= heir.state().inherited()) {
                    delete(name, home, orphan); // a crash came in between
                    continue;
                }
                Journal journal = home.open(orphan);
                Cursor cursor = cursor(journal, heir.flusher());
                LOG.info(
                        "{}: delivers first what it left when it was taken out: {} items in {}",
                        name,
                        orphan.items(),
                        orphan.folder());
                Account later = orphans.subList(i + 1, orphans.size()).stream()
                        .map(Orphan::account)
                        .reduce(Account.NONE, Account::plus);
                return new LeftBacklog(name, home, heir, orphan, journal, cursor, later);
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

    Journal journal() {
        return journal;
    }

    Cursor cursor() {
        return cursor;
    }

    /** What the flusher was given elsewhere: in its pipeline's journal, and in what it left later. */
    Account besides() {
        Account now = last;
        return now != null ? now : heir.account().plus(later);
    }

    /** Ends the use of it; what was not delivered stays. */
    void close() {
        try {
            journal.close();
        } catch (IOException e) {
            LOG.warn("{}: {} was not closed in good order: {}", name, orphan.folder(), e.toString());
        }
    }

    /** Ends it, because nothing in it waits any more: its counts go to the flusher's cursor, and it is deleted. */
    void finish() {
        last = besides(); // nobody is to see its counts twice
        close();
        try {
            heir.inherit(cursor.state().totals(), orphan.number());
            delete(name, home, orphan);
        } catch (IOException e) {
            LOG.warn("{}: its cursor cannot be written, and {} stays: {}", name, orphan.folder(), e.toString());
        }
    }

    private static void delete(String name, Journal home, Orphan orphan) {
        try {
            home.orphans().delete(orphan);
            LOG.info("{}: what it had left is delivered; {} is deleted", name, orphan.folder());
        } catch (IOException e) {
            LOG.warn("{}: {} is delivered but cannot be deleted: {}", name, orphan.folder(), e.toString());
        }
    }
}

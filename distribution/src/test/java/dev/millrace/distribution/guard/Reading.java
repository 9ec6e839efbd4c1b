package dev.millrace.distribution.guard;

import dev.millrace.core.journal.Journal;
import dev.millrace.core.journal.JournalReader;
import java.io.IOException;
import java.io.UncheckedIOException;

/** As many batches as one scrape of all targets are read back from the journal; behind the last comes the first. */
final class Reading implements Step {
    private final Journal journal;
    private JournalReader reader;

    /** Reads a journal that is not empty. */
    Reading(Journal journal) {
        this.journal = journal;
        this.reader = journal.reader(0);
    }

    @Override
    public void run() {
        try {
            for (int i = 0; i < TARGETS; i++) {
                if (reader.next() == null) {
                    reader.close();
                    reader = journal.reader(0);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

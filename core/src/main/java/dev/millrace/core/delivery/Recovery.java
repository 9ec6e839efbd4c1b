package dev.millrace.core.delivery;

import dev.millrace.core.journal.InFlight;
import dev.millrace.core.journal.Journal;
import dev.millrace.core.journal.JournalReader;
import dev.millrace.core.journal.JournalReader.Entry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Builds the requests that were on their way when an earlier life ended: for each the rows of its slots in its range
 * that were not done, which are exactly the rows that it had.
 */
final class Recovery {
    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

    private final String name;
    private final Journal journal;
    private final Positions positions;

    Recovery(String name, Journal journal, Positions positions) {
        this.name = name;
        this.journal = journal;
        this.positions = positions;
    }

    /** The requests that were recorded, in the order of the journal. One whose rows are all damaged is left out. */
    List<Request> requests(List<InFlight> recorded) throws IOException {
        List<InFlight> records = new ArrayList<>(recorded);
        records.sort(Comparator.comparingLong(InFlight::from));
        List<Request> requests = new ArrayList<>();
        for (InFlight record : records) {
            List<Entry> entries = new ArrayList<>();
            int[] rows = collect(record, entries);
            if (rows.length != record.items()) {
                LOG.warn(
                        "{}: of a request of {} items that was interrupted, {} are damaged and {} are sent again",
                        name,
                        record.items(),
                        record.items() - rows.length,
                        rows.length);
            }
            if (rows.length > 0) {
                requests.add(new Request(record.slots(), entries.toArray(Entry[]::new), rows, false).recovered(record));
            } else {
                skip(record, requests);
            }
        }
        return requests;
    }

    /* Nothing is left to send: the range is done, at once or with the request before it. */
    private void skip(InFlight record, List<Request> requests) {
        for (int i = requests.size() - 1; i >= 0; i--) {
            if (requests.get(i).slots() == record.slots()) {
                requests.get(i).extend(record.to());
                return;
            }
        }
        positions.advance(record.slots(), record.to());
    }

    private int[] collect(InFlight record, List<Entry> entries) throws IOException {
        int[] rows = new int[record.items()];
        try (JournalReader reader = journal.reader(record.from())) {
            Entry entry = reader.next();
            while (entry != null && entry.firstItem() < record.to()) {
                for (int row = 0; row < entry.batch().size() && entries.size() < rows.length; row++) {
                    if (holds(record, entry.batch().slot(row), entry.firstItem() + row)) {
                        rows[entries.size()] = row;
                        entries.add(entry);
                    }
                }
                entry = reader.next();
            }
        }
        return Arrays.copyOf(rows, entries.size());
    }

    private boolean holds(InFlight record, int slot, long item) {
        return (record.slots() >>> slot & 1) != 0
                && item >= record.from()
                && item < record.to()
                && !positions.done(slot, item);
    }
}

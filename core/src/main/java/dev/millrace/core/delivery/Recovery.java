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
 * that were not done, which are exactly the rows that it had, unless the flusher's conditions are others now: then those
 * that are for it by these.
 */
final class Recovery {
    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

    private final String name;
    private final Journal journal;
    private final Positions positions;
    private final Unwanted unwanted;

    Recovery(String name, Journal journal, Positions positions, Unwanted unwanted) {
        this.name = name;
        this.journal = journal;
        this.positions = positions;
        this.unwanted = unwanted;
    }

    /** The requests that were recorded, in the order of the journal. One whose rows are all damaged is left out. */
    List<Request> requests(List<InFlight> recorded) throws IOException {
        List<InFlight> records = new ArrayList<>(recorded);
        records.sort(Comparator.comparingLong(InFlight::from));
        List<Found> all = new ArrayList<>();
        for (InFlight record : records) {
            all.add(collect(record));
        }
        List<Request> requests = new ArrayList<>(); // nothing is changed before all is read
        for (Found found : all) {
            InFlight record = found.record();
            int size = found.entries().size();
            if (size < record.items() && found.others().isEmpty()) {
                LOG.warn(
                        "{}: of a request of {} items that was interrupted, {} are damaged and {} are sent again",
                        name,
                        record.items(),
                        record.items() - size,
                        size);
            }
            found.others().forEach(other -> unwanted.add(other.slot(), other.item()));
            Request request = size > 0 ? found.request() : null;
            pass(record.slots(), request == null ? record.to() : request.from(), requests);
            if (request != null) {
                requests.add(request);
            }
        }
        return requests;
    }

    /**
     * What the journal has of a request.
     *
     * @param entries for each row its entry
     * @param rows the rows, at the front of the array
     * @param others what is in its range and not for the flusher
     */
    private record Found(InFlight record, List<Entry> entries, int[] rows, List<Other> others) {
        Request request() {
            int size = entries.size();
            return new Request(record.slots(), entries.toArray(Entry[]::new), Arrays.copyOf(rows, size), false)
                    .recovered(record);
        }
    }

    private record Other(int slot, long item) {}

    /* Nothing is left to send of these slots up to an item: that is done, at once or with the request before it. */
    private void pass(long slots, long item, List<Request> requests) {
        for (int i = requests.size() - 1; i >= 0; i--) {
            if (requests.get(i).slots() == slots) {
                requests.get(i).extend(item);
                return;
            }
        }
        positions.advance(slots, item);
    }

    private Found collect(InFlight record) throws IOException {
        List<Entry> entries = new ArrayList<>();
        int[] rows = new int[record.items()];
        List<Other> others = new ArrayList<>();
        try (JournalReader reader = journal.reader(record.from())) {
            Entry entry = reader.next();
            while (entry != null && entry.firstItem() < record.to()) {
                for (int row = 0; row < entry.batch().size(); row++) {
                    int slot = entry.batch().slot(row);
                    if (!holds(record, slot, entry.firstItem() + row)) {
                        continue;
                    }
                    if (unwanted.includes(entry.batch(), row)) {
                        others.add(new Other(slot, entry.firstItem() + row));
                        continue;
                    }
                    if (entries.size() == rows.length) {
                        rows = Arrays.copyOf(rows, 2 * rows.length);
                    }
                    rows[entries.size()] = row;
                    entries.add(entry);
                }
                entry = reader.next();
            }
        }
        return new Found(record, entries, rows, others);
    }

    private boolean holds(InFlight record, int slot, long item) {
        return (record.slots() >>> slot & 1) != 0
                && item >= record.from()
                && item < record.to()
                && !positions.done(slot, item);
    }
}

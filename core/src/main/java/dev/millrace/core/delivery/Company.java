package dev.millrace.core.delivery;

import dev.millrace.core.journal.JournalReader.Entry;
import dev.millrace.spi.event.EventBatch;
import dev.millrace.spi.event.MetricBatch;
import java.util.Arrays;

/**
 * Which rows may stand in one request: those of one kind, and either late ones or others.
 *
 * <p>A sample is late if an earlier request held a newer one of its series. Within a request there are no late ones,
 * because it is sorted by time. What was sent before the process started is not known, and nothing is late for it.
 *
 * <p>Used for one request after the other: {@link #begin}, {@link #admits} for each row that could follow, {@link #end}.
 */
final class Company {
    private final SeriesTimes times;
    private int[] numbers = new int[256];
    private long[] timestamps = new long[256];
    private int size;
    private int last = SeriesTimes.NONE;
    private Class<? extends EventBatch> kind = EventBatch.class;
    private boolean late;

    Company(SeriesTimes times) {
        this.times = times;
    }

    /** A company for the rows of another queue. */
    Company another() {
        return new Company(times);
    }

    /** Begins with the first row of a request. */
    void begin(Entry entry, int row) {
        size = 0;
        times.age();
        kind = entry.batch().getClass();
        late = isLate(entry.batch(), row);
    }

    /** Whether a row may be the next of the request; if so, it is. */
    boolean admits(Entry entry, int row) {
        if (entry.batch().getClass() != kind) {
            return false;
        }
        int before = last;
        if (isLate(entry.batch(), row) != late) {
            size--;
            last = before;
            return false;
        }
        return true;
    }

    /** Ends the request, whose samples are sent from now on; true if they are late. */
    boolean end() {
        for (int i = 0; i < size; i++) {
            times.sent(numbers[i], timestamps[i]);
        }
        return late;
    }

    private boolean isLate(EventBatch batch, int row) {
        if (!(batch instanceof MetricBatch metrics)) {
            return false;
        }
        last = times.number(metrics.labels(row), last);
        long timestamp = metrics.timestamp(row);
        if (size == numbers.length) {
            numbers = Arrays.copyOf(numbers, 2 * size);
            timestamps = Arrays.copyOf(timestamps, 2 * size);
        }
        numbers[size] = last;
        timestamps[size++] = timestamp;
        return timestamp < times.newest(last);
    }
}

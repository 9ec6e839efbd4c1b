package dev.millrace.core.delivery;

import dev.millrace.core.journal.InFlight;
import dev.millrace.core.journal.JournalReader.Entry;
import dev.millrace.spi.event.EventBatch;
import dev.millrace.spi.event.MetricBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one request: all that is outstanding of its slots in a range of the journal, so that the journal gives it
 * again after a crash. Samples are sent in the order of their timestamps, logs and spans in that of the journal.
 *
 * <p>The rows never change and are read by workers; all else belongs to the delivery thread.
 */
final class Request {
    private final long slots;
    private final Entry[] entries;
    private final int[] rows;
    private final int @Nullable [] order;
    private final long newest;
    private final boolean late;
    private long from;
    private long to;
    private @Nullable InFlight recorded;
    private @Nullable Refusable refusable;
    private @Nullable Siblings siblings;
    private boolean repeated;
    private int attempts;
    private int retries;

    /** A request of rows in the order of the journal, at least one, all of one kind, {@code late} or not. */
    Request(long slots, Entry[] entries, int[] rows, boolean late) {
        this.slots = slots;
        this.late = late;
        this.entries = entries;
        this.rows = rows;
        long[] timestamps = new long[rows.length];
        long latest = Long.MIN_VALUE;
        for (int i = 0; i < rows.length; i++) {
            timestamps[i] = RowTime.of(entries[i].batch(), rows[i]);
            latest = Math.max(latest, timestamps[i]);
        }
        newest = latest;
        from = entries[0].firstItem() + rows[0];
        to = entries[rows.length - 1].firstItem() + rows[rows.length - 1] + 1;
        order = entries[0].batch() instanceof MetricBatch ? TimeOrder.of(timestamps) : null;
    }

    /**
     * Marks a request that was recorded in an earlier life of the delivery, of which these rows are left. What is missing at
     * its end stays in its range.
     */
    Request recovered(InFlight record) {
        to = record.to();
        recorded = record.in(from, to, size());
        repeated = true;
        return this;
    }

    /** Takes a range that holds nothing to send into that of this request, also where it is written down. */
    void extend(long newTo) {
        to = Math.max(to, newTo);
        if (recorded != null) {
            recorded = recorded.in(from, to, size());
        }
    }

    int size() {
        return rows.length;
    }

    long slots() {
        return slots;
    }

    long from() {
        return from;
    }

    /** The number below which all of its slots is done when it is. */
    long to() {
        return to;
    }

    /** When the oldest item was committed, in milliseconds since the epoch. */
    long written() {
        return entries[0].written();
    }

    /** The largest timestamp, in milliseconds since the epoch. */
    long newest() {
        return newest;
    }

    /** The batch of a row, by its place in the order of sending. */
    EventBatch batch(int index) {
        return entries[order == null ? index : order[index]].batch();
    }

    /** The number of a row in its batch, by its place in the order of sending. */
    int row(int index) {
        return rows[order == null ? index : order[index]];
    }

    /** Whether newer samples of its series were sent before. */
    boolean late() {
        return late;
    }

    /** What is written down of it, or of the request that it is a part of. */
    @Nullable
    InFlight recorded() {
        return siblings == null ? recorded : siblings.recorded();
    }

    /** Notes what is about to be sent; false if exactly that is noted already. */
    boolean record(String protocol, int checksum) {
        if (siblings != null) {
            return siblings.record(slots, from, to, protocol);
        }
        InFlight record = new InFlight(slots, from, to, size(), protocol, checksum);
        boolean changed = !record.equals(recorded);
        recorded = record;
        return changed;
    }

    /**
     * Whether the destination may hold it, or a part of it, because an earlier call had no clear answer. It stays so,
     * whatever later calls are answered, and both halves of a split inherit it.
     */
    boolean repeated() {
        return repeated;
    }

    /** An attempt ended without a clear answer. */
    void unanswered() {
        repeated = true;
    }

    /** The destination took so many rows, and refused it as a whole: it may refuse them in its parts for being there. */
    void taken(int taken) {
        if (taken > 0 && refusable == null) {
            refusable = new Refusable(size() - taken);
        }
    }

    /** Whether so many rows of it that are refused now can be among those that were refused from the start. */
    boolean refusable(int refused) {
        return refusable == null || refusable.take(refused);
    }

    /** Whether it is sent as a part of one. */
    boolean isPart() {
        return siblings != null;
    }

    /** The rows of the other parts that are done, if this is one. */
    int endedBefore() {
        return siblings == null ? 0 : siblings.ended();
    }

    /** Counts what became of its rows: at once, or, where it is a part, when the last one is done. */
    void count(Runnable counting) {
        if (siblings == null) {
            counting.run();
        } else {
            siblings.count(counting);
        }
    }

    /** It is done; false if that is a part and others are not. */
    boolean end() {
        return siblings == null || siblings.end(size());
    }

    /** Counts an attempt, and returns how many there were before. */
    int attempt() {
        return attempts++;
    }

    /** Counts a retry, and returns how many there are now. */
    int retry() {
        return ++retries;
    }

    /** Two requests of half the rows each, in the order of the journal. What was recorded of this is recorded of both. */
    List<Request> split() {
        return splitAt(rows.length / 2);
    }

    /** Requests of the rows of one group each, in the order of their first rows: mostly this one alone. */
    List<Request> groups(Groups groups, long now) {
        int[] numbers = groups.of(entries, rows, now);
        int count = Arrays.stream(numbers).max().orElse(0) + 1;
        if (count == 1) {
            return List.of(this);
        }
        int[] sizes = new int[count];
        for (int number : numbers) {
            sizes[number]++;
        }
        Siblings shared = new Siblings(count, size(), entries[size() - 1], rows[size() - 1], recorded);
        List<Request> parts = new ArrayList<>(count);
        for (int group = 0; group < count; group++) {
            Entry[] own = new Entry[sizes[group]];
            int[] ownRows = new int[sizes[group]];
            int size = 0;
            for (int i = 0; i < numbers.length; i++) {
                if (numbers[i] == group) {
                    own[size] = entries[i];
                    ownRows[size++] = rows[i];
                }
            }
            parts.add(part(own, ownRows).partOf(shared, this));
        }
        return parts;
    }

    private Request partOf(Siblings shared, Request whole) {
        siblings = shared;
        from = whole.from;
        to = whole.to;
        return this;
    }

    private List<Request> splitAt(int middle) {
        Request first = part(0, middle);
        Request second = part(middle, rows.length);
        if (siblings != null) {
            siblings.cut();
            return List.of(first.partOf(siblings, this), second.partOf(siblings, this));
        }
        first.from = from;
        first.to = second.from; // what is between them and not for the flusher is in a range, too
        second.to = to;
        if (recorded != null) {
            first.record(recorded.protocol(), 0);
            second.record(recorded.protocol(), 0);
        }
        return List.of(first, second);
    }

    /** Whether this and another are parts of one. */
    boolean sharesRange(Request other) {
        return siblings != null && siblings == other.siblings;
    }

    /**
     * What is left when its oldest rows are condemned, as far as they are to be given up; null where nothing is. The
     * positions of its slots pass them, also those that the reader has not come to in this life. Not to be asked of one that
     * is on its way, or behind another of its slots.
     */
    @Nullable
    Request condemn(Overflow overflow, Positions positions) {
        int given = 0;
        while (given < rows.length && overflow.reason(entries[given], rows[given]) != null) {
            given++;
        }
        if (given == 0 || siblings != null && (given < rows.length || !siblings.mayLeave(overflow))) {
            return this; // what is written down of a part is the whole range
        }
        Map<String, Integer> reasons = new TreeMap<>();
        for (int i = 0; i < given; i++) {
            reasons.merge(Objects.requireNonNull(overflow.reason(entries[i], rows[i])), 1, Integer::sum);
        }
        count(() -> reasons.forEach(overflow::passed));
        if (given == rows.length) {
            if (end()) {
                positions.advance(slots, to);
            }
            return null;
        }
        Request rest = part(given, rows.length);
        positions.advance(slots, rest.from);
        rest.to = to;
        rest.retries = retries;
        if (recorded != null) {
            rest.record(recorded.protocol(), 0);
        }
        return rest;
    }

    private Request part(int start, int end) {
        return part(Arrays.copyOfRange(entries, start, end), Arrays.copyOfRange(rows, start, end));
    }

    private Request part(Entry[] someEntries, int[] someRows) {
        Request part = new Request(slots, someEntries, someRows, late);
        part.refusable = refusable;
        part.repeated = repeated;
        part.attempts = attempts;
        return part;
    }

    @Override
    public String toString() {
        return "items " + from + " to " + (to - 1) + " (" + size() + " rows)";
    }
}

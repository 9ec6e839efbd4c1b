package dev.millrace.core.journal;

import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The place of one flusher in the journal, kept in a file of its own. Thread-safe; threads that use it must not be
 * interrupted.
 */
public final class Cursor {
    private final Object lock = new Object();
    private final String flusher;
    private final CursorFile file;
    private final Log log;
    private final CursorSet set;
    private volatile CursorLimits limits;
    private volatile @Nullable Cursor older;
    private volatile @Nullable Cursor newer;
    private volatile long lowest;
    private volatile long waitingSince;

    Cursor(String flusher, CursorFile file, CursorLimits limits, Log log, CursorSet set) {
        this.flusher = flusher;
        this.file = file;
        this.limits = limits;
        this.log = log;
        this.set = set;
        this.lowest = file.state().lowest();
    }

    /** The flusher's ID. */
    public String flusher() {
        return flusher;
    }

    /** A copy of the state that was found when the cursor was opened, or that was stored last. */
    public CursorState state() {
        synchronized (lock) {
            return file.state();
        }
    }

    /**
     * Writes a state; it survives the process, and the power only after {@link #force}. Costs one write of some hundred
     * bytes.
     */
    public void store(CursorState newState) throws IOException {
        synchronized (lock) {
            file.write(newState, log.end());
            lowest = newState.lowest();
        }
        checkAll();
    }

    private void checkAll() {
        set.check();
        Cursor next = newer;
        if (next != null) {
            next.set.check();
        }
    }

    /** Makes the state stored last durable. */
    public void force() throws IOException {
        synchronized (lock) {
            file.force();
        }
    }

    /** How many bytes of the journal wait for this cursor, and of what it follows, estimated inside of a segment. */
    public long backlogBytes() {
        Cursor before = older;
        return log.bytesFrom(lowest) + (before == null ? 0 : before.backlogBytes());
    }

    /**
     * From now on what waits for another cursor, in a journal of its own, counts as the oldest of what waits for this one:
     * the flusher left it when it was taken out. Both have this one's limits. Null ends that.
     */
    public void follow(@Nullable Cursor left) {
        Cursor before = older;
        if (before != null) {
            before.newer = null;
        }
        older = left;
        if (left != null) {
            left.newer = this;
        }
        set.check();
    }

    /** What the flusher was given since the cursor began, and what became of it, by what was stored last. */
    public Account account() {
        synchronized (lock) {
            return file.state().account(log.end());
        }
    }

    /**
     * Adds the counts of a backlog that is done with to its own, durably.
     *
     * @param number that of the {@link Orphan}
     */
    public void inherit(Totals totals, int number) throws IOException {
        store(state().inherit(totals, number));
        force();
    }

    /** Whether the log is as long as it is on account of this cursor: nobody else waits for an older item. */
    public boolean holdsLog() {
        return lowest < log.end() && lowest <= set.lowest();
    }

    /** Whether so much waits for it that appends are refused. */
    public boolean isFull() {
        return set.isFull(flusher);
    }

    /** How many more bytes may wait for it, as its limit of bytes and the room on the volume are now. */
    public long room() {
        return set.room(this);
    }

    /** How much may wait for it. Of what a flusher left, as much as what came since then leaves room for. */
    public CursorLimits limits() {
        Cursor next = newer;
        return next == null ? limits : next.limitsOfOlder();
    }

    /* Appends are refused by this one, nothing is appended to the other. */
    private CursorLimits limitsOfOlder() {
        CursorLimits all = limits;
        return all.dropOldest()
                ? new CursorLimits(
                        Math.max(1, all.maxBytes() - log.bytesFrom(lowest)), all.maxAge(), all.minFreeDisk(), true)
                : CursorLimits.ofBytes(Long.MAX_VALUE);
    }

    /** From now on these are its limits. */
    public void limit(CursorLimits newLimits) {
        limits = newLimits;
        set.check();
    }

    /** When the oldest item that waits was committed, in milliseconds since the epoch; 0 where none waits. */
    public void waitingSince(long milliseconds) {
        if (waitingSince != milliseconds) {
            waitingSince = milliseconds;
            Cursor next = newer;
            if (!(next == null ? limits : next.limits).maxAge().isZero()) {
                checkAll();
            }
        }
    }

    long waitingSince() {
        Cursor before = older;
        return before == null ? waitingSince : before.waitingSince();
    }

    /**
     * What it has to give up of the items from {@code waiting} on, if it is one that drops. For the sake of the volume it
     * gives up nothing that makes no room, because a flusher that refuses waits for it as well.
     */
    public Excess excess(long waiting) {
        return limits().dropOldest() ? set.excess(this, waiting) : Excess.NONE;
    }

    /** The item number below which everything is done. */
    long lowest() {
        return lowest;
    }

    /** Whether something that is older than an item waits for the flusher. */
    boolean waitsBefore(long item) {
        Cursor before = older;
        return lowest < item || before != null && before.backlogBytes() > 0;
    }

    /** Its highest position, or the log's end when it was written, where that is higher. */
    long highest() {
        synchronized (lock) {
            return Math.max(
                    file.end(), Arrays.stream(file.state().positions()).max().orElseThrow());
        }
    }

    /* The log's end is written down, so that damage at rest shows. */
    void close() throws IOException {
        synchronized (lock) {
            try {
                if (file.end() < log.end()) {
                    file.write(file.state(), log.end());
                }
                file.force();
            } finally {
                file.close();
            }
        }
    }

    /* Without force: nobody wants the file any more. */
    void discard() throws IOException {
        synchronized (lock) {
            file.close();
        }
    }
}

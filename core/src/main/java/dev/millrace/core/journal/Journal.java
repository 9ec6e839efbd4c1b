package dev.millrace.core.journal;

import dev.millrace.spi.event.EventBatch;
import dev.millrace.spi.pipeline.Acknowledgement;
import dev.millrace.spi.pipeline.Refusal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * The log of one pipeline: batches are appended to it in groups, and every flusher reads it at its own pace.
 *
 * <p>An item is a row of a batch. Items are numbered from 0, for as long as the folder lives. A batch that was
 * acknowledged as committed is there after a crash, as far as {@link Durability} says; one that was refused may be there
 * all the same. Where the folder's cursors have passed the end of its segments, because some were lost, numbers go on
 * behind the cursors, so that no number ever has two meanings.
 *
 * <p>Thread-safe. {@link #append} never blocks; only the journal's own thread writes segments.
 */
public final class Journal implements AutoCloseable {
    /*
     * A commit is published in three steps: the batches to the tail buffer, then the end, then the segment's extent.
     * After that come listeners and acknowledgements, so a reader that was told there is nothing more is told again.
     */
    private final Path folder;
    private final FileAccess files;
    private final FreeDisk disk;
    private final JournalSettings settings;
    private final JournalEvents events;
    private final Log log;
    private final CursorSet cursors;
    private final States states;
    private final AppendQueue queue;
    private final Turns turns;
    private final Committer committer;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final Object trimLock = new Object();
    private final long openedAt;

    private Journal(
            Path folder,
            FileAccess files,
            JournalSettings settings,
            JournalEvents events,
            Log log,
            States states,
            CursorSet cursors,
            FreeDisk disk,
            Turns turns) {
        this.folder = folder;
        this.files = files;
        this.disk = disk;
        this.settings = settings;
        this.events = events;
        this.log = log;
        this.states = states;
        this.cursors = cursors;
        this.openedAt = log.end();
        this.turns = turns;
        this.queue = new AppendQueue(settings.queueBytes(), settings.linger(), turns::wake, log::end);
        this.committer = new Committer(
                files, folder, settings, events, log, states, queue, cursors, disk, turns, this::committed);
    }

    /** Opens the journal in a folder, or creates it; what a crash left is made whole. Starts the journal's own thread. */
    public static Journal open(
            Path folder, FileAccess files, JournalSettings settings, TailBuffer tail, JournalEvents events)
            throws IOException {
        return open(folder, files, settings, tail, events, new JournalThread("journal-" + folder.getFileName()));
    }

    /** The same, with another that takes the turns. */
    static Journal open(
            Path folder, FileAccess files, JournalSettings settings, TailBuffer tail, JournalEvents events, Turns turns)
            throws IOException {
        return open(folder, files, settings, tail, events, turns, null);
    }

    /* A backlog has a home, to whose disk it belongs. */
    private static Journal open(
            Path folder,
            FileAccess files,
            JournalSettings settings,
            TailBuffer tail,
            JournalEvents events,
            Turns turns,
            @Nullable Journal home)
            throws IOException {
        files.createFolder(folder);
        new Orphans(files, folder).sweep(events);
        DamagedBytes damaged = new DamagedBytes(files, folder);
        Recovery recovery = new Recovery(files, folder, events, damaged);
        Recovery.Found found = recovery.open(settings.durability() != Durability.MEMORY);
        List<Segment> segments = found.segments();
        long end = segments.isEmpty() ? 0 : segments.get(segments.size() - 1).end();
        Log log = new Log(files, tail.section(), new Damages(events, damaged), segments, end);
        FreeDisk disk = home == null ? new FreeDisk(files, folder, turns) : home.disk;
        Surplus surplus = new Surplus(
                log,
                disk,
                home == null ? new Orphans(files, folder)::segments : () -> home.segmentsBut(folder),
                home != null);
        CursorSet cursors =
                new CursorSet(files, folder, events, damaged, log, disk, surplus, turns, settings.maxBytes());
        cursors.load();
        log.openAt(Math.max(end, cursors.highest()));
        recovery.reportEnd(log.end());
        Journal journal =
                new Journal(folder, files, settings, events, log, new States(found.states()), cursors, disk, turns);
        turns.start(journal.committer);
        return journal;
    }

    /** Appends a batch, whole or not at all. Never blocks; an empty batch is acknowledged at once. */
    public void append(EventBatch batch, Acknowledgement acknowledgement) {
        append(batch.size() == 0 ? List.of() : List.of(batch), Map.of(), acknowledgement);
    }

    /**
     * Appends batches and the states of components that belong to them: after a crash all of it is there or nothing.
     * Never blocks; where there is neither, it is acknowledged at once.
     *
     * @param batches the batches, each with at least one row
     * @param changes the new states, by component; an empty one takes away what there was
     */
    public void append(List<EventBatch> batches, Map<String, byte[]> changes, Acknowledgement acknowledgement) {
        if (batches.isEmpty() && changes.isEmpty()) {
            acknowledgement.committed();
            return;
        }
        Refusal refusal = cursors.refusal();
        if (refusal == null) {
            refusal = queue.offer(Pending.of(batches, changes, acknowledgement, turns.now()));
        }
        if (refusal != null) {
            acknowledgement.refused(refusal);
        }
    }

    /** Why a batch would be refused at this moment. */
    public Optional<Refusal> refusal() {
        @Nullable Refusal full = cursors.refusal();
        return Optional.ofNullable(full != null ? full : queue.refusal());
    }

    /** The committed state of a component, not to be changed. */
    public Optional<byte[]> state(String component) {
        return states.get(component);
    }

    /** The components that have a state. */
    public Set<String> componentsWithState() {
        return states.all().keySet();
    }

    /** The number behind the last committed item. */
    public long end() {
        return log.end();
    }

    /** Registers a listener that the journal's own thread calls after each commit; it returns at once. */
    public Subscription onCommit(Runnable listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    private void committed() {
        cursors.check();
        for (Runnable listener : listeners) {
            try {
                listener.run();
            } catch (RuntimeException | Error e) {
                events.listenerFailed(e);
            }
        }
    }

    /** A reader that begins with the batch that holds {@code fromItem}, or with the oldest one stored behind it. */
    public JournalReader reader(long fromItem) {
        return new LogReader(log, fromItem);
    }

    /** Opens the cursor of a flusher as it is; a new one begins at the journal's end, with the limit of the settings. */
    public Cursor cursor(String flusher) throws IOException {
        return cursors.get(flusher);
    }

    /** Opens the cursor of a flusher, for which {@code maxBytes} may wait; a new one begins at the journal's end. */
    public Cursor cursor(String flusher, long maxBytes) throws IOException {
        return cursor(flusher, CursorLimits.ofBytes(maxBytes));
    }

    /** Opens the cursor of a flusher, with what may wait for it; a new one begins at the journal's end. */
    public Cursor cursor(String flusher, CursorLimits limits) throws IOException {
        return cursors.get(flusher, limits);
    }

    /** The flushers that have a cursor, open or not. All of them hold the log back. */
    public Set<String> cursors() {
        return cursors.flushers();
    }

    /** Removes the cursor of a flusher that is gone for good; the log no longer waits for it. */
    public void removeCursor(String flusher) throws IOException {
        cursors.remove(flusher);
    }

    /**
     * Moves what waits for a flusher that is gone to the {@link Orphans}; the log no longer waits for it. Its segments get
     * second names there, and nothing is copied.
     *
     * @throws IOException if that is not possible at this moment, or on this volume; all is as it was
     */
    public void orphan(String flusher) throws IOException {
        long end = queue.endSegment().join();
        synchronized (trimLock) {
            cursors.orphan(flusher, end, new Orphans(files, folder));
        }
        trim();
    }

    /** The backlogs that flushers left. */
    public Orphans orphans() {
        return new Orphans(files, folder);
    }

    /** Opens a backlog that a flusher left, as a journal of its own to which nothing is appended. */
    public Journal open(Orphan orphan) throws IOException {
        Path left = orphan.folder();
        return open(
                left,
                files,
                settings,
                new TailBuffer(1),
                events,
                new JournalThread("journal-" + left.getFileName()),
                this);
    }

    private Set<String> segmentsBut(Path orphan) {
        Set<String> names = orphans().segmentsBut(orphan);
        log.segments().forEach(segment -> names.add(segment.name()));
        return names;
    }

    /** The number of an item so that all before it were committed before a time, in milliseconds since the epoch. */
    public long begunBy(long milliseconds) {
        return log.begunBy(milliseconds);
    }

    /**
     * Unlinks the segments that all cursors have passed, after those cursors are forced. The last segment stays, and so
     * do those that tell the states of components, where it does not; where there is no cursor, all do.
     */
    public void trim() throws IOException {
        synchronized (trimLock) {
            long lowest = cursors.lowest();
            List<Segment> segments = log.segments();
            boolean forced = false;
            for (Segment segment : segments.subList(0, Math.max(0, segments.size() - 1))) {
                if (segment.end() > lowest) {
                    break;
                }
                if (!forced) {
                    cursors.force();
                    forced = true;
                }
                if (!log.remove(segment)) {
                    break;
                }
            }
            if (forced) {
                disk.changed();
                queue.retryNow();
            }
        }
    }

    /** The numbers of this moment. */
    public JournalStatistics statistics() {
        List<Segment> segments = log.segments();
        return new JournalStatistics(
                log.end() - openedAt,
                log.first(),
                log.end(),
                log.bytes(),
                segments.size(),
                segments.isEmpty() ? 0 : segments.get(0).begun(),
                queue.bytes(),
                log.damages().damagedItems(),
                log.damages().skippedItems());
    }

    /** Commits what was appended, refuses what comes, ends the segment and the thread. */
    @Override
    public void close() throws IOException {
        queue.close();
        turns.join();
        log.tail().close();
        cursors.close();
    }
}

package dev.millrace.core.journal;

import dev.millrace.core.journal.JournalReader.Entry;
import dev.millrace.spi.event.EventBatch;
import dev.millrace.spi.pipeline.Refusal;
import dev.millrace.spi.pipeline.Refusal.Reason;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The work of the journal's own thread: it takes groups of batches, commits each group with one write and, where it is
 * asked for, one force, and then acknowledges them.
 *
 * <p>After a failure the segment is never touched again. The group goes to a new segment; where that fails as well, it is
 * refused, and so is everything until a new segment can be created.
 */
final class Committer implements Turns.Turn {
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(5);
    private static final long PROBE_ROOM = 64 << 10;

    private final FileAccess files;
    private final Path folder;
    private final JournalSettings settings;
    private final JournalEvents events;
    private final Log log;
    private final States states;
    private final AppendQueue queue;
    private final CursorSet cursors;
    private final FreeDisk disk;
    private final Turns turns;
    private final Runnable afterCommit;
    private final boolean forcing;
    private final PayloadOutput out = new PayloadOutput();
    private final RollRule roll;
    private long[] foreignBytes = new long[16];
    private @Nullable SegmentWriter writer;
    private Duration retry;
    private boolean waitsForRoom;
    private long retryAt;
    private boolean failed;
    private long room;
    private boolean diskFull;
    private long failedBytes;
    private long written;

    /**
     * A committer.
     *
     * @param afterCommit called after each commit, and throws nothing
     */
    Committer(
            FileAccess files,
            Path folder,
            JournalSettings settings,
            JournalEvents events,
            Log log,
            States states,
            AppendQueue queue,
            CursorSet cursors,
            FreeDisk disk,
            Turns turns,
            Runnable afterCommit) {
        this.files = files;
        this.folder = folder;
        this.settings = settings;
        this.events = events;
        this.log = log;
        this.states = states;
        this.queue = queue;
        this.cursors = cursors;
        this.disk = disk;
        this.turns = turns;
        this.afterCommit = afterCommit;
        this.forcing = settings.durability() == Durability.FSYNC;
        this.roll = new RollRule(settings);
        this.retry = settings.retry();
    }

    /** Commits a group, where one is due. */
    @Override
    public long take(long now) {
        if (waitsForRoom && !findRoom(now)) {
            return queue.closed() ? END : retryAt;
        }
        endSegmentIfAsked();
        if (queue.ended()) {
            endSegment();
            return END;
        }
        if (queue.dueAt() <= now && !admit(queue.take())) {
            waitForRoom();
            return retryAt;
        }
        return Math.max(now, queue.dueAt());
    }

    @Override
    public void ended() {
        queue.close();
        endSegmentIfAsked();
        Refusal refusal = new Refusal(Reason.JOURNAL_FAILED, "the journal's thread has ended", retry);
        queue.fail(refusal).forEach(pending -> refuse(pending, refusal));
    }

    /*
     * Commits what flushers that refuse have room for, in parts where that is little: their limits are checked after each.
     * A batch may exceed a limit, the next one is refused. False where nothing can be written.
     */
    private boolean admit(List<Pending> group) {
        for (List<Pending> rest = group; !rest.isEmpty(); ) {
            Refusal full = cursors.refusal();
            if (full != null) {
                List<Pending> refused = rest;
                queue.release(refused);
                refused.forEach(pending -> refuse(pending, full));
                return true;
            }
            int count = 1;
            long room = cursors.room() - rest.get(0).bytes();
            while (count < rest.size() && room >= rest.get(count).bytes()) {
                room -= rest.get(count++).bytes();
            }
            if (!commit(rest.subList(0, count), rest.subList(count, rest.size()))) {
                return false;
            }
            rest = rest.subList(count, rest.size());
        }
        return true;
    }

    /* False where the group, and what comes next, was refused because nothing can be written. */
    private boolean commit(List<Pending> group, List<Pending> next) {
        List<Pending> rest = new ArrayList<>(group);
        for (boolean again = true; !rest.isEmpty(); ) {
            long start = turns.now();
            try {
                SegmentWriter open = openSegment();
                Pending unfit = encode(open, rest);
                if (unfit != null) {
                    abandon(open, new IllegalStateException("a batch cannot be encoded"));
                    rest.remove(unfit);
                    queue.release(List.of(unfit));
                    continue;
                }
                long bytes = out.size();
                open.write();
                if (forcing) {
                    force(open);
                }
                publish(open, rest);
                settle(rest, bytes, start);
                return true;
            } catch (IOException | RuntimeException | Error e) {
                failedBytes = out.size();
                abandonAfter(e);
                if (!again || e instanceof DiskFullException) {
                    rest.addAll(next);
                    refuse(rest, e);
                    return false;
                }
                again = false;
            }
        }
        return true;
    }

    private SegmentWriter openSegment() throws IOException {
        SegmentWriter open = writer;
        if (open != null && roll.isDue(open, cursors.lowestMaxBytes(), cursors.highestMaxBytes(), room)) {
            endSegment();
            open = null;
        }
        return open != null ? open : createSegment();
    }

    private SegmentWriter createSegment() throws IOException {
        room = disk.bytes();
        boolean durable = settings.durability() != Durability.MEMORY;
        SegmentWriter created = SegmentWriter.create(
                files, folder, log.end(), log.attemptsAt(log.end()), states.all(), turns.millis(), out, durable);
        log.add(created.segment());
        writer = created;
        return created;
    }

    /* Returns a batch that cannot be encoded, after it was refused. */
    private @Nullable Pending encode(SegmentWriter open, List<Pending> group) {
        out.clear();
        long item = log.end();
        written = turns.millis();
        foreignBytes = foreignBytes.length < group.size() ? new long[2 * group.size()] : foreignBytes;
        boolean together = group.stream().anyMatch(Pending::isGroup);
        if (together) {
            open.beginGroup(item, group.stream().mapToInt(Pending::items).sum());
        }
        for (int i = 0; i < group.size(); i++) {
            Pending pending = group.get(i);
            try {
                foreignBytes[i] = encode(open, pending, item);
            } catch (RuntimeException e) {
                refuse(
                        pending,
                        new Refusal(
                                Reason.JOURNAL_FAILED,
                                "the batch cannot be written: " + e.getMessage(),
                                settings.retry()));
                events.unfit("a batch cannot be written, and was refused: " + e);
                return pending;
            }
            item += pending.items();
        }
        if (together) {
            open.endGroup(changes(group), item, written, !forcing);
        }
        return null;
    }

    private long encode(SegmentWriter open, Pending pending, long first) {
        long item = first;
        long foreign = 0;
        for (EventBatch batch : pending.batches()) {
            foreign += open.encode(batch, item, written);
            item += batch.size();
        }
        return foreign;
    }

    /* Of each component the last state. */
    private static Map<String, byte[]> changes(List<Pending> group) {
        Map<String, byte[]> changed = new TreeMap<>();
        group.forEach(pending -> changed.putAll(pending.states()));
        return changed;
    }

    private void force(SegmentWriter open) throws IOException {
        long start = turns.now();
        open.force();
        events.forced((turns.now() - start) / 1e9);
    }

    /* First what readers take from memory, then the end, then what they take from the file. */
    private void publish(SegmentWriter open, List<Pending> group) {
        long item = log.end();
        for (int i = 0; i < group.size(); i++) {
            Pending pending = group.get(i);
            for (EventBatch batch : pending.batches()) {
                Entry entry = new Entry(item, written, batch);
                log.tail()
                        .add(
                                entry,
                                (pending.bytes() + foreignBytes[i])
                                        / pending.batches().size());
                item = entry.end();
            }
            states.commit(pending.states());
        }
        log.end(item);
        open.segment().commit(open.size(), item);
    }

    /* The group is committed, so nothing that a listener throws may undo it. */
    private void settle(List<Pending> group, long bytes, long start) {
        queue.release(group);
        try {
            tell(group, bytes, start);
        } catch (RuntimeException | Error e) {
            events.listenerFailed(e);
        }
        for (Pending pending : group) {
            try {
                pending.acknowledgement().committed();
            } catch (RuntimeException | Error e) {
                events.listenerFailed(e);
            }
        }
    }

    private void tell(List<Pending> group, long bytes, long start) {
        retry = settings.retry();
        if (failed) {
            failed = false;
            disk.wanted(0);
            events.recovered();
        }
        long items = 0;
        for (Pending pending : group) {
            items += pending.items();
            events.appended((turns.now() - pending.since()) / 1e9);
        }
        events.committed(group.size(), items, bytes, (turns.now() - start) / 1e9);
        afterCommit.run();
    }

    private void abandonAfter(Throwable cause) {
        SegmentWriter open = writer;
        if (open != null) {
            abandon(open, cause);
        }
    }

    /* At write, before another segment tells the states that are in this one. */
    private void forceWhatWasNot(SegmentWriter open) throws IOException {
        if (settings.durability() == Durability.WRITE) {
            open.force();
        }
    }

    /* A segment in which nothing is committed is removed, so that a full disk does not collect them. */
    private void abandon(SegmentWriter open, Throwable cause) {
        writer = null;
        out.clear();
        try {
            forceWhatWasNot(open);
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
        open.close(cause);
        if (open.isUnused()) {
            try {
                log.remove(open.segment());
            } catch (IOException e) {
                cause.addSuppressed(e);
            }
        }
    }

    private void refuse(List<Pending> group, Throwable cause) {
        diskFull = cause instanceof DiskFullException;
        disk.changed();
        disk.wanted(diskFull ? failedBytes + PROBE_ROOM : 0);
        String message = "the journal in " + folder + " cannot be written: "
                + (cause.getMessage() == null ? cause.toString() : cause.getMessage());
        if (!failed) {
            failed = true;
            events.failed(diskFull, message);
        }
        Refusal refusal = new Refusal(diskFull ? Reason.DISK_FULL : Reason.JOURNAL_FAILED, message, retry);
        List<Pending> all = new ArrayList<>(group);
        all.addAll(queue.fail(refusal));
        queue.release(all);
        all.forEach(pending -> refuse(pending, refusal));
    }

    private void refuse(Pending pending, Refusal refusal) {
        try {
            pending.acknowledgement().refused(refusal);
        } catch (RuntimeException | Error e) {
            events.listenerFailed(e);
        }
    }

    private void waitForRoom() {
        waitsForRoom = true;
        retryAt = turns.now() + retry.toNanos();
    }

    /* Whether a new segment could be created by now. */
    private boolean findRoom(long now) {
        if (queue.closed() || !queue.takeRetryNow() && now < retryAt) {
            return false;
        }
        Duration doubled = retry.multipliedBy(2);
        retry = doubled.compareTo(LONGEST_RETRY) > 0 ? LONGEST_RETRY : doubled;
        try {
            if (!diskFull || files.usableBytes(folder) >= failedBytes + PROBE_ROOM) {
                createSegment();
                queue.recover();
                waitsForRoom = false;
                return true;
            }
        } catch (IOException | RuntimeException | Error e) {
            diskFull = e instanceof DiskFullException;
            abandonAfter(e);
        }
        waitForRoom();
        return false;
    }

    private void endSegmentIfAsked() {
        CompletableFuture<Long> asked = queue.takeSegmentEnd();
        if (asked != null) {
            endSegment();
            asked.complete(log.end());
        }
    }

    private void endSegment() {
        SegmentWriter open = writer;
        writer = null;
        if (open == null) {
            return;
        }
        try {
            forceWhatWasNot(open); // what ends with a footer is durable up to there
            open.seal(states.all(), turns.millis(), settings.durability() != Durability.MEMORY);
        } catch (IOException | RuntimeException | Error e) {
            open.close(e);
            events.damage(open.segment().name(), 0, "the segment could not be sealed: " + e.getMessage());
        }
    }
}

package dev.millrace.core.journal;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The segments of a journal in their order, and where it ends. Thread-safe. */
final class Log {
    private final Object lock = new Object();
    private final FileAccess files;
    private final TailBuffer.Section tail;
    private final Damages damages;
    private final boolean ours;
    private volatile long openedAt;
    private volatile Segment[] segments;
    private volatile long end;

    Log(FileAccess files, TailBuffer.Section tail, Damages damages, List<Segment> segments, long end) {
        this(files, tail, damages, true, segments, end);
    }

    private Log(
            FileAccess files,
            TailBuffer.Section tail,
            Damages damages,
            boolean ours,
            List<Segment> segments,
            long end) {
        this.files = files;
        this.tail = tail;
        this.damages = damages;
        this.ours = ours;
        this.segments = segments.toArray(new Segment[0]);
        this.openedAt = end;
        this.end = end;
    }

    /** A log that is only looked at: another process may have it, and trim it. */
    static Log ofAnother(FileAccess files, Damages damages, List<Segment> segments, long end) {
        return new Log(files, new TailBuffer(1).section(), damages, false, segments, end);
    }

    /** Begins the numbers of new items at {@code item}, before the first commit. */
    void openAt(long item) {
        openedAt = item;
        end = item;
    }

    /** Where it ended when it was opened: what lies before and is in no segment is lost. */
    long openedAt() {
        return openedAt;
    }

    /** The newest batches. */
    TailBuffer.Section tail() {
        return tail;
    }

    Damages damages() {
        return damages;
    }

    /** The number behind the last committed item. */
    long end() {
        return end;
    }

    void end(long item) {
        end = item;
    }

    /** The number of the oldest item stored, or the end where there is none. */
    long first() {
        Segment[] now = segments;
        return now.length == 0 ? end : now[0].first();
    }

    List<Segment> segments() {
        return List.of(segments);
    }

    /**
     * The segment that holds an item, else the first one behind it, else null.
     *
     * <p>It takes one look at the list: the segments before one that is on it are complete, so an item that is just being
     * published is never taken for one that is missing.
     */
    @Nullable
    Segment from(long item) {
        for (Segment segment : segments) {
            if (segment.end() > Math.max(item, segment.first())) {
                return segment;
            }
        }
        return null;
    }

    /** The last segment, which may be the one that is written; null where there is none. */
    @Nullable
    Segment last() {
        Segment[] now = segments;
        return now.length == 0 ? null : now[now.length - 1];
    }

    /** The attempt at which a segment that begins at an item counts more than all that began there before. */
    int attemptsAt(long item) {
        int attempts = 0;
        for (Segment segment : segments) {
            attempts = segment.first() == item ? Math.max(attempts, segment.attempt() + 1) : attempts;
        }
        return attempts;
    }

    /** How many bytes hold the items from {@code item} on. */
    long bytesFrom(long item) {
        Segment[] now = segments;
        long bytes = 0;
        for (int i = now.length - 1; i >= 0 && now[i].end() >= item; i--) {
            bytes += now[i].bytesFrom(item);
        }
        return bytes;
    }

    /** The lowest number from which on the items are held by no more than {@code most} bytes. */
    long fitting(long most) {
        Segment[] now = segments;
        long left = most;
        for (int i = now.length - 1; i >= 0; i--) {
            long bytes = now[i].bytesFrom(now[i].first());
            if (bytes > left) {
                return now[i].fitting(left);
            }
            left -= bytes;
        }
        return first();
    }

    /** The first item of the newest segment that was begun by a time, or the oldest item. */
    long begunBy(long milliseconds) {
        Segment[] now = segments;
        for (int i = now.length - 1; i >= 0; i--) {
            if (now[i].begun() > 0 && now[i].begun() <= milliseconds) {
                return now[i].first();
            }
        }
        return first();
    }

    /** The size of all segments. */
    long bytes() {
        return Arrays.stream(segments)
                .mapToLong(segment -> segment.extent().bytes())
                .sum();
    }

    void add(Segment segment) {
        synchronized (lock) {
            Segment[] more = Arrays.copyOf(segments, segments.length + 1);
            more[more.length - 1] = segment;
            segments = more;
        }
    }

    /**
     * Removes a segment whose items nobody needs any more, then its file; false where no other tells the states of
     * components. Where that fails the segment stays, so that it is tried
     * again, and before those behind it: what lies behind its end would come to life if they went first.
     */
    boolean remove(Segment segment) throws IOException {
        synchronized (lock) {
            if (Arrays.stream(segments).noneMatch(other -> other != segment && other.tellsStates())) {
                return false;
            }
            segments = Arrays.stream(segments).filter(other -> other != segment).toArray(Segment[]::new);
        }
        try {
            files.delete(segment.file());
            return true;
        } catch (IOException e) {
            putBack(segment);
            throw e;
        }
    }

    private void putBack(Segment segment) {
        synchronized (lock) {
            Segment[] now = segments;
            int at = 0;
            while (at < now.length && now[at].first() < segment.first()) {
                at++;
            }
            Segment[] more = Arrays.copyOf(now, now.length + 1);
            System.arraycopy(now, at, more, at + 1, now.length - at);
            more[at] = segment;
            segments = more;
        }
    }

    /**
     * Whether a segment whose file is not there was trimmed. In a log of another it was, and so was what is before it: that
     * is no part of it any more.
     */
    boolean isTrimmed(Segment segment) {
        synchronized (lock) {
            int at = Arrays.asList(segments).indexOf(segment);
            if (!ours) {
                segments = Arrays.copyOfRange(segments, at + 1, segments.length);
            }
            return !ours || at < 0;
        }
    }

    FileAccess.OpenFile open(Segment segment) throws IOException {
        return files.open(segment.file());
    }
}

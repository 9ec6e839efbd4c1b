package dev.millrace.core.journal;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import org.jspecify.annotations.Nullable;

/**
 * The reader of a journal: from memory while it keeps up, else from the segments.
 *
 * <p>One that has begun to read segments goes on with them until it has caught up, because each segment costs the
 * reading of its dictionary.
 */
final class LogReader implements JournalReader {
    private final Log log;
    private final TailBuffer.Section.Place place;
    private @Nullable SegmentReader segments;
    private long position;

    LogReader(Log log, long fromItem) {
        this.log = log;
        this.position = Math.max(fromItem, log.first());
        this.place = log.tail().place(position);
    }

    @Override
    public @Nullable Entry next() throws IOException {
        while (true) {
            SegmentReader current = segments;
            if (current != null) {
                Segment last = log.last();
                Entry entry = current.next();
                position = Math.max(position, current.position());
                if (entry != null) {
                    return entry;
                }
                if (last == current.segment() && position >= log.openedAt() && position < log.end()) {
                    return null; // it is on its way: the end is published before the extent
                }
                closeSegments();
            }
            long end = log.end();
            if (position >= end) {
                place.moveTo(position);
                return null;
            }
            Entry recent = log.tail().find(position);
            if (recent != null) {
                position = recent.end();
                place.moveTo(position);
                return recent;
            }
            Segment found = log.from(position);
            if (found != null && found.first() <= position) {
                open(found);
            } else if (!skipMissing(found)) {
                return null;
            }
        }
    }

    private void open(Segment segment) throws IOException {
        FileAccess.OpenFile file;
        try {
            file = log.open(segment);
        } catch (NoSuchFileException e) {
            if (!log.isTrimmed(segment)) {
                throw e;
            }
            position = Math.max(position, log.first());
            return;
        }
        try {
            segments = new SegmentReader(segment, file, position, log.damages());
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    /* False where the items are on their way: the end is published before the segment's extent. */
    private boolean skipMissing(@Nullable Segment behind) {
        if (behind != null) {
            log.damages().missing(behind, position, behind.first());
            position = behind.first();
        } else if (position < log.openedAt()) {
            log.damages().missing(log.last(), position, log.openedAt());
            position = log.openedAt();
        } else {
            return false;
        }
        return true;
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public void close() throws IOException {
        place.close();
        closeSegments();
    }

    private void closeSegments() throws IOException {
        SegmentReader open = segments;
        segments = null;
        if (open != null) {
            open.close();
        }
    }
}

package dev.millrace.core.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Goes from record to record of a file, through a window that is as large as a payload at most. Not thread-safe.
 *
 * <p>Where no header is, the next one is searched. The first record that is found gives the stamp that all others must
 * have. Records of a group are met only inside of one that was entered, or where all groups are known to be committed.
 */
final class RecordScanner {
    private static final int WINDOW = 128 << 10;
    private static final int LARGEST_KEPT = 1 << 20;
    private static final byte MAGIC_START = 'M';

    private final RecordHeader header = new RecordHeader();
    private final PayloadInput payload = new PayloadInput();
    private final FileAccess.OpenFile file;
    private byte[] window = new byte[WINDOW];
    private long windowStart;
    private int windowLength;
    private boolean stamped;
    private int stamp;
    private long offset;
    private long next;
    private long unreadable;
    private boolean checked;
    private boolean whole;
    private long groupsUpTo;

    RecordScanner(FileAccess.OpenFile file) {
        this.file = file;
    }

    /** Continues at an offset of the file. */
    void seek(long newOffset) {
        next = newOffset;
    }

    /** Meets records of groups everywhere: all groups of the file are committed. */
    void committed() {
        groupsUpTo = Long.MAX_VALUE;
    }

    /** Continues with the records of the current one, which is a group. */
    void enter() {
        groupsUpTo = Math.max(groupsUpTo, next);
        next = offset + RecordHeader.SIZE;
    }

    /** The header of the current record. */
    RecordHeader header() {
        return header;
    }

    /** Where the current record begins. */
    long offset() {
        return offset;
    }

    /** Where the next record begins, if it is there. */
    long nextOffset() {
        return next;
    }

    /** How many bytes before the current record belong to no record. */
    long unreadable() {
        return unreadable;
    }

    /** Goes to the next record that ends before {@code limit}; false where there is none, and nothing has moved. */
    boolean next(long limit) throws IOException {
        for (long at = next; at + RecordHeader.SIZE <= limit; at = search(at + 1, limit)) {
            int index = load(at, RecordHeader.SIZE, limit);
            if (index < 0) {
                return false;
            }
            if (header.read(window, index)
                    && (!stamped || header.stamp == stamp)
                    && (!header.grouped || at < groupsUpTo)
                    && at + RecordHeader.SIZE + header.length <= limit) {
                stamped = true;
                stamp = header.stamp;
                unreadable = at - next;
                checked &= offset == at;
                offset = at;
                next = at + RecordHeader.SIZE + header.length;
                return true;
            }
        }
        return false;
    }

    /** Whether another record comes behind the current one, which stays the current one. */
    boolean isFollowed(long limit) throws IOException {
        long current = offset;
        long before = unreadable;
        boolean checkedBefore = checked;
        boolean found = next(limit);
        next = current;
        next(limit);
        unreadable = before;
        checked = checkedBefore;
        return found;
    }

    /** The payload of the current record, valid until the next call; null where it is damaged. */
    @Nullable
    PayloadInput payload() throws IOException {
        if (checked && !whole) {
            return null;
        }
        int index = load(offset + RecordHeader.SIZE, header.length, next);
        whole = index >= 0 && (checked || header.matches(window, index));
        checked = true;
        return whole ? payload.reset(window, index, header.length) : null;
    }

    private long search(long from, long limit) throws IOException {
        for (long at = from; at < limit; ) {
            int index = load(at, 1, limit);
            if (index < 0) {
                return limit;
            }
            for (; index < windowLength; index++, at++) {
                if (window[index] == MAGIC_START) {
                    return at;
                }
            }
        }
        return limit;
    }

    /** Makes bytes of the file be in the window; returns their index, or -1 where the file ends before. */
    private int load(long at, int count, long limit) throws IOException {
        if (at >= windowStart && at + count <= windowStart + windowLength) {
            return (int) (at - windowStart);
        }
        if (count > window.length || window.length > LARGEST_KEPT && count <= LARGEST_KEPT) {
            window = new byte[Math.max(count, WINDOW)];
        }
        windowStart = at;
        windowLength = 0;
        ByteBuffer target = ByteBuffer.wrap(window, 0, (int) Math.min(window.length, Math.max(limit - at, count)));
        while (windowLength < count) {
            int read = file.read(target, at + windowLength);
            if (read < 0) {
                return -1;
            }
            windowLength += read;
        }
        return 0;
    }
}

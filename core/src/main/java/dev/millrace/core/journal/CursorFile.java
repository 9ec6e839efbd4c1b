package dev.millrace.core.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The file of a cursor. It has three places for versions, {@value #PLACE} bytes apart; of the valid versions, the one with
 * the highest sequence counts.
 *
 * <pre>
 *   offset size
 *    0      4   magic number, "MLCU"
 *    4      4   version of the format, {@value #VERSION}
 *    8      4   length of all from offset 16 on
 *   12      4   CRC32C of all from offset 16 on
 *   16      8   sequence
 *   24      8   the number behind the log's last item when it was written
 *   32          the state: see {@link CursorPayload}
 * </pre>
 *
 * <p>The newest version and the newest forced one are never overwritten. One that is forced is then written a second
 * time, so that a place which is damaged later never takes the cursor back to where the log no longer is. So a write that is torn with the process costs
 * that write, and with the power at most what was not forced. The file has its full size from the start, so that a cursor
 * moves on while the disk is full. Not thread-safe.
 */
final class CursorFile implements AutoCloseable {
    static final int PLACE = 16 << 10;
    static final int VERSION = 2;
    static final int HEADER = 16;

    private static final int PLACES = 3;
    private static final int MAGIC = 0x4d4c4355;
    private static final int END = 24;
    private static final int STATE = 32;

    private final FileAccess files;
    private final Path path;
    private final CRC32C crc = new CRC32C();
    private final PayloadInput in = new PayloadInput();
    private final List<Integer> damaged = new ArrayList<>();

    /* The newest version, as it is in the file. */
    private PayloadOutput image = new PayloadOutput(4 << 10);
    private PayloadOutput spare = new PayloadOutput(4 << 10);

    private FileAccess.@Nullable OpenFile file;
    private long sequence;
    private long end;
    private int newest;
    private int forced;

    private CursorFile(FileAccess files, Path path) {
        this.files = files;
        this.path = path;
    }

    /** Hears of a version that is damaged. */
    interface DamageListener {
        void damaged(String file, DamagedBytes.Range range, String message);
    }

    /** Creates a file that holds {@code state} and the log's {@code end}, durably, in place of one that is there. */
    static CursorFile create(FileAccess files, Path path, CursorState state, long end) throws IOException {
        CursorFile created = new CursorFile(files, path);
        created.encode(created.image, state, end);
        created.end = end;
        created.replace(created.image);
        return created;
    }

    /** Creates a file in place of one without a valid version, whose room it takes: on a full disk there is no other. */
    static CursorFile recreate(FileAccess files, Path path, CursorState state, long end) throws IOException {
        FileAccess.OpenFile file = files.openForWriting(path);
        try {
            if (file.size() < PLACES * PLACE) {
                file.close();
                return create(files, path, state, end);
            }
            CursorFile created = new CursorFile(files, path);
            created.encode(created.image, state, end);
            created.end = end;
            begin(file, created.image);
            created.file = file;
            return created;
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    /** Opens a file; null where no version in it is valid. */
    static @Nullable CursorFile open(FileAccess files, Path path, DamageListener listener) throws IOException {
        CursorFile opened = new CursorFile(files, path);
        FileAccess.OpenFile file = files.openForWriting(path);
        try {
            boolean found = opened.findNewest(file);
            for (int place : opened.damaged) {
                opened.report(file, place, listener);
                opened.restore(file, place);
            }
            if (found) {
                // What was read may never have been stored, where an earlier force has failed: it is written again.
                file.write(opened.image.toBuffer(), (long) opened.newest * PLACE);
                file.force();
                opened.file = file;
                return opened;
            }
            file.close();
            return null;
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    /**
     * What is in a file.
     *
     * @param state the newest state, or null where no version is valid
     * @param end the log's end when it was written
     */
    record Reading(@Nullable CursorState state, long end) {}

    /** Looks for damage in a file, which is not changed. */
    static Reading check(FileAccess files, Path path, DamageListener listener) throws IOException {
        CursorFile read = new CursorFile(files, path);
        try (FileAccess.OpenFile file = files.open(path)) {
            boolean found = read.findNewest(file);
            for (int place : read.damaged) {
                read.report(file, place, listener);
            }
            return new Reading(found ? read.state() : null, read.end);
        }
    }

    /** The newest state in a file, which is not changed; null where no version in it is valid. */
    static @Nullable CursorState read(FileAccess files, Path path) throws IOException {
        CursorFile read = new CursorFile(files, path);
        try (FileAccess.OpenFile file = files.open(path)) {
            return read.findNewest(file) ? read.state() : null;
        }
    }

    /** A copy of the newest state. */
    CursorState state() {
        try {
            byte[] bytes = image.toBuffer().array();
            return CursorPayload.read(in.reset(bytes, STATE, image.size() - STATE));
        } catch (MalformedPayloadException e) {
            throw new IllegalStateException(path + ": " + e.getMessage(), e);
        }
    }

    /** The number behind the log's last item when the newest version was written. */
    long end() {
        return end;
    }

    /** Writes a new version, with the log's end. */
    void write(CursorState state, long logEnd) throws IOException {
        encode(spare, state, logEnd);
        FileAccess.OpenFile target = file;
        if (target == null) {
            replace(spare);
            exchange();
        } else {
            int place = free();
            write(target, (long) place * PLACE);
            exchange();
            newest = place;
        }
        end = logEnd;
    }

    private void exchange() {
        PayloadOutput before = image;
        image = spare;
        spare = before;
    }

    /* The open file may be on a volume that failed, and was repaired and mounted anew under it. */
    private void write(FileAccess.OpenFile target, long offset) throws IOException {
        try {
            target.write(spare.toBuffer(), offset);
        } catch (IOException failure) {
            FileAccess.OpenFile again = files.openForWriting(path);
            try {
                again.write(spare.toBuffer(), offset);
            } catch (IOException e) {
                again.close();
                throw e;
            }
            file = again;
            target.close();
        }
    }

    /** Makes the newest version durable. A file that was once forced in vain is replaced by another. */
    void force() throws IOException {
        FileAccess.OpenFile target = file;
        if (target != null && newest == forced) {
            return;
        }
        if (target != null) {
            try {
                target.force();
                forced = newest;
                target.write(image.toBuffer(), (long) free() * PLACE);
                target.force();
                return;
            } catch (IOException e) {
                close();
            }
        }
        replace(image);
    }

    private int free() {
        int place = 0;
        while (place == newest || place == forced) {
            place++;
        }
        return place;
    }

    private void encode(PayloadOutput out, CursorState state, long logEnd) throws IOException {
        out.clear();
        out.skip(STATE);
        CursorPayload.write(out, state);
        if (out.size() > PLACE) {
            throw new IOException(path + ": " + out.size() + " bytes (expected: <= " + PLACE + ")");
        }
        sequence++;
        out.setInt(0, MAGIC);
        out.setInt(4, VERSION);
        out.setInt(8, out.size() - HEADER);
        out.setLong(HEADER, sequence);
        out.setLong(END, logEnd);
        crc.reset();
        out.updateChecksum(crc, HEADER, out.size());
        out.setInt(12, (int) crc.getValue());
    }

    /* Writes a version to a new file, which takes the place of the old one when it is durable. */
    private void replace(PayloadOutput version) throws IOException {
        Path next = path.resolveSibling(path.getFileName() + ".new");
        files.delete(next);
        FileAccess.OpenFile created = files.create(next);
        try {
            begin(created, version);
            files.rename(next, path);
            files.forceFolder(Objects.requireNonNull(path.getParent()));
        } catch (IOException e) {
            created.close();
            throw e;
        }
        file = created;
        newest = 0;
        forced = 0;
    }

    /* Nothing is left of what was there. */
    private static void begin(FileAccess.OpenFile file, PayloadOutput version) throws IOException {
        file.write(ByteBuffer.allocate(PLACES * PLACE), 0);
        file.write(version.toBuffer(), 0);
        file.write(version.toBuffer(), PLACE);
        file.force();
    }

    private boolean findNewest(FileAccess.OpenFile source) throws IOException {
        byte[] bytes = new byte[PLACE];
        for (int place = 0; place < PLACES; place++) {
            int available = fill(source, bytes, place);
            int length = length(bytes, available);
            if (length == 0 || !isState(bytes, length)) {
                if (available < PLACE || !isUnused(bytes)) {
                    damaged.add(place);
                }
                continue;
            }
            long found = (long) PayloadOutput.LONG.get(bytes, HEADER);
            if (found > sequence) {
                sequence = found;
                end = (long) PayloadOutput.LONG.get(bytes, END);
                newest = place;
                forced = place;
                image.clear();
                image.skip(length);
                image.toBuffer().put(bytes, 0, length);
            }
        }
        return sequence > 0;
    }

    private void report(FileAccess.OpenFile source, int place, DamageListener listener) throws IOException {
        long from = (long) place * PLACE;
        listener.damaged(
                Objects.requireNonNull(path.getFileName()).toString(),
                new DamagedBytes.Range(source, from, Math.min(from + PLACE, source.size())),
                "the version at offset " + from + " is damaged, one of " + PLACES);
    }

    /* In the place of a damaged version goes the newest one. */
    private void restore(FileAccess.OpenFile target, int place) throws IOException {
        long from = (long) place * PLACE;
        if (sequence > 0) {
            target.write(ByteBuffer.allocate(PLACE), from);
            target.write(image.toBuffer(), from);
        }
    }

    private static boolean isUnused(byte[] bytes) {
        return Arrays.equals(bytes, new byte[PLACE]);
    }

    private boolean isState(byte[] bytes, int length) {
        try {
            CursorPayload.read(in.reset(bytes, STATE, length - STATE));
            return true;
        } catch (MalformedPayloadException | IllegalArgumentException e) {
            return false; // of no use, like one whose checksum is wrong
        }
    }

    private static int fill(FileAccess.OpenFile source, byte[] bytes, int place) throws IOException {
        ByteBuffer target = ByteBuffer.wrap(bytes);
        int count = 0;
        while (target.hasRemaining() && count >= 0) {
            count = source.read(target, (long) place * PLACE + target.position());
        }
        return target.position();
    }

    /* The length of the version that the bytes begin with, or 0. */
    private int length(byte[] bytes, int count) {
        int available = count - HEADER;
        if (available < STATE - HEADER
                || (int) PayloadOutput.INT.get(bytes, 0) != MAGIC
                || (int) PayloadOutput.INT.get(bytes, 4) != VERSION) {
            return 0;
        }
        int length = (int) PayloadOutput.INT.get(bytes, 8);
        if (length < STATE - HEADER || length > available) {
            return 0;
        }
        crc.reset();
        crc.update(bytes, HEADER, length);
        return (int) PayloadOutput.INT.get(bytes, 12) == (int) crc.getValue() ? HEADER + length : 0;
    }

    @Override
    public void close() throws IOException {
        FileAccess.OpenFile open = file;
        file = null;
        if (open != null) {
            open.close();
        }
    }
}

package dev.millrace.core.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
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
 *   24          the state: see {@link CursorPayload}
 * </pre>
 *
 * <p>The newest version and the newest forced one are never overwritten. So a write that is torn with the process costs
 * that write, and with the power at most what was not forced. The file has its full size from the start, so that a cursor
 * moves on while the disk is full. Not thread-safe.
 */
final class CursorFile implements AutoCloseable {
    static final int PLACE = 16 << 10;
    static final int VERSION = 1;

    private static final int PLACES = 3;
    private static final int MAGIC = 0x4d4c4355;
    private static final int HEADER = 16;
    private static final int STATE = 24;

    private final FileAccess files;
    private final Path path;
    private final CRC32C crc = new CRC32C();
    private final PayloadInput in = new PayloadInput();

    /* The newest version, as it is in the file. */
    private PayloadOutput image = new PayloadOutput(4 << 10);
    private PayloadOutput spare = new PayloadOutput(4 << 10);

    private FileAccess.@Nullable OpenFile file;
    private long sequence;
    private int newest;
    private int forced;

    private CursorFile(FileAccess files, Path path) {
        this.files = files;
        this.path = path;
    }

    /** Creates a file that holds {@code state}, durably, in place of one that is there. */
    static CursorFile create(FileAccess files, Path path, CursorState state) throws IOException {
        CursorFile created = new CursorFile(files, path);
        created.encode(created.image, state);
        created.replace();
        return created;
    }

    /** Opens a file; null where no version in it is valid. */
    static @Nullable CursorFile open(FileAccess files, Path path) throws IOException {
        CursorFile opened = new CursorFile(files, path);
        FileAccess.OpenFile file = files.openForWriting(path);
        try {
            if (opened.findNewest(file)) {
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

    /** Writes a new version. */
    void write(CursorState state) throws IOException {
        encode(spare, state);
        FileAccess.OpenFile target = file;
        if (target == null) {
            PayloadOutput before = image;
            image = spare;
            spare = before;
            replace();
            return;
        }
        int place = 0;
        while (place == newest || place == forced) {
            place++;
        }
        target.write(spare.toBuffer(), (long) place * PLACE);
        PayloadOutput before = image;
        image = spare;
        spare = before;
        newest = place;
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
                return;
            } catch (IOException e) {
                close();
            }
        }
        replace();
    }

    private void encode(PayloadOutput out, CursorState state) throws IOException {
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
        crc.reset();
        out.updateChecksum(crc, HEADER, out.size());
        out.setInt(12, (int) crc.getValue());
    }

    /* Writes the newest version to a new file, which takes the place of the old one when it is durable. */
    private void replace() throws IOException {
        Path next = path.resolveSibling(path.getFileName() + ".new");
        files.delete(next);
        FileAccess.OpenFile created = files.create(next);
        try {
            created.write(ByteBuffer.allocate(PLACES * PLACE), 0);
            created.write(image.toBuffer(), 0);
            created.force();
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

    private boolean findNewest(FileAccess.OpenFile source) throws IOException {
        byte[] bytes = new byte[PLACE];
        for (int place = 0; place < PLACES; place++) {
            int length = read(source, bytes, place);
            long found = length == 0 ? 0 : (long) PayloadOutput.LONG.get(bytes, HEADER);
            if (found > sequence && isState(bytes, length)) {
                sequence = found;
                newest = place;
                forced = place;
                image.clear();
                image.skip(length);
                image.toBuffer().put(bytes, 0, length);
            }
        }
        return sequence > 0;
    }

    private boolean isState(byte[] bytes, int length) {
        try {
            CursorPayload.read(in.reset(bytes, STATE, length - STATE));
            return true;
        } catch (MalformedPayloadException | IllegalArgumentException e) {
            return false; // of no use, like one whose checksum is wrong
        }
    }

    /* The length of the version at a place, or 0. */
    private int read(FileAccess.OpenFile source, byte[] bytes, int place) throws IOException {
        ByteBuffer target = ByteBuffer.wrap(bytes);
        int count = 0;
        while (target.hasRemaining() && count >= 0) {
            count = source.read(target, (long) place * PLACE + target.position());
        }
        int available = target.position() - HEADER;
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

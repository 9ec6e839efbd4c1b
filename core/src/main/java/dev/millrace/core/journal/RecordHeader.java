package dev.millrace.core.journal;

import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The header of a record, before its payload. A segment is nothing but records.
 *
 * <pre>
 *   offset size
 *    0      4   magic number, "MLRC"
 *    4      1   version of the header and of the payload, {@value #VERSION}
 *    5      1   kind
 *    6      1   1 in a record inside of a group, else 0
 *    7      1   1 in a group that was not forced before anything was written behind it, else 0
 *    8      4   stamp: a random number, the same in all records of a segment
 *   12      4   items: how many rows the record holds
 *   16      8   the number of the item in its first row, or that of the next item
 *   24      8   when it was written, milliseconds since the epoch
 *   32      4   length of the payload
 *   36      4   CRC32C of the payload
 *   40      4   CRC32C of bytes 0 to 39
 * </pre>
 *
 * <p>Numbers are big-endian. Behind a damaged header the next one is searched; the stamp tells it from bytes that a
 * client sent, and from what a file held before. Mutable; not thread-safe.
 */
final class RecordHeader {
    static final int SIZE = 44;
    static final int VERSION = 1;

    private static final int MAGIC = 0x4d4c5243;
    private static final int CHECKSUM = 40;

    private final CRC32C crc = new CRC32C();

    int version;
    int kind;
    boolean grouped;
    boolean unforced;
    int stamp;
    int items;
    long first;
    long written;
    int length;
    int payloadChecksum;

    /** Reads a header; false where there is none. */
    boolean read(byte[] bytes, int at) {
        if (intAt(bytes, at) != MAGIC) {
            return false;
        }
        crc.reset();
        crc.update(bytes, at, CHECKSUM);
        if (intAt(bytes, at + CHECKSUM) != (int) crc.getValue()) {
            return false;
        }
        version = bytes[at + 4] & 0xff;
        kind = bytes[at + 5] & 0xff;
        grouped = bytes[at + 6] != 0;
        unforced = bytes[at + 7] != 0;
        stamp = intAt(bytes, at + 8);
        items = intAt(bytes, at + 12);
        first = longAt(bytes, at + 16);
        written = longAt(bytes, at + 24);
        length = intAt(bytes, at + 32);
        payloadChecksum = intAt(bytes, at + 36);
        return items >= 0 && first >= 0 && length >= 0;
    }

    /** Fills the room left at {@code at} for the header of the payload that ends the output. */
    void write(PayloadOutput out, int at) {
        int payload = at + SIZE;
        crc.reset();
        out.updateChecksum(crc, payload, out.size());
        out.setInt(at, MAGIC);
        out.setByte(at + 4, version);
        out.setByte(at + 5, kind);
        out.setByte(at + 6, grouped ? 1 : 0);
        out.setByte(at + 7, unforced ? 1 : 0);
        out.setInt(at + 8, stamp);
        out.setInt(at + 12, items);
        out.setLong(at + 16, first);
        out.setLong(at + 24, written);
        out.setInt(at + 32, out.size() - payload);
        out.setInt(at + 36, (int) crc.getValue());
        crc.reset();
        out.updateChecksum(crc, at, at + CHECKSUM);
        out.setInt(at + CHECKSUM, (int) crc.getValue());
    }

    /** What the record holds, or null where this version does not know it. */
    @Nullable
    RecordKind knownKind() {
        return version == VERSION ? RecordKind.of(kind) : null;
    }

    /** The number behind its last item. */
    long end() {
        return first + items;
    }

    /** Whether {@code bytes} are the payload that the header was written for. */
    boolean matches(byte[] bytes, int offset) {
        crc.reset();
        crc.update(bytes, offset, length);
        return (int) crc.getValue() == payloadChecksum;
    }

    private static int intAt(byte[] bytes, int at) {
        return (int) PayloadOutput.INT.get(bytes, at);
    }

    private static long longAt(byte[] bytes, int at) {
        return (long) PayloadOutput.LONG.get(bytes, at);
    }
}

package dev.millrace.plugin.lib.prometheus.protobuf;

import dev.millrace.plugin.lib.prometheus.text.SeriesHash;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The bytes by which a series of a page is known again: two series of one key have the same labels.
 *
 * <pre>
 *   0  byte     0, which is the first of no text
 *   1  byte     the part of the metric, {@link Part}
 *   2  8 bytes  the bound of the bucket or the quantile, as the raw bits of a double
 *  10  4 bytes  the length of the family's name, and the name
 *      4 bytes  for each label the length of its message, and the message
 *      byte     0
 * </pre>
 *
 * Used again and again; not thread-safe.
 */
final class SeriesKey {
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final int PART = 1;
    private static final int BOUND = 2;
    private static final int NAME = 10;

    private final byte[] page;
    private byte[] bytes = new byte[256];
    private int length;

    SeriesKey(byte[] page) {
        this.page = page;
    }

    /** Begins the key of a metric. */
    void begin(int nameStart, int nameEnd) {
        length = NAME;
        add(nameStart, nameEnd);
    }

    /** Adds the message of a label. */
    void add(int start, int end) {
        int size = end - start;
        reserve(Integer.BYTES + size);
        INT.set(bytes, length, size);
        System.arraycopy(page, start, bytes, length + Integer.BYTES, size);
        length += Integer.BYTES + size;
    }

    /** Ends the key of a metric. */
    void end() {
        reserve(1);
        bytes[length++] = 0;
    }

    /** Makes it the key of a series of the metric. */
    void of(Part part, long bound) {
        bytes[PART] = part.key();
        LONG.set(bytes, BOUND, bound);
    }

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    long hash() {
        return SeriesHash.of(bytes, 0, length);
    }

    private void reserve(int count) {
        if (count > bytes.length - length) {
            bytes = Arrays.copyOf(bytes, (int) Math.min(Integer.MAX_VALUE - 8L, 2L * (length + count)));
        }
    }
}

package dev.millrace.core.journal;

import dev.millrace.spi.event.Symbol;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.Checksum;

/**
 * Bytes that grow, with the primitives of all payloads: big-endian numbers, and varints of seven bits a byte, lowest
 * first. Not thread-safe.
 */
final class PayloadOutput {
    static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private static final int LARGEST_KEPT = 4 << 20;
    private static final int LARGEST = Integer.MAX_VALUE - 8;

    private byte[] bytes;
    private int size;

    PayloadOutput() {
        this(64 << 10);
    }

    PayloadOutput(int capacity) {
        bytes = new byte[capacity];
    }

    /** Empties it; the memory of an unusually large content is given back. */
    void clear() {
        size = 0;
        if (bytes.length > LARGEST_KEPT) {
            bytes = new byte[LARGEST_KEPT];
        }
    }

    int size() {
        return size;
    }

    /** The content, without a copy. */
    ByteBuffer toBuffer() {
        return ByteBuffer.wrap(bytes, 0, size);
    }

    void updateChecksum(Checksum checksum, int from, int to) {
        checksum.update(bytes, from, to - from);
    }

    /** Leaves room, to be filled by {@link #setInt} and {@link #setLong}. */
    void skip(int count) {
        ensure(count);
        Arrays.fill(bytes, size, size + count, (byte) 0);
        size += count;
    }

    void setByte(int at, int value) {
        bytes[at] = (byte) value;
    }

    void setInt(int at, int value) {
        INT.set(bytes, at, value);
    }

    void setLong(int at, long value) {
        LONG.set(bytes, at, value);
    }

    void writeByte(int value) {
        ensure(1);
        bytes[size++] = (byte) value;
    }

    void writeInt(int value) {
        ensure(4);
        INT.set(bytes, size, value);
        size += 4;
    }

    void writeLong(long value) {
        ensure(8);
        LONG.set(bytes, size, value);
        size += 8;
    }

    void writeVarint(long value) {
        ensure(10);
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            bytes[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
    }

    /** A varint in which small negative numbers are short as well: the sign is the lowest bit. */
    void writeSigned(long value) {
        writeVarint((value << 1) ^ (value >> 63));
    }

    /** The length in bytes as a varint, then UTF-8. */
    void writeText(String text) {
        int start = size;
        int length = text.length();
        writeVarint(length);
        ensure(length);
        for (int i = 0; i < length; i++) {
            char character = text.charAt(i);
            if (character >= 0x80) {
                size = start;
                writeBytes(text.getBytes(StandardCharsets.UTF_8));
                return;
            }
            bytes[size++] = (byte) character;
        }
    }

    void writeSymbol(Symbol symbol) {
        writeVarint(symbol.length());
        ensure(symbol.length());
        size = symbol.copyTo(bytes, size);
    }

    /** The length as a varint, then the bytes. */
    void writeBytes(byte[] source) {
        writeBytes(ByteBuffer.wrap(source));
    }

    /** The length as a varint, then the bytes; {@code source} is used up. */
    void writeBytes(ByteBuffer source) {
        int length = source.remaining();
        writeVarint(length);
        ensure(length);
        source.get(bytes, size, length);
        size += length;
    }

    private void ensure(int count) {
        if (bytes.length - size < count) {
            grow(count);
        }
    }

    private void grow(int count) {
        long needed = (long) size + count;
        if (needed > LARGEST) {
            throw new IllegalArgumentException("payload: " + needed + " bytes (expected: <= " + LARGEST + ")");
        }
        bytes = Arrays.copyOf(bytes, (int) Math.min(LARGEST, Math.max(needed, 2L * bytes.length)));
    }
}

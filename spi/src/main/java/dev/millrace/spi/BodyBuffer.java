package dev.millrace.spi;

import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

/**
 * A growing array of bytes: the body of a request before it is sent, or of an answer after it was read.
 *
 * <p>The array is open to its users, so that encoders write into it and parsers read from it without a copy. Not
 * thread-safe.
 */
public final class BodyBuffer extends OutputStream {
    private static final int MAX_CAPACITY = Integer.MAX_VALUE - 8;

    private byte[] bytes;
    private int length;

    /** An empty buffer with room for {@code capacity} bytes. */
    public BodyBuffer(int capacity) {
        bytes = new byte[capacity];
    }

    /** A buffer that holds, without a copy, all of {@code bytes}. */
    public static BodyBuffer wrap(byte[] bytes) {
        BodyBuffer buffer = new BodyBuffer(0);
        buffer.bytes = bytes;
        buffer.length = bytes.length;
        return buffer;
    }

    /** The array behind the buffer; its first {@link #length()} bytes are the content. It changes when the buffer grows. */
    public byte[] array() {
        return bytes;
    }

    /** The number of bytes. */
    public int length() {
        return length;
    }

    /** The number of bytes that fit without growing. */
    public int capacity() {
        return bytes.length;
    }

    /** Forgets the content and keeps the room. */
    public void clear() {
        length = 0;
    }

    /** Makes room for {@code count} more bytes; write them to {@link #array()} from {@link #length()} on, then {@link #advance}. */
    public void reserve(int count) {
        if (count > bytes.length - length) {
            long needed = (long) length + count;
            if (needed > MAX_CAPACITY) {
                throw new IllegalStateException("body: " + needed + " bytes (expected: at most " + MAX_CAPACITY + ")");
            }
            bytes = Arrays.copyOf(bytes, (int) Math.min(MAX_CAPACITY, Math.max(needed, bytes.length * 2L)));
        }
    }

    /** Adds {@code count} bytes, which stand in the array already, to the content. */
    public void advance(int count) {
        Objects.checkFromIndexSize(length, count, bytes.length);
        length += count;
    }

    /** Cuts the content to its first {@code newLength} bytes. */
    public void truncate(int newLength) {
        Objects.checkIndex(newLength, length + 1);
        length = newLength;
    }

    @Override
    public void write(int value) {
        reserve(1);
        bytes[length++] = (byte) value;
    }

    @Override
    public void write(byte[] source, int offset, int count) {
        reserve(count);
        System.arraycopy(source, offset, bytes, length, count);
        length += count;
    }

    /** Appends what remains in {@code source}. */
    public void write(ByteBuffer source) {
        int count = source.remaining();
        reserve(count);
        source.get(bytes, length, count);
        length += count;
    }

    /** A copy of the content. */
    public byte[] toByteArray() {
        return Arrays.copyOf(bytes, length);
    }

    /** The content as UTF-8 text. */
    @Override
    public String toString() {
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }

    /** Does nothing. */
    @Override
    public void close() {}
}

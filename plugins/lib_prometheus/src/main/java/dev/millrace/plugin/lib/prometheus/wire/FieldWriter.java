package dev.millrace.plugin.lib.prometheus.wire;

import dev.millrace.spi.BodyBuffer;
import dev.millrace.spi.event.Symbol;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Writes the fields of protobuf messages to the end of a body. The length of a nested message is filled in when it ends,
 * so that nothing is measured before. Tags are those of {@link WireTags} and {@link RequestTags}, one byte each. Not thread-safe.
 */
final class FieldWriter {
    private static final VarHandle FIXED = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int LONGEST_VARINT = 10;
    private static final int LONGEST_SAMPLE = 2 + 1 + Long.BYTES + 2 * (1 + LONGEST_VARINT);

    private final BodyBuffer body;

    FieldWriter(BodyBuffer body) {
        this.body = body;
    }

    BodyBuffer body() {
        return body;
    }

    /**
     * Begins a nested message.
     *
     * @param lengthBytes how many bytes its length will probably take
     * @return where its content begins
     */
    int begin(int tag, int lengthBytes) {
        body.reserve(1 + lengthBytes);
        body.array()[body.length()] = (byte) tag;
        body.advance(1 + lengthBytes);
        return body.length();
    }

    /** Ends the nested message whose content begins at {@code start}; it moves where its length takes more or fewer bytes. */
    void end(int start, int lengthBytes) {
        int size = body.length() - start;
        int needed = varintSize(size);
        if (needed != lengthBytes) {
            body.reserve(LONGEST_VARINT);
            System.arraycopy(body.array(), start, body.array(), start - lengthBytes + needed, size);
            body.truncate(start);
            body.advance(size - lengthBytes + needed);
        }
        putVarint(body.array(), start - lengthBytes, size);
    }

    void varint(int tag, long value) {
        body.write(tag);
        varint(value);
    }

    void varint(long value) {
        body.reserve(LONGEST_VARINT);
        int length = body.length();
        body.advance(putVarint(body.array(), length, value) - length);
    }

    /** A whole number whose sign is its lowest bit, so that small negative ones are short. */
    void signed(long value) {
        varint((value << 1) ^ (value >> 63));
    }

    /** Eight bytes: a double as its raw bits, so that no double is made of a signalling NaN. */
    void fixed(long bits) {
        body.reserve(Long.BYTES);
        FIXED.set(body.array(), body.length(), bits);
        body.advance(Long.BYTES);
    }

    void fixed(int tag, long bits) {
        body.write(tag);
        fixed(bits);
    }

    /** A sample of version 2.0, which is never longer than 127 bytes. */
    void sample(long valueBits, long timestamp, long startTimestamp) {
        body.reserve(LONGEST_SAMPLE);
        byte[] bytes = body.array();
        int start = body.length();
        int at = start + 2;
        if (valueBits != 0) {
            bytes[at] = RequestTags.SAMPLE_VALUE;
            FIXED.set(bytes, at + 1, valueBits);
            at += 1 + Long.BYTES;
        }
        if (timestamp != 0) {
            bytes[at] = RequestTags.SAMPLE_TIMESTAMP;
            at = putVarint(bytes, at + 1, timestamp);
        }
        if (startTimestamp != 0) {
            bytes[at] = RequestTags.SAMPLE_START_TIMESTAMP;
            at = putVarint(bytes, at + 1, startTimestamp);
        }
        bytes[start] = RequestTags.SERIES_SAMPLES;
        bytes[start + 1] = (byte) (at - start - 2);
        body.advance(at - start);
    }

    void text(int tag, String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        varint(tag, utf8.length);
        body.write(utf8, 0, utf8.length);
    }

    void text(int tag, Symbol text) {
        varint(tag, text.length());
        body.reserve(text.length());
        text.copyTo(body.array(), body.length());
        body.advance(text.length());
    }

    /** How many bytes a length takes. */
    static int varintSize(int value) {
        return (38 - Integer.numberOfLeadingZeros(value | 1)) / 7;
    }

    /** Writes a whole number to an array, and returns the offset behind it. */
    static int putVarint(byte[] bytes, int offset, long value) {
        int at = offset;
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            bytes[at++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[at++] = (byte) rest;
        return at;
    }
}

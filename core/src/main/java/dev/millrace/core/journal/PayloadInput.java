package dev.millrace.core.journal;

import dev.millrace.spi.event.Symbol;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The reader of what {@link PayloadOutput} wrote, for one payload after the other. Not thread-safe. */
final class PayloadInput {
    private byte[] bytes = new byte[0];
    private int position;
    private int limit;

    /** Begins with a payload, which is not copied. */
    PayloadInput reset(byte[] source, int offset, int length) {
        bytes = source;
        position = offset;
        limit = offset + length;
        return this;
    }

    int readByte() throws MalformedPayloadException {
        require(1);
        return bytes[position++] & 0xff;
    }

    int readInt() throws MalformedPayloadException {
        require(4);
        int value = (int) PayloadOutput.INT.get(bytes, position);
        position += 4;
        return value;
    }

    long readLong() throws MalformedPayloadException {
        require(8);
        long value = (long) PayloadOutput.LONG.get(bytes, position);
        position += 8;
        return value;
    }

    long readVarint() throws MalformedPayloadException {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            int next = readByte();
            value |= (next & 0x7fL) << shift;
            if (next < 0x80) {
                return value;
            }
        }
        throw new MalformedPayloadException("a varint is longer than ten bytes");
    }

    long readSigned() throws MalformedPayloadException {
        long value = readVarint();
        return (value >>> 1) ^ -(value & 1);
    }

    /** A varint that is a number of things, each at least {@code size} bytes long. */
    int readCount(int size) throws MalformedPayloadException {
        long count = readVarint();
        if (count < 0 || count > (limit - position) / Math.max(size, 1)) {
            throw new MalformedPayloadException(count + " entries in " + (limit - position) + " bytes");
        }
        return (int) count;
    }

    /** A varint that is a number from 0 on. */
    int readNumber() throws MalformedPayloadException {
        long number = readVarint();
        if (number < 0 || number > Integer.MAX_VALUE) {
            throw new MalformedPayloadException("a number is " + number);
        }
        return (int) number;
    }

    String readText() throws MalformedPayloadException {
        int length = readCount(1);
        String text = new String(bytes, position, length, StandardCharsets.UTF_8);
        position += length;
        return text;
    }

    Symbol readSymbol() throws MalformedPayloadException {
        int length = readCount(1);
        Symbol symbol = Symbol.of(bytes, position, length);
        position += length;
        return symbol;
    }

    ByteBuffer readBytes() throws MalformedPayloadException {
        int length = readCount(1);
        ByteBuffer copy = ByteBuffer.wrap(Arrays.copyOfRange(bytes, position, position + length));
        position += length;
        return copy;
    }

    /** Whether anything is left. */
    boolean hasMore() {
        return position < limit;
    }

    /** Checks that as many bytes are left. */
    void require(long count) throws MalformedPayloadException {
        if (limit - position < count) {
            throw new MalformedPayloadException("the payload ends too early");
        }
    }
}

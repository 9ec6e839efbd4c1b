package dev.millrace.plugin.lib.prometheus.protobuf;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * A cursor over the fields of one message in an array, used again for one after another.
 *
 * <p>A field is read as a whole, its length checked against the message around it, and nothing is made of it. A message
 * in a field is the range from {@link #start} to {@link #end}, over which another cursor goes. Not thread-safe.
 */
public final class Fields {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int BYTES = 2;
    private static final int FIXED32 = 5;

    private final byte[] bytes;
    private int at;
    private int limit;
    private long number;
    private int start;
    private int end;

    /** A cursor over messages in an array. */
    public Fields(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Goes to the start of the message in a range of the array. */
    public Fields over(int from, int to) {
        at = from;
        limit = to;
        return this;
    }

    /** Whether the message ends here. */
    public boolean atEnd() {
        return at == limit;
    }

    /** Reads the next field, and returns its tag: its number times 8, and its wire type. At the end it is 0. */
    public int next() throws ProtobufFormatException {
        if (at == limit) {
            return 0;
        }
        long tag = varint();
        if (tag < 1 << 3 || tag > 0xffff_ffffL) {
            throw error("a tag of " + Long.toUnsignedString(tag) + " (expected: one of a field)");
        }
        switch ((int) tag & 7) {
            case VARINT -> number = varint();
            case FIXED64 -> number = fixed64();
            case BYTES -> delimited();
            case FIXED32 -> {
                require(Integer.BYTES);
                at += Integer.BYTES;
            }
            default -> throw error("a field of wire type " + (tag & 7) + " (expected: 0, 1, 2 or 5)");
        }
        return (int) tag;
    }

    /** Reads a length and goes behind as many bytes, the range from {@link #start} to {@link #end}. */
    public void delimited() throws ProtobufFormatException {
        long length = varint();
        if (length < 0 || length > limit - at) {
            throw error("a length of " + Long.toUnsignedString(length) + " bytes (expected: at most " + (limit - at)
                    + ", the rest of what is around it)");
        }
        start = at;
        at += (int) length;
        end = at;
    }

    /** Reads a number of variable length, without a tag. */
    public long varint() throws ProtobufFormatException {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            if (at == limit) {
                throw error("the end (expected: the rest of a number)");
            }
            byte next = bytes[at++];
            value |= (next & 0x7fL) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw error("a number of more than ten bytes (expected: at most ten)");
    }

    /** Reads a number of eight bytes, without a tag. */
    public long fixed64() throws ProtobufFormatException {
        require(Long.BYTES);
        long value = (long) LONG.get(bytes, at);
        at += Long.BYTES;
        return value;
    }

    /** The value of a field that is a number; the raw bits, if it is a double. */
    public long number() {
        return number;
    }

    /** The value of a field that is a double. */
    public double real() {
        return Double.longBitsToDouble(number);
    }

    /** The value of a field that is a number whose sign is its lowest bit. */
    public long signed() {
        return signed(number);
    }

    /** A number whose sign was its lowest bit. */
    public static long signed(long value) {
        return (value >>> 1) ^ -(value & 1);
    }

    /** Where the value of a field of bytes begins. */
    public int start() {
        return start;
    }

    /** The offset behind the value of a field of bytes. */
    public int end() {
        return end;
    }

    /** An error where the cursor stands. */
    public ProtobufFormatException error(String what) {
        return new ProtobufFormatException("byte " + at + ": " + what);
    }

    private void require(int count) throws ProtobufFormatException {
        if (count > limit - at) {
            throw error("the end (expected: " + count + " more bytes)");
        }
    }
}

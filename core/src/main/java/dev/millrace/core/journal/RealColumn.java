package dev.millrace.core.journal;

/**
 * A column of doubles, given and taken as their raw bits, so that every NaN stays what it is.
 *
 * <pre>
 *   whole number, below 2^47:    varint of (signed number, sign lowest) * 2
 *   anything else:               byte 2 * n + 1, then the n highest bytes; the others are zero
 * </pre>
 */
final class RealColumn {
    private static final long WHOLE_LIMIT = 1L << 47;

    private RealColumn() {}

    static void write(PayloadOutput out, long bits) {
        long whole = (long) Double.longBitsToDouble(bits);
        if (Double.doubleToRawLongBits((double) whole) == bits && whole < WHOLE_LIMIT && whole > -WHOLE_LIMIT) {
            out.writeVarint(((whole << 1) ^ (whole >> 63)) << 1);
            return;
        }
        int count = 8 - Long.numberOfTrailingZeros(bits) / 8;
        out.writeByte(2 * count + 1);
        for (int i = 0; i < count; i++) {
            out.writeByte((int) (bits >>> (56 - 8 * i)));
        }
    }

    static long read(PayloadInput in) throws MalformedPayloadException {
        long tag = in.readVarint();
        if ((tag & 1) == 0) {
            long whole = (tag >>> 2) ^ -((tag >>> 1) & 1);
            return Double.doubleToRawLongBits((double) whole);
        }
        long count = tag >>> 1;
        if (count > 8) {
            throw new MalformedPayloadException("a number of " + count + " bytes");
        }
        long bits = 0;
        for (int i = 0; i < count; i++) {
            bits |= (long) in.readByte() << (56 - 8 * i);
        }
        return bits;
    }
}

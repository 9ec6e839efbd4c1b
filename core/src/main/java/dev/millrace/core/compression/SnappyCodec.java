package dev.millrace.core.compression;

import dev.millrace.spi.BodyBuffer;
import dev.millrace.spi.BodyTooLargeException;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.xerial.snappy.Snappy;

/**
 * Snappy's block format, which remote write prescribes.
 *
 * <p>A block begins with the plain length as a varint of at most 32 bits
 * (https://github.com/google/snappy/blob/main/format_description.txt). It is checked before memory is taken: against
 * the limit, and against what the compressed bytes can hold at the most.
 *
 * <p>Copies of a block reach back 64 KiB at the most in every encoder, which compresses so much at a time. So a long input
 * is compressed piece by piece, and the elements of the pieces stand one after the other behind the length of all: room is
 * needed for the result and one piece, not for the largest result that there could be.
 */
final class SnappyCodec implements Codec {
    /** The densest element is a copy of 64 bytes in 3. */
    private static final int MAX_EXPANSION = 22;

    /** A whole number of what encoders compress at a time. */
    private static final int PIECE = 64 << 10;

    @Override
    public void compress(BodyBuffer input, BodyBuffer output) {
        writeLength(input.length(), output);
        int at = 0;
        while (at < input.length()) {
            int length = Math.min(PIECE, input.length() - at);
            compress(input, at, length, output);
            at += length;
        }
    }

    /* The length of the piece, with which its block begins, is overwritten by what comes behind it. */
    private static void compress(BodyBuffer input, int from, int length, BodyBuffer output) {
        output.reserve(Snappy.maxCompressedLength(length));
        int at = output.length();
        try {
            int written = Snappy.compress(input.array(), from, length, output.array(), at);
            int elements = at + lengthBytes(length);
            System.arraycopy(output.array(), elements, output.array(), at, at + written - elements);
            output.advance(at + written - elements);
        } catch (IOException exception) {
            throw new UncheckedIOException("snappy: " + exception.getMessage(), exception);
        }
    }

    private static void writeLength(int length, BodyBuffer output) {
        int rest = length;
        while (rest > 0x7f) {
            output.write(rest & 0x7f | 0x80);
            rest >>>= 7;
        }
        output.write(rest);
    }

    private static int lengthBytes(int length) {
        return Math.max(1, (38 - Integer.numberOfLeadingZeros(length)) / 7);
    }

    @Override
    public void decompress(BodyBuffer input, BodyBuffer output, long limit) throws IOException {
        long declared = declaredLength(input);
        if (declared > limit) {
            throw new BodyTooLargeException(limit);
        }
        if (declared > (long) input.length() * MAX_EXPANSION) {
            throw new IOException("snappy: damaged data: " + input.length() + " bytes can not hold the declared "
                    + declared + " (is it the framed format? expected: the block format)");
        }
        output.reserve((int) declared);
        try {
            output.advance(Snappy.uncompress(input.array(), 0, input.length(), output.array(), output.length()));
        } catch (IOException exception) {
            throw new IOException("snappy: damaged data", exception);
        }
    }

    private static long declaredLength(BodyBuffer input) throws IOException {
        long length = 0;
        for (int i = 0; i < Math.min(5, input.length()); i++) {
            byte next = input.array()[i];
            length |= (next & 0x7fL) << (7 * i);
            if (next >= 0) {
                if (length > 0xffff_ffffL) {
                    break;
                }
                return length;
            }
        }
        throw new IOException("snappy: damaged data: it does not begin with a length");
    }
}

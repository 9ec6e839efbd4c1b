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
 */
final class SnappyCodec implements Codec {
    /** The densest element is a copy of 64 bytes in 3. */
    private static final int MAX_EXPANSION = 22;

    @Override
    public void compress(BodyBuffer input, BodyBuffer output) {
        output.reserve(Snappy.maxCompressedLength(input.length()));
        try {
            output.advance(Snappy.compress(input.array(), 0, input.length(), output.array(), output.length()));
        } catch (IOException exception) {
            throw new UncheckedIOException("snappy: " + exception.getMessage(), exception);
        }
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

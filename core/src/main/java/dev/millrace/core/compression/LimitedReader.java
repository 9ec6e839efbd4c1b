package dev.millrace.core.compression;

import dev.millrace.spi.BodyBuffer;
import dev.millrace.spi.BodyTooLargeException;
import java.io.IOException;
import java.io.InputStream;

/** Reads a decompressing stream into a buffer that grows with what comes out, never with what the input promises. */
final class LimitedReader {
    private static final int STEP = 16 * 1024;

    private LimitedReader() {}

    /** Appends all of {@code plain} to {@code output}; gives up at the first byte over {@code limit}. */
    static void read(InputStream plain, BodyBuffer output, long limit) throws IOException {
        long room = Math.min(limit, Long.MAX_VALUE - 1);
        while (true) {
            output.reserve((int) Math.min(STEP, room + 1));
            int free = (int) Math.min(output.capacity() - output.length(), room + 1);
            int count = plain.read(output.array(), output.length(), free);
            if (count < 0) {
                return;
            }
            if (count > room) {
                throw new BodyTooLargeException(limit);
            }
            output.advance(count);
            room -= count;
        }
    }
}

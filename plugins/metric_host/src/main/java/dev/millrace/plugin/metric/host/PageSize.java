package dev.millrace.plugin.metric.host;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/** The size of a page of memory, as the kernel tells every process: AT_PAGESZ in its auxiliary vector (getauxval(3)). */
final class PageSize {
    private static final Path VECTOR = Path.of("/proc/self/auxv");
    private static final long TYPE = 6;
    private static final long USUAL = 4096;

    private PageSize() {}

    /** In bytes; the usual one where the kernel does not tell it. */
    static long bytes() {
        try {
            ByteBuffer vector = ByteBuffer.wrap(Files.readAllBytes(VECTOR)).order(ByteOrder.nativeOrder());
            while (vector.remaining() >= 2 * Long.BYTES) {
                long type = vector.getLong();
                long value = vector.getLong();
                if (type == TYPE) {
                    return value;
                }
            }
            return USUAL;
        } catch (IOException e) {
            return USUAL;
        }
    }
}

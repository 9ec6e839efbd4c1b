package dev.millrace.plugin.lib.prometheus.text;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A hash of the text of a series, for tables in memory only.
 *
 * <p>Eight bytes a step. Its seed differs from process to process, so that no target can choose texts that collide.
 */
public final class SeriesHash {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long SEED = ThreadLocalRandom.current().nextLong();
    private static final long FACTOR = 0x9E3779B97F4A7C15L;

    private SeriesHash() {}

    /** The hash of the bytes from an offset to another. */
    public static long of(byte[] bytes, int from, int to) {
        long hash = SEED ^ (to - from);
        int at = from;
        for (; at + 8 <= to; at += 8) {
            hash = step(hash, (long) LONG.get(bytes, at));
        }
        long rest = 0;
        for (int shift = 0; at < to; at++, shift += 8) {
            rest |= (bytes[at] & 0xffL) << shift;
        }
        hash = step(hash, rest);
        hash = (hash ^ (hash >>> 32)) * FACTOR;
        return hash ^ (hash >>> 29);
    }

    private static long step(long hash, long word) {
        long product = (hash ^ word) * FACTOR;
        return product ^ (product >>> 32);
    }
}

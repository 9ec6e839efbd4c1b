package dev.millrace.plugin.lib.otlp.metrics;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * By what something is known that was made of a part of a request: the bytes of that part, and what stands around it.
 *
 * <p>It is filled anew for each look, and copied for what is kept, so that a look makes no object. The hash has a seed of
 * the process, because clients choose the bytes. Not thread-safe; a copy is immutable.
 */
final class Key {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long SEED = ThreadLocalRandom.current().nextLong();
    private static final long FACTOR = 0x9E3779B97F4A7C15L;
    private static final int OBJECT_BYTES = 64;

    private Object parent;
    private byte[] bytes;
    private int length;
    private int hash;

    /** A key to be filled. */
    Key() {
        this(Key.class, new byte[512], 0, 0);
    }

    private Key(Object parent, byte[] bytes, int length, int hash) {
        this.parent = parent;
        this.bytes = bytes;
        this.length = length;
        this.hash = hash;
    }

    /** Begins anew, inside of {@code around}, whose identity counts. */
    void begin(Object around) {
        parent = around;
        length = 0;
    }

    /** Adds a part of a request, with its length, so that no two parts look like one. */
    void add(byte[] source, int from, int to) {
        int count = to - from;
        reserve(Integer.BYTES + count);
        INT.set(bytes, length, count);
        System.arraycopy(source, from, bytes, length + Integer.BYTES, count);
        length += Integer.BYTES + count;
    }

    /** Adds a number. */
    void add(long number) {
        reserve(Long.BYTES);
        LONG.set(bytes, length, number);
        length += Long.BYTES;
    }

    /** Ends filling. */
    Key done() {
        long h = SEED ^ System.identityHashCode(parent);
        int at = 0;
        for (; at + Long.BYTES <= length; at += Long.BYTES) {
            h = mixed(h, (long) LONG.get(bytes, at));
        }
        for (; at < length; at++) {
            h = mixed(h, bytes[at]);
        }
        hash = Long.hashCode(mixed(h, length));
        return this;
    }

    /** The same, to be kept. */
    Key copy() {
        return new Key(parent, Arrays.copyOf(bytes, length), length, hash);
    }

    /** About how much memory a copy takes. */
    int weight() {
        return OBJECT_BYTES + length;
    }

    /** Takes the parts that were added, in their order. */
    interface Parts {
        /** Takes a part, a range of {@code source}. */
        void part(byte[] source, int from, int to);
    }

    /** Goes over all parts; there must be no numbers between them. */
    void forEach(Parts parts) {
        for (int at = 0; at < length; ) {
            int from = at + Integer.BYTES;
            at = from + (int) INT.get(bytes, at);
            parts.part(bytes, from, at);
        }
    }

    private static long mixed(long h, long value) {
        long product = (h ^ value) * FACTOR;
        return product ^ (product >>> 32);
    }

    private void reserve(int count) {
        if (count > bytes.length - length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + count));
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Key that
                && hash == that.hash
                && parent == that.parent
                && Arrays.equals(bytes, 0, length, that.bytes, 0, that.length);
    }

    @Override
    public int hashCode() {
        return hash;
    }
}

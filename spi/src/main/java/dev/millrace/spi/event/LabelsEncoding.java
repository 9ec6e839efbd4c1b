package dev.millrace.spi.event;

import dev.millrace.spi.BodyBuffer;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A way to write labels whose bytes are kept with them, so that a series is encoded once and not again for each sample.
 *
 * <p>Labels keep the bytes of one encoding, from their second use on: those that are used once, as most of a push are,
 * cost no memory, and where several encodings take turns, each writes anew. The bytes live as long as the labels. They
 * are all that the labels refer to, so that nothing of a plugin stays because of them.
 *
 * <p>Have one instance for a format, in a static field: what another instance has kept is not believed. Thread-safe.
 */
public abstract class LabelsEncoding {
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final VarHandle NUMBER = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    /* What is kept begins with the encoding's number; 0 is that of none. */
    private static final int HEADER = Integer.BYTES;
    private static final byte[] USED_ONCE = new byte[HEADER];

    private final int number = COUNT.incrementAndGet();

    /** An encoding. */
    protected LabelsEncoding() {}

    /**
     * Appends labels to {@code target}, whatever it holds already. Depends on the labels alone, and is thread-safe.
     */
    protected abstract void encode(Labels labels, BodyBuffer target);

    /** Appends the encoded labels to {@code target}. */
    public final void write(Labels labels, BodyBuffer target) {
        byte[] kept = labels.encoded;
        if (kept != null && (int) NUMBER.get(kept, 0) == number) {
            target.write(kept, HEADER, kept.length - HEADER);
            return;
        }
        int start = target.length();
        encode(labels, target);
        labels.encoded = kept == null ? USED_ONCE : keep(target, start);
    }

    private byte[] keep(BodyBuffer target, int start) {
        int length = target.length() - start;
        byte[] bytes = new byte[HEADER + length];
        NUMBER.set(bytes, 0, number);
        System.arraycopy(target.array(), start, bytes, HEADER, length);
        return bytes;
    }
}

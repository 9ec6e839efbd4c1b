package dev.millrace.spi.event;

import dev.millrace.spi.BodyBuffer;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A way to write a label, a name with its value, whose bytes are kept with the value, so that a label is encoded once for
 * all series that have it, and not again for each sample.
 *
 * <p>A value keeps the bytes of one encoding and one name, from their second use on: what is used once costs no memory,
 * and where several encodings take turns, each writes anew. The bytes live as long as the value, and keep its name alive;
 * nothing of a plugin stays because of them.
 *
 * <p>Have one instance for a format, in a static field: what another instance has kept is not believed. Thread-safe.
 */
public abstract class LabelEncoding {
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final Kept USED_ONCE = new Kept(0, Symbol.EMPTY, new byte[0]);

    private final int number = COUNT.incrementAndGet();

    /** An encoding. */
    protected LabelEncoding() {}

    /**
     * What a value keeps. Its fields are final, so that any thread may read it.
     *
     * @param encoding the number of the encoding; 0 is that of none
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Kept(int encoding, Symbol name, byte[] bytes) {}

    /**
     * Appends a label to {@code target}, whatever it holds already; nothing where there is no way to write it. Depends on the
     * label alone, and is thread-safe.
     */
    protected abstract void encode(Symbol name, Symbol value, BodyBuffer target);

    /** Appends each of the labels, in their order; nothing, and returns false, where there is no way to write one. */
    public final boolean write(Labels labels, BodyBuffer target) {
        int start = target.length();
        for (int i = 0; i < labels.size(); i++) {
            Symbol name = labels.name(i);
            Symbol value = labels.value(i);
            Kept kept = value.kept;
            if (kept != null && kept.name == name && kept.encoding == number) {
                target.write(kept.bytes, 0, kept.bytes.length);
            } else if (!writeAnew(name, value, target)) {
                target.truncate(start);
                return false;
            }
        }
        return true;
    }

    private boolean writeAnew(Symbol name, Symbol value, BodyBuffer target) {
        int start = target.length();
        encode(name, value, target);
        if (target.length() == start) {
            return false;
        }
        Kept kept = value.kept;
        if (kept == null) {
            value.kept = USED_ONCE;
        } else if (kept.encoding != number) {
            value.kept = new Kept(number, name, Arrays.copyOfRange(target.array(), start, target.length()));
        }
        return true;
    }
}

package dev.millrace.spi.event;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.ArrayDeque;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The set of all symbols that are alive, held weakly.
 *
 * <p>Thread-safe: the table is cut into stripes by hash, each with a lock of its own. Interning happens when a series is
 * first seen, never for a sample.
 */
final class SymbolTable {
    static final SymbolTable SHARED = new SymbolTable();

    private static final int STRIPES = 16;

    private final Stripe[] stripes = new Stripe[STRIPES];

    SymbolTable() {
        Arrays.setAll(stripes, Stripe::new);
    }

    Symbol intern(byte[] bytes, int offset, int length) {
        long hash = hash(bytes, offset, length);
        return stripes[stripe(hash)].intern(bytes, offset, length, hash);
    }

    /* FNV-1a leaves the high bits of short texts alike; unequal stripes would make the numbers sparse. */
    private static int stripe(long hash) {
        return (int) (hash * 0x9E3779B97F4A7C15L >>> 60);
    }

    int size() {
        return Arrays.stream(stripes).mapToInt(Stripe::size).sum();
    }

    /** FNV-1a, 64 bits. */
    static long hash(byte[] bytes, int offset, int length) {
        long hash = 0xcbf29ce484222325L;
        for (int i = offset; i < offset + length; i++) {
            hash = (hash ^ (bytes[i] & 0xff)) * 0x100000001b3L;
        }
        return hash;
    }

    private static final class Entry extends WeakReference<Symbol> {
        final long hash;
        final int number;

        @Nullable
        Entry next;

        Entry(Symbol symbol, ReferenceQueue<Symbol> queue) {
            super(symbol, queue);
            this.hash = symbol.hash();
            this.number = symbol.number();
        }
    }

    /*
     * A chained hash table. A number goes back to the free list when the reference queue reports its symbol, so it is
     * never given to a second symbol while the first can still be reached.
     */
    private static final class Stripe {
        private final int index;
        private final Object lock = new Object();
        private final ReferenceQueue<Symbol> collected = new ReferenceQueue<>();
        private final ArrayDeque<Integer> freeNumbers = new ArrayDeque<>();
        private @Nullable Entry[] buckets = new Entry[64];
        private int size;
        private int nextNumber;

        Stripe(int index) {
            this.index = index;
        }

        Symbol intern(byte[] bytes, int offset, int length, long hash) {
            synchronized (lock) {
                for (Entry entry = buckets[bucket(hash)]; entry != null; entry = entry.next) {
                    Symbol symbol = entry.hash == hash ? entry.get() : null;
                    if (symbol != null && symbol.holds(bytes, offset, length)) {
                        return symbol;
                    }
                }
                removeCollected();
                if (size >= buckets.length) {
                    grow();
                }
                Integer free = freeNumbers.poll();
                int number = (free != null ? free : nextNumber++) * STRIPES + index;
                Symbol symbol = new Symbol(Arrays.copyOfRange(bytes, offset, offset + length), hash, number);
                Entry entry = new Entry(symbol, collected);
                entry.next = buckets[bucket(hash)];
                buckets[bucket(hash)] = entry;
                size++;
                return symbol;
            }
        }

        int size() {
            synchronized (lock) {
                removeCollected();
                return size;
            }
        }

        private int bucket(long hash) {
            return (int) hash & (buckets.length - 1);
        }

        private void removeCollected() {
            for (Reference<?> reference = collected.poll(); reference != null; reference = collected.poll()) {
                remove((Entry) reference);
            }
        }

        private void remove(Entry dead) {
            int bucket = bucket(dead.hash);
            Entry before = null;
            for (Entry entry = buckets[bucket]; entry != null; before = entry, entry = entry.next) {
                if (entry != dead) {
                    continue;
                }
                if (before == null) {
                    buckets[bucket] = entry.next;
                } else {
                    before.next = entry.next;
                }
                size--;
                freeNumbers.add(dead.number / STRIPES);
                return;
            }
        }

        private void grow() {
            @Nullable Entry[] old = buckets;
            buckets = new Entry[old.length * 2];
            for (Entry head : old) {
                Entry entry = head;
                while (entry != null) {
                    Entry next = entry.next;
                    entry.next = buckets[bucket(entry.hash)];
                    buckets[bucket(entry.hash)] = entry;
                    entry = next;
                }
            }
        }
    }
}

package dev.millrace.plugin.metric.host;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What is known of names in a text, so that nothing is made for one that was there before. What a round does not ask for is
 * forgotten at its end. Not thread-safe.
 */
final class ByName<T> {
    private final Function<String, T> make;
    private @Nullable Entry<T>[] buckets = table(16);
    private int size;
    private int round;

    /** Nothing is known yet. */
    ByName(Function<String, T> make) {
        this.make = make;
    }

    private static final class Entry<T> {
        final byte[] name;
        final int hash;
        final T value;
        int round;

        @Nullable
        Entry<T> next;

        Entry(byte[] name, int hash, T value) {
            this.name = name;
            this.hash = hash;
            this.value = value;
        }
    }

    /** What is known of the field that a text stands at; it is made where that is nothing. */
    T of(ProcText text) {
        int hash = text.hash();
        for (Entry<T> entry = buckets[hash & buckets.length - 1]; entry != null; entry = entry.next) {
            if (entry.hash == hash && text.is(entry.name)) {
                entry.round = round;
                return entry.value;
            }
        }
        Entry<T> entry = new Entry<>(text.copy(), hash, make.apply(text.text()));
        entry.round = round;
        if (size == buckets.length) {
            resize();
        }
        put(entry);
        size++;
        return entry.value;
    }

    /** Forgets what was not asked for since the last end of a round. */
    void endRound() {
        for (int i = 0; i < buckets.length; i++) {
            Entry<T> entry = buckets[i];
            buckets[i] = null;
            while (entry != null) {
                Entry<T> next = entry.next;
                if (entry.round == round) {
                    put(entry);
                } else {
                    size--;
                }
                entry = next;
            }
        }
        round++;
    }

    int size() {
        return size;
    }

    private void put(Entry<T> entry) {
        int bucket = entry.hash & buckets.length - 1;
        entry.next = buckets[bucket];
        buckets[bucket] = entry;
    }

    private void resize() {
        @Nullable Entry<T>[] old = buckets;
        buckets = table(2 * old.length);
        for (Entry<T> head : old) {
            Entry<T> entry = head;
            while (entry != null) {
                Entry<T> next = entry.next;
                put(entry);
                entry = next;
            }
        }
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // Java has no arrays of a generic type
    private static <T> @Nullable Entry<T>[] table(int size) {
        return new Entry[size];
    }
}

package dev.millrace.core.journal;

import dev.millrace.core.journal.JournalReader.Entry;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The newest committed batches of all journals of a host, kept in memory within one budget. Thread-safe.
 *
 * <p>A batch goes when every open reader of its journal has passed it: a journal whose readers keep up holds next to
 * nothing here. When the buffer is full, the batch that was committed first goes, whose ever it is.
 */
public final class TailBuffer {
    /** The budget of a host: 32 MiB. */
    public static final long DEFAULT_BYTES = 32L << 20;

    private final long maxBytes;
    private final Object lock = new Object();
    private final List<Section> sections = new ArrayList<>();
    private long committed;
    private long bytes;

    /** A buffer for batches of {@code maxBytes} together, as estimated. */
    public TailBuffer(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** The estimated size of what it holds. */
    public long bytes() {
        synchronized (lock) {
            return bytes;
        }
    }

    /** A part of the buffer for one journal. */
    Section section() {
        return new Section();
    }

    /* There is one, because the buffer holds something. */
    private Section withOldest() {
        Section oldest = sections.get(0);
        for (Section section : sections) {
            oldest = section.oldest() < oldest.oldest() ? section : oldest;
        }
        return oldest;
    }

    /**
     * A batch that is kept.
     *
     * @param size its estimated size
     * @param order the number of batches that the buffer was given before it
     */
    private record Kept(Entry entry, long size, long order) {}

    /** The newest batches of one journal. Thread-safe. */
    final class Section {
        private final List<Place> places = new ArrayList<>();
        private @Nullable Kept[] ring = new Kept[16];
        private int head;
        private int count;

        /** Adds the batch that follows the last one. */
        void add(Entry entry, long size) {
            synchronized (lock) {
                if (count == 0) {
                    sections.add(this);
                }
                if (count == ring.length) {
                    grow();
                }
                ring[(head + count) & (ring.length - 1)] = new Kept(entry, size, committed++);
                count++;
                bytes += size;
                while (bytes > maxBytes) {
                    withOldest().removeOldest();
                }
            }
        }

        /** The batch that holds an item, or null where it is not here. */
        @Nullable
        Entry find(long item) {
            synchronized (lock) {
                int low = 0;
                int high = count - 1;
                while (low <= high) {
                    int middle = (low + high) >>> 1;
                    Entry entry = kept(middle).entry();
                    if (entry.end() <= item) {
                        low = middle + 1;
                    } else if (entry.firstItem() > item) {
                        high = middle - 1;
                    } else {
                        return entry;
                    }
                }
                return null;
            }
        }

        /** The place of a reader that begins at an item, until it is closed. */
        Place place(long item) {
            Place place = new Place(item);
            synchronized (lock) {
                places.add(place);
            }
            return place;
        }

        /** Gives its part of the budget back. */
        void close() {
            synchronized (lock) {
                while (count > 0) {
                    removeOldest();
                }
            }
        }

        /** Where a reader is: it needs nothing in front of it. */
        final class Place implements AutoCloseable {
            private long item;

            private Place(long item) {
                this.item = item;
            }

            /** Moves it on, and lets go what all readers have passed. */
            void moveTo(long next) {
                synchronized (lock) {
                    if (next > item) {
                        item = next;
                        removePassed();
                    }
                }
            }

            /** Ends it: what this reader would have needed waits for it no more, except where no other is left. */
            @Override
            public void close() {
                synchronized (lock) {
                    places.remove(this);
                    removePassed();
                }
            }
        }

        /* Without a reader all of it stays, for the one that comes. */
        private void removePassed() {
            if (places.isEmpty()) {
                return;
            }
            long passed = Long.MAX_VALUE;
            for (Place place : places) {
                passed = Math.min(passed, place.item);
            }
            while (count > 0 && kept(0).entry().end() <= passed) {
                removeOldest();
            }
        }

        private Kept kept(int index) {
            Kept kept = ring[(head + index) & (ring.length - 1)];
            if (kept == null) {
                throw new IndexOutOfBoundsException(index);
            }
            return kept;
        }

        private long oldest() {
            return kept(0).order();
        }

        private void removeOldest() {
            bytes -= kept(0).size();
            ring[head] = null;
            head = (head + 1) & (ring.length - 1);
            count--;
            if (count == 0) {
                sections.remove(this);
            }
        }

        private void grow() {
            @Nullable Kept[] more = new Kept[2 * ring.length];
            for (int i = 0; i < count; i++) {
                more[i] = kept(i);
            }
            ring = more;
            head = 0;
        }
    }
}

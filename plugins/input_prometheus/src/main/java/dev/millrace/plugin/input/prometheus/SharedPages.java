package dev.millrace.plugin.input.prometheus;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the targets of an input say, so that those that say the same, as replicas of one program do, hold it in memory once:
 * all of a {@link KnownPage} but its series, whose labels are each target's own.
 *
 * <p>Holds pages weakly. A page that is searched by its fingerprint is compared before it is shared. Of several pages with
 * one fingerprint the last counts. Thread-safe.
 */
final class SharedPages {
    private final Object lock = new Object();
    private final Map<Long, Entry> pages = new HashMap<>();
    private final ReferenceQueue<KnownPage> collected = new ReferenceQueue<>();

    private static final class Entry extends WeakReference<KnownPage> {
        private final long fingerprint;

        Entry(KnownPage page, long fingerprint, ReferenceQueue<KnownPage> queue) {
            super(page, queue);
            this.fingerprint = fingerprint;
        }
    }

    /** A page that says what this one says, of the same series; it shares all that it can with another. */
    KnownPage share(KnownPage page) {
        long fingerprint = page.fingerprint();
        synchronized (lock) {
            removeCollected();
            Entry entry = pages.get(fingerprint);
            KnownPage other = entry == null ? null : entry.get();
            if (other != null && other.saysTheSameAs(page)) {
                return other.withSeries(page.series());
            }
            pages.put(fingerprint, new Entry(page, fingerprint, collected));
            return page;
        }
    }

    /** The number of pages that are known. */
    int size() {
        synchronized (lock) {
            removeCollected();
            return pages.size();
        }
    }

    private void removeCollected() {
        for (@Nullable Reference<?> gone = collected.poll(); gone != null; gone = collected.poll()) {
            Entry entry = (Entry) gone;
            pages.remove(entry.fingerprint, entry);
        }
    }
}

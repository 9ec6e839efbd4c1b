package dev.millrace.spi;

import java.util.Optional;
import java.util.Set;

/**
 * What an input, processor or aggregator remembers over restarts: some bytes, which only it understands. They are in the
 * journal together with the output that they belong to: after a crash both are there, or neither is.
 *
 * <p>A change belongs to the next output:
 *
 * <ul>
 *   <li>of an input, the next batch that it hands to its sink; one without rows hands on the change alone;
 *   <li>of a processor, what {@code process} returns; a processor that asked for its state is called from one thread at a
 *       time;
 *   <li>of an aggregator, its next result: a change made in {@code add} waits for it, as the acknowledgements do.
 * </ul>
 *
 * <p>What no output follows, because the component is stopped, counts for nothing: its successor may be at work by then.
 *
 * <p>Where that output is refused, so is the change. So read the state where it is needed, and keep no copy: it is at hand
 * in memory. Of a component that is no longer in the pipeline's file the state is forgotten; under another name a component
 * begins anew. A version belongs into the bytes where they may change their meaning.
 *
 * <p>Thread-safe. To be used from {@code start} of an input and the first batch of others on, not when the component is
 * created: its predecessor may still be at work then.
 */
public interface State {
    /** The largest state, and the largest of each part, in bytes. */
    int MAX_BYTES = 1 << 20;

    /** The newest state, as long as it was not refused; empty where there is none. A copy. */
    Optional<byte[]> get();

    /**
     * Replaces the state, together with the next output. No bytes mean that there is no state any more.
     *
     * @throws IllegalArgumentException if there are more than {@link #MAX_BYTES}
     */
    void set(byte[] state);

    /**
     * A part of the state under a name, read and replaced on its own, so that who remembers much writes only what changed. A
     * change of it belongs to the next output as well, together with all others.
     *
     * @param name a name, not empty
     */
    default State part(String name) {
        throw new UnsupportedOperationException("state: " + name + " (expected: a host that keeps parts)");
    }

    /** The names of all parts that there are. */
    default Set<String> parts() {
        return Set.of();
    }
}

package dev.millrace.core.tap;

import dev.millrace.spi.ComponentId;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Executor;

/** The taps that are open, a few at most. Thread-safe. */
public final class Taps {
    /** How many may be open. */
    public static final int MOST = 8;

    private final Object lock = new Object();
    private volatile Tap[] open = {};

    /** None is open. */
    public Taps() {}

    /** Where a component is, for what passes it there. */
    public TapPoint point(String pipeline, ComponentId component, TapPoint.Side side) {
        return new TapPoint(this, pipeline, component.toString(), side, false);
    }

    /** The same for a component that has no other side: what an input hands on, what a flusher is given. */
    public TapPoint onlyPoint(String pipeline, ComponentId component, TapPoint.Side side) {
        return new TapPoint(this, pipeline, component.toString(), side, true);
    }

    /**
     * A tap, which is open from when it is read until its reader or it itself has enough; empty where too many are open.
     *
     * @param workers run what it makes of items
     */
    public Optional<Tap> tap(TapRequest request, Executor workers) {
        return open.length >= MOST ? Optional.empty() : Optional.of(new Tap(this, request, workers));
    }

    /** Opens a tap, or returns false where too many are open. */
    boolean open(Tap tap) {
        synchronized (lock) {
            if (open.length >= MOST) {
                return false;
            }
            Tap[] more = Arrays.copyOf(open, open.length + 1);
            more[open.length] = tap;
            open = more;
            return true;
        }
    }

    void close(Tap tap) {
        synchronized (lock) {
            open = Arrays.stream(open).filter(other -> other != tap).toArray(Tap[]::new);
        }
    }

    /** The open ones; not to be changed. */
    Tap[] open() {
        return open;
    }
}

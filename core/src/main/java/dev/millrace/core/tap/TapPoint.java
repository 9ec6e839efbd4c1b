package dev.millrace.core.tap;

import dev.millrace.spi.event.EventBatch;
import dev.millrace.spi.pipeline.Slice;
import java.util.Locale;

/** A place where items pass a component. It costs a look at one field as long as nobody taps. Thread-safe. */
public final class TapPoint {
    private final Taps taps;
    private final String pipeline;
    private final String component;
    private final Side side;
    private final boolean only;

    /** On which side of the component. */
    public enum Side {
        /** What comes to it. */
        IN,
        /** What it hands on. */
        OUT;

        /** The name in lower case. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    TapPoint(Taps taps, String pipeline, String component, Side side, boolean only) {
        this.taps = taps;
        this.pipeline = pipeline;
        this.component = component;
        this.side = side;
        this.only = only;
    }

    String pipeline() {
        return pipeline;
    }

    String component() {
        return component;
    }

    Side side() {
        return side;
    }

    /** Whether the component has no other side. */
    boolean isOnly() {
        return only;
    }

    /** A batch passes. */
    public void pass(EventBatch batch) {
        for (Tap tap : taps.open()) {
            tap.offer(this, TappedRows.of(batch));
        }
    }

    /** What a flusher is given passes. */
    public void pass(Slice slice) {
        for (Tap tap : taps.open()) {
            tap.offer(this, TappedRows.of(slice));
        }
    }
}

package dev.millrace.core.cli;

import dev.millrace.core.status.Figures;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

/** How far a long run is, on standard error, where that is a terminal: one line, which is painted over. */
final class Progress implements LongConsumer, AutoCloseable {
    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(200);
    private static final String CLEAR = "\r\u001b[K";

    private final String what;
    private final long bytes;
    private final boolean shown;
    private long last = System.nanoTime();
    private boolean painted;

    private Progress(String what, long bytes, boolean shown) {
        this.what = what;
        this.bytes = bytes;
        this.shown = shown;
    }

    /** The progress through so many bytes. */
    static Progress of(String what, long bytes) throws IOException, InterruptedException {
        return new Progress(what, bytes, Terminal.showsErrors());
    }

    @Override
    public void accept(long done) {
        long now = System.nanoTime();
        if (shown && now - last >= PAUSE) {
            last = now;
            painted = true;
            System.err.print(CLEAR + what + ": " + Figures.bytes(done) + " of " + Figures.bytes(bytes) + ", "
                    + (bytes == 0 ? 100 : 100 * done / bytes) + " %");
            System.err.flush();
        }
    }

    /** Makes room for other lines. */
    void clear() {
        if (painted) {
            painted = false;
            System.err.print(CLEAR);
            System.err.flush();
        }
    }

    @Override
    public void close() {
        clear();
    }
}

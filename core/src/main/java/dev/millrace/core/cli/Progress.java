package dev.millrace.core.cli;

import dev.millrace.core.status.Figures;
import java.io.IOException;
import java.io.PrintStream;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/** How far a long run is, on standard error, where that is a terminal: one line, which is painted over. */
final class Progress implements LongConsumer, AutoCloseable {
    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(200);
    private static final String CLEAR = "\r\u001b[K";

    private final String what;
    private final long bytes;
    private final boolean shown;
    private final PrintStream out;
    private final LongSupplier nanos;
    private long last;
    private boolean painted;

    Progress(String what, long bytes, boolean shown, PrintStream out, LongSupplier nanos) {
        this.what = what;
        this.bytes = bytes;
        this.shown = shown;
        this.out = out;
        this.nanos = nanos;
        this.last = nanos.getAsLong();
    }

    /** The progress through so many bytes; fewer than 0 where nobody knows how many. */
    static Progress of(String what, long bytes) throws IOException, InterruptedException {
        return new Progress(what, bytes, Terminal.showsErrors(), System.err, System::nanoTime);
    }

    @Override
    public void accept(long done) {
        long now = nanos.getAsLong();
        if (shown && now - last >= PAUSE) {
            last = now;
            painted = true;
            out.print(CLEAR + what + ": " + Figures.bytes(done) + share(done));
            out.flush();
        }
    }

    private String share(long done) {
        return bytes < 0 ? "" : " of " + Figures.bytes(bytes) + ", " + (bytes == 0 ? 100 : 100 * done / bytes) + " %";
    }

    /** Makes room for other lines. */
    void clear() {
        if (painted) {
            painted = false;
            out.print(CLEAR);
            out.flush();
        }
    }

    @Override
    public void close() {
        clear();
    }
}

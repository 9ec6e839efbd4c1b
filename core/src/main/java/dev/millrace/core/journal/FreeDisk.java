package dev.millrace.core.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** How much room the volume of a journal has, looked up a few times a second at most. Thread-safe. */
final class FreeDisk {
    private static final long KEPT = TimeUnit.MILLISECONDS.toNanos(200);

    private final FileAccess files;
    private final Path folder;
    private final Turns turns;
    private final Object lock = new Object();
    private long bytes = Long.MAX_VALUE;
    private long known;
    private boolean fresh;
    private volatile long wanted;

    FreeDisk(FileAccess files, Path folder, Turns turns) {
        this.files = files;
        this.folder = folder;
        this.turns = turns;
    }

    /** The room in bytes; where it cannot be found out, what it was last. */
    long bytes() {
        synchronized (lock) {
            long now = turns.now();
            if (!fresh || now - known > KEPT) {
                fresh = true;
                known = now;
                try {
                    bytes = files.usableBytes(folder);
                } catch (IOException e) {
                    return bytes; // who writes there will see, and say, what is wrong
                }
            }
            return bytes;
        }
    }

    /** It is another now. */
    void changed() {
        synchronized (lock) {
            fresh = false;
        }
    }

    /** A write found too little room for so many bytes; 0: one succeeded. */
    void wanted(long bytesWanted) {
        wanted = bytesWanted;
    }

    /** How many bytes could not be written for want of room; 0 where the last write succeeded. */
    long wanted() {
        return wanted;
    }
}

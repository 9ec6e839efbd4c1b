package dev.millrace.plugin.metric.host;

import java.io.IOException;
import java.nio.file.Path;

/**
 * When the host was started, as /proc/stat says it: read once, because the kernel computes it anew each time from clocks that
 * are not quite alike, and a start that moves looks like another one. Used by one reading at a time.
 */
final class BootTime {
    private final Path file;
    private final ProcText text = new ProcText();
    private long milliseconds;

    BootTime(Path file) {
        this.file = file;
    }

    /** In milliseconds since the epoch; 0 where the kernel does not say it. */
    long milliseconds() throws IOException {
        if (milliseconds != 0) {
            return milliseconds;
        }
        text.read(file);
        while (text.nextLine()) {
            if (text.nextField() && text.is("btime")) {
                milliseconds = Math.round(text.nextNumber() * 1000);
            }
        }
        return milliseconds;
    }
}

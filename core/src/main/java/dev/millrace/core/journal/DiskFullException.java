package dev.millrace.core.journal;

import java.io.IOException;

/** A file cannot grow, because the volume or the quota is used up. */
public final class DiskFullException extends IOException {
    public DiskFullException(String message) {
        super(message);
    }

    public DiskFullException(IOException cause) {
        super(cause.getMessage(), cause);
    }
}

package dev.millrace.core.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** What went wrong with a file, in words for the user. */
final class FileTrouble {
    private FileTrouble() {}

    /** A line that names the file, where it is known, and the remedy. */
    static String line(IOException trouble) {
        for (Throwable cause = trouble; cause != null; cause = cause.getCause()) {
            if (cause instanceof AccessDeniedException denied) {
                return "no permission for " + denied.getFile() + "; run as root or as its owner";
            }
            if (cause instanceof NoSuchFileException gone) {
                return gone.getFile() + " is not there any more; where the collector runs, try again";
            }
            if (cause instanceof FileSystemException failed) {
                return "cannot use " + failed.getFile() + ": " + failed.getReason() + "; mend that and try again";
            }
        }
        return trouble.getMessage() == null ? trouble.toString() : trouble.getMessage();
    }
}

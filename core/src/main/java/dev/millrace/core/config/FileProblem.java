package dev.millrace.core.config;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;

/** Says in words why a file could not be read or written. */
public final class FileProblem {
    private FileProblem() {}

    /** The reason of a failure. */
    public static String reason(IOException exception) {
        if (exception instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (exception instanceof FileSystemException problem && problem.getReason() != null) {
            return problem.getReason();
        }
        String message = exception.getMessage();
        return message == null ? exception.getClass().getSimpleName() : message;
    }
}

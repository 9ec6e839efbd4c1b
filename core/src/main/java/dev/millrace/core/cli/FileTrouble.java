package dev.millrace.core.cli;

import dev.millrace.core.message.Wording;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** What went wrong with a file, in words for the user. */
final class FileTrouble {
    private FileTrouble() {}

    /** A line that names the file, where it is known, and the remedy. */
    static String line(IOException trouble) {
        String message = trouble.getMessage();
        return known(trouble).map(Wording::text).orElse(message == null ? trouble.toString() : message);
    }

    /** The same where the file is known. */
    static Wording wording(Path file, IOException trouble) {
        return known(trouble).orElseGet(() -> CommandMessage.FILE_UNUSABLE.with(file, trouble.getMessage()));
    }

    private static Optional<Wording> known(IOException trouble) {
        for (Throwable cause = trouble; cause != null; cause = cause.getCause()) {
            if (cause instanceof AccessDeniedException denied) {
                return Optional.of(CommandMessage.FILE_NOT_PERMITTED.with(denied.getFile()));
            }
            if (cause instanceof NoSuchFileException gone) {
                return Optional.of(CommandMessage.FILE_GONE.with(gone.getFile()));
            }
            if (cause instanceof FileSystemException failed) {
                return Optional.of(CommandMessage.FILE_UNUSABLE.with(failed.getFile(), failed.getReason()));
            }
        }
        return Optional.empty();
    }
}

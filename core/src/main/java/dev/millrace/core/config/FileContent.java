package dev.millrace.core.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** What a file holds, as a fingerprint that changes with it. */
public final class FileContent {
    private static final int MAX_BYTES = 8 << 20;

    private FileContent() {}

    /** A SHA-256 of the file's content; of one that cannot be read, the kind of failure. */
    public static String fingerprint(Path file) {
        try {
            if (!Files.isRegularFile(file)) {
                return Files.exists(file) ? "no file" : "missing";
            }
            long size = Files.size(file);
            return size > MAX_BYTES ? "too large: " + size : fingerprint(Files.readAllBytes(file));
        } catch (IOException e) {
            return e.getClass().getSimpleName();
        }
    }

    /** A SHA-256 of some content. */
    public static String fingerprint(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java platform has it
        }
    }
}

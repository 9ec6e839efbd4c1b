package dev.millrace.core.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a file holds, or a folder, as a fingerprint that changes with it. */
public final class FileContent {
    private static final int MAX_BYTES = 8 << 20;

    private FileContent() {}

    /** A SHA-256 of the file's content, or of the names in a folder; of what cannot be read, the kind of failure. */
    public static String fingerprint(Path file) {
        try {
            if (Files.isDirectory(file)) {
                return fingerprint(names(file).getBytes(StandardCharsets.UTF_8));
            }
            if (!Files.isRegularFile(file)) {
                return Files.exists(file) ? "no file" : "missing";
            }
            long size = Files.size(file);
            return size > MAX_BYTES ? "too large: " + size : fingerprint(Files.readAllBytes(file));
        } catch (IOException e) {
            return e.getClass().getSimpleName();
        }
    }

    private static String names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().collect(Collectors.joining("/"));
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

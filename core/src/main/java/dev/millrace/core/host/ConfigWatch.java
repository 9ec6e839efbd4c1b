package dev.millrace.core.host;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * Notices changed files of configuration by their content, not by their times, so that a folder swapped by a symbolic
 * link is seen and a file that was only touched is not.
 *
 * <p>A change counts when two looks, half a second apart, agree: a file in the middle of a save is left alone. Not
 * thread-safe.
 */
final class ConfigWatch {
    private final Path conf;
    private String taken;
    private String last;

    ConfigWatch(Path conf) {
        this.conf = conf;
        this.taken = fingerprint();
        this.last = taken;
    }

    /** Looks, and says whether there is a settled change since the last one that was reported. */
    boolean changed() {
        String now = fingerprint();
        boolean settled = now.equals(last);
        last = now;
        if (!settled || now.equals(taken)) {
            return false;
        }
        taken = now;
        return true;
    }

    /** Takes what is there now as known. */
    void take() {
        taken = fingerprint();
        last = taken;
    }

    private String fingerprint() {
        MessageDigest digest = sha256();
        add(digest, conf.resolve("millrace.yaml"));
        for (Path file : pipelineFiles()) {
            add(digest, file);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private List<Path> pipelineFiles() {
        try (Stream<Path> files = Files.list(conf.resolve("pipelines"))) {
            return files.sorted().toList();
        } catch (IOException e) {
            return List.of(); // no folder: no pipelines, which is a state like any other
        }
    }

    private static void add(MessageDigest digest, Path file) {
        digest.update(file.toString().getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
        try {
            if (Files.isRegularFile(file)) {
                digest.update(Files.readAllBytes(file));
            }
        } catch (NoSuchFileException e) {
            digest.update((byte) 1);
        } catch (IOException e) {
            digest.update(String.valueOf(e.getMessage()).getBytes(StandardCharsets.UTF_8));
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java platform has it
        }
    }
}

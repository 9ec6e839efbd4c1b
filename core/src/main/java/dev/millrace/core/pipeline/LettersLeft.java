package dev.millrace.core.pipeline;

import dev.millrace.core.delivery.DeadLetterOptions;
import dev.millrace.core.journal.DeadLetterFolder;
import dev.millrace.core.journal.FileAccess;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The dead letters of flushers that are gone from the file: they stay where they are, and are deleted in their time. */
final class LettersLeft {
    private static final Logger LOG = LoggerFactory.getLogger("dev.millrace.pipeline");

    private LettersLeft() {}

    /** Deletes what is too old, or too much by the default, of flushers that are not {@code present}. */
    static void trim(String pipeline, Path journal, Set<String> present, long now) {
        Path parent = Objects.requireNonNull(DeadLetterFolder.of(journal, "any").getParent());
        try {
            for (Path folder : folders(parent)) {
                String name = Objects.requireNonNull(folder.getFileName()).toString();
                if (!present.contains(URLDecoder.decode(name, StandardCharsets.UTF_8))) {
                    DeadLetterOptions options = DeadLetterOptions.DEFAULT;
                    new DeadLetterFolder(
                                    FileAccess.real(),
                                    folder,
                                    options.maxBytes().bytes(),
                                    options.maxAge(),
                                    false)
                            .trim(now);
                }
            }
        } catch (IOException | IllegalArgumentException e) { // the latter: a name that no flusher has
            LOG.warn(
                    "pipeline {}: cannot delete old dead letters of flushers that are gone: {}",
                    pipeline,
                    e.toString());
        }
    }

    private static List<Path> folders(Path parent) throws IOException {
        if (!Files.isDirectory(parent)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(parent)) {
            return folders.filter(Files::isDirectory).toList();
        }
    }
}

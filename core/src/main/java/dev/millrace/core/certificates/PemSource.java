package dev.millrace.core.certificates;

import dev.millrace.spi.config.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where PEM stands: in a file, or in the configuration.
 *
 * @param option the record component that names it
 * @param text the PEM, where there is no file
 * @param file the file
 */
public record PemSource(String option, Secret text, Optional<Path> file) {
    /**
     * The source of one of two options.
     *
     * @param option the record component of the text; that of the file is the same with {@code File} behind it
     */
    static Optional<PemSource> of(String option, Optional<Secret> text, Optional<Path> file) {
        return text.map(given -> new PemSource(option, given, Optional.empty()))
                .or(() -> file.map(path -> new PemSource(option + "File", new Secret(""), Optional.of(path))));
    }

    /** What stands there. */
    PemFile read() throws UnusableFileException {
        return file.isPresent() ? PemFile.read(file.get()) : PemFile.parse(text.reveal());
    }

    /** A message that names the file, where there is one. */
    String at(String message) {
        return file.map(path -> path + ": " + message).orElse(message);
    }

    /** What changes where something else stands there. */
    byte[] content() {
        try {
            return file.isPresent()
                    ? Files.readAllBytes(file.get())
                    : text.reveal().getBytes(StandardCharsets.UTF_8);
        } catch (IOException e) {
            return e.getClass().getName().getBytes(StandardCharsets.UTF_8);
        }
    }

    /** The file, or the option. */
    @Override
    public String toString() {
        return file.map(Path::toString).orElse(option);
    }
}

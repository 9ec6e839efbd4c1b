package dev.millrace.plugin.lib.credentials.client;

import dev.millrace.plugin.lib.credentials.TextForm;
import dev.millrace.spi.config.InvalidOptionException;
import dev.millrace.spi.config.Secret;
import java.nio.file.Path;
import java.util.Optional;

/** A text that may stand in the configuration or in a file, but not in both. */
final class OneOf {
    private OneOf() {}

    /**
     * Checks the two options.
     *
     * @param component the record component of the text
     * @param fileKey the key of the file
     */
    static void check(String component, Optional<Secret> text, String fileKey, Optional<Path> file, TextForm form) {
        if (text.isPresent() && file.isPresent()) {
            throw new InvalidOptionException(component, "beside " + fileKey + " (expected: one of them)");
        }
        text.flatMap(given -> form.problem(given.reveal())).ifPresent(problem -> {
            throw new InvalidOptionException(component, problem);
        });
    }

    /** The text, which is empty where neither is given. */
    static Optional<Secret> orEmpty(Optional<Secret> text, Optional<Path> file) {
        return text.or(() -> file.isPresent() ? Optional.empty() : Optional.of(new Secret("")));
    }
}

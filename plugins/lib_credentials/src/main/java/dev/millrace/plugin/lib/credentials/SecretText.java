package dev.millrace.plugin.lib.credentials;

import dev.millrace.spi.PluginContext;
import dev.millrace.spi.config.Faults;
import dev.millrace.spi.config.InvalidOptionException;
import dev.millrace.spi.config.Secret;
import dev.millrace.spi.http.HttpConfigurationException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A text that a person gives as an option, or puts into a file. Thread-safe. */
public sealed interface SecretText permits GivenText, SecretFile {
    /**
     * The text as it is now.
     *
     * @throws HttpConfigurationException if it stands in a file that could not be read yet
     */
    String get() throws HttpConfigurationException;

    /** Looks at the source now. Returns whether it has another text than before. */
    boolean refresh();

    /**
     * A text of one of two options, of which one is there. A file is looked at once a second; when its content has changed,
     * held flushers try again at once.
     *
     * @param fileKey the key of the option with the file, for messages
     * @param form what else the text has to be
     */
    static SecretText of(
            PluginContext context, String fileKey, Optional<Secret> text, Optional<Path> file, TextForm form) {
        if (text.isPresent()) {
            return new GivenText(text.get());
        }
        SecretFile source = new SecretFile(context.id() + ": " + fileKey, file.orElseThrow(), form);
        source.refresh();
        var unused = context.scheduler()
                .scheduleWithFixedDelay(
                        () -> {
                            if (source.refresh()) {
                                context.credentialsChanged();
                            }
                        },
                        1,
                        1,
                        TimeUnit.SECONDS);
        return source;
    }

    /** What is wrong with the file of a text, if one is given, for {@link Faults}; arguments as for {@link #requireOne}. */
    static Stream<Faults.Fault> faults(String component, Optional<Path> file, TextForm form) {
        return file
                .flatMap(path -> new SecretFile(component, path, form).problem())
                .map(problem -> new Faults.Fault(component + "File", problem))
                .stream();
    }

    /**
     * Checks that one of two options is given, and that a given text has its form.
     *
     * @param component the record component of the text; that of the file is the same with {@code File} behind it
     * @throws InvalidOptionException if none or both are given, or the text is malformed
     */
    static void requireOne(String component, Optional<Secret> text, Optional<Path> file, TextForm form) {
        String key = Character.toUpperCase(component.charAt(0)) + component.substring(1);
        if (text.isPresent() == file.isPresent()) {
            throw new InvalidOptionException(
                    component,
                    (text.isPresent() ? "beside " + key + "File" : "neither it nor " + key + "File is given")
                            + " (expected: one of them)");
        }
        text.flatMap(given -> form.problem(given.reveal())).ifPresent(problem -> {
            throw new InvalidOptionException(component, problem);
        });
    }
}

package dev.millrace.plugin.lib.credentials.client;

import dev.millrace.plugin.lib.credentials.SecretText;
import dev.millrace.plugin.lib.credentials.TextForm;
import dev.millrace.spi.PluginContext;
import dev.millrace.spi.config.Doc;
import dev.millrace.spi.config.Faults;
import dev.millrace.spi.config.InvalidOptionException;
import dev.millrace.spi.config.Secret;
import dev.millrace.spi.config.SnakeCase;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The values of a header field, as an option with the keys of Prometheus.
 *
 * @param values values that anybody may see
 * @param secrets values that are never printed
 * @param files files that hold one value each
 */
@Doc(value = "The values of a header field.", example = """
        values: [monitoring]
        """)
@SnakeCase
public record HeaderConfig(
        @Doc(value = "Values that anybody may see.", example = "[monitoring]")
        List<String> values,

        @Doc(value = "Values that are never printed.", example = "['${env:API_KEY:-secret}']")
        List<Secret> secrets,

        @Doc(value = "Files that hold a value each, read again when they change.", example = "[/etc/millrace/api-key]")
        List<Path> files)
        implements Faults {
    public HeaderConfig {
        values = List.copyOf(values);
        secrets = List.copyOf(secrets);
        files = List.copyOf(files);
        values.forEach(value -> check("values", value));
        secrets.forEach(value -> check("secrets", value.reveal()));
    }

    private static void check(String component, String value) {
        TextForm.FIELD.problem(value).ifPresent(problem -> {
            throw new InvalidOptionException(component, problem);
        });
    }

    @Override
    public List<Fault> faults() {
        return files.stream()
                .flatMap(file -> SecretText.faults("files", Optional.of(file), TextForm.FIELD))
                .map(fault -> new Fault("files", fault.message()))
                .toList();
    }

    /** The values, in their order. */
    List<SecretText> texts(String name, PluginContext context) {
        Stream<SecretText> given = Stream.concat(values.stream().map(Secret::new), secrets.stream())
                .map(value -> SecretText.of(context, "", Optional.of(value), Optional.empty(), TextForm.FIELD));
        String key = "http_headers." + name + ".files";
        Stream<SecretText> read = files.stream()
                .map(file -> SecretText.of(context, key, Optional.empty(), Optional.of(file), TextForm.FIELD));
        return Stream.concat(given, read).toList();
    }
}

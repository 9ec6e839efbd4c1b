package dev.millrace.core.description;

import dev.millrace.core.config.Option;
import dev.millrace.core.config.OptionsType;
import dev.millrace.spi.config.Doc;
import java.util.stream.Collectors;

/** Examples of files, from what records say of themselves. */
final class Example {
    private Example() {}

    /** The entry of a component in its section: what its options have as an example, or else those that are required. */
    static String of(PluginDescription plugin) {
        return plugin.section().key() + ":\n  - Type: " + plugin.id() + "\n"
                + of(plugin.options()).indent(4);
    }

    /** Some keys of a record with their values; empty if none is required. */
    static String of(OptionsType<?> type) {
        String given = type.doc().map(Doc::example).orElse("");
        return given.isEmpty()
                ? type.keys().stream()
                        .filter(Option::required)
                        .map(option -> option.key() + ": " + option.example() + "\n")
                        .collect(Collectors.joining())
                : given;
    }
}

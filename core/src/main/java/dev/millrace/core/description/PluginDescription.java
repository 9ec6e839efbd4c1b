package dev.millrace.core.description;

import dev.millrace.core.config.OptionsType;
import dev.millrace.core.config.Section;
import dev.millrace.spi.PluginFactory;
import dev.millrace.spi.config.Doc;
import java.util.List;
import java.util.stream.Stream;

/**
 * What files may say of one plugin's components.
 *
 * @param id the plugin's ID
 * @param aliases other names that stand for it as {@code Type}
 * @param kind the kind of component that it makes
 * @param section where its components are declared
 * @param options its options
 */
public record PluginDescription(
        String id, List<String> aliases, Class<?> kind, Section section, OptionsType<?> options) {
    public PluginDescription {
        aliases = List.copyOf(aliases);
    }

    static PluginDescription of(PluginFactory<?, ?> factory, List<String> aliases) {
        return new PluginDescription(
                factory.type(), aliases, factory.kind(), Section.of(factory.kind()), OptionsType.of(factory.options()));
    }

    /** What it does, in a sentence; empty if it does not say so. */
    public String doc() {
        return options.doc().map(Doc::value).orElse("");
    }

    /** An entry of one of its components, as it stands in a file. */
    public String example() {
        return Example.of(this);
    }

    /** The names that stand for it as {@code Type}, the ID first. */
    List<String> names() {
        return Stream.concat(Stream.of(id), aliases.stream()).toList();
    }
}

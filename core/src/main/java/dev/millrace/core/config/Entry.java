package dev.millrace.core.config;

import dev.millrace.spi.ComponentId;
import dev.millrace.spi.PluginFactory;
import org.jspecify.annotations.Nullable;

/**
 * A component as it stands in a pipeline's file, before its options are bound.
 *
 * @param section where it stands; an inline component is an extension
 * @param id its identity; the type is the plugin's ID, even where an alias was written, unless the plugin is unknown
 * @param factory the plugin; null if there is none that can be used, which is reported
 * @param options its keys, without {@code Type}
 * @param path the way to it, for messages
 * @param depth how many components it is nested in, one inline in the other
 */
record Entry(
        Section section,
        ComponentId id,
        @Nullable PluginFactory<?, ?> factory,
        Node.Mapping options,
        OptionPath path,
        int depth) {
    Location location() {
        return options.location();
    }
}

package dev.millrace.core.config;

import dev.millrace.core.message.Message;
import dev.millrace.spi.ComponentId;
import org.jspecify.annotations.Nullable;

/**
 * A reference to a component, as written.
 *
 * @param written the type, perhaps an alias, and the name
 * @param options the options beside {@code Type}, or under {@code Options}; empty if there are none
 * @param location where it stands
 * @param path the identity of its owner and the key: {@code flusher_x/name.Authenticator}
 * @param way the way to it in the file
 */
record Reference(ComponentId written, Node.Mapping options, Location location, String path, OptionPath way) {

    /** Reads the value of an option, and returns null after a problem. */
    static @Nullable Reference read(Entry owner, Node value, OptionPath way, TypeNames types, Problems problems) {
        String path = owner.id() + "." + way.key();
        if (!(value instanceof Node.Mapping mapping)) {
            ComponentId written = types.read(value, path);
            return written == null
                    ? null
                    : new Reference(written, Node.Mapping.empty(value.location()), value.location(), path, way);
        }
        Node type = mapping.get("Type");
        if (type == null) {
            problems.add(mapping.location(), path, ConfigMessage.MISSING_KEY, "Type");
            return null;
        }
        ComponentId written = types.read(type, path);
        Node.Mapping options = options(mapping.without("Type"), path, problems);
        return written == null || options == null ? null : new Reference(written, options, type.location(), path, way);
    }

    private static Node.@Nullable Mapping options(Node.Mapping beside, String path, Problems problems) {
        Node.Entry entry = beside.entry("Options");
        if (entry == null) {
            return beside;
        }
        if (beside.entries().size() > 1) {
            problems.add(entry.location(), path, ConfigMessage.OPTIONS_IN_TWO_PLACES);
            return null;
        }
        if (entry.value() instanceof Node.Mapping options) {
            return options;
        }
        if (entry.value() instanceof Node.Nothing) {
            return Node.Mapping.empty(beside.location());
        }
        if (!(entry.value() instanceof Node.Broken)) {
            problems.add(
                    entry.value().location(),
                    path,
                    ConfigMessage.OPTIONS_OF_OTHER_KIND,
                    entry.value().kind());
        }
        return null;
    }

    void problem(Problems problems, Message message, Object... arguments) {
        problems.add(location, path, message, arguments);
    }
}

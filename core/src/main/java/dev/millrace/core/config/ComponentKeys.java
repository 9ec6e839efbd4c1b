package dev.millrace.core.config;

import dev.millrace.spi.Component;
import java.util.Optional;

/**
 * Which keys have components of their owner's own, and of which plugins, as {@link dev.millrace.spi.config.KeyPattern} says
 * it.
 *
 * @param kind the kind of the components
 * @param keys the keys, with {@code *} where they name the plugin
 * @param types the plugins, with {@code *} for what the key has there
 * @param name the record component whose text is a part of the components' identity
 */
public record ComponentKeys(Class<? extends Component> kind, String keys, String types, String name) {
    private static final char ANY = '*';

    public ComponentKeys {
        if (keys.indexOf(ANY) < 0 || types.indexOf(ANY) < 0) {
            throw new IllegalArgumentException("@KeyPattern '" + keys + "', '" + types + "' (expected: '*' in both)");
        }
    }

    /** Whether a key is one of them. */
    boolean has(String key) {
        return between(keys, key).isPresent();
    }

    /** The ID of the plugin that a key of them names. */
    String type(String key) {
        return types.replace("*", between(keys, key).orElseThrow());
    }

    /** The key that names a plugin; empty where none does. */
    public Optional<String> key(String type) {
        return between(types, type).map(part -> keys.replace("*", part));
    }

    private static Optional<String> between(String pattern, String text) {
        int star = pattern.indexOf(ANY);
        String end = pattern.substring(star + 1);
        boolean fits =
                text.length() >= pattern.length() && text.startsWith(pattern.substring(0, star)) && text.endsWith(end);
        return fits ? Optional.of(text.substring(star, text.length() - end.length())) : Optional.empty();
    }
}

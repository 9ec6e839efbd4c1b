package dev.millrace.spi;

/**
 * The identity of a component in its pipeline: {@code type} or {@code type/name}, as configuration writes it.
 *
 * @param type the plugin ID
 * @param name what tells it from others of its type; empty where there is only one
 */
public record ComponentId(String type, String name) {
    public ComponentId {
        if (type.isBlank() || type.indexOf('/') >= 0) {
            throw new IllegalArgumentException("type: '" + type + "' (expected: a plugin ID, without '/')");
        }
    }

    /**
     * Reads {@code type} or {@code type/name}.
     *
     * @throws IllegalArgumentException if there is no type, or no name behind the slash
     */
    public static ComponentId parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            return new ComponentId(text, "");
        }
        if (slash == text.length() - 1) {
            throw new IllegalArgumentException("'" + text + "' (expected: type or type/name)");
        }
        return new ComponentId(text.substring(0, slash), text.substring(slash + 1));
    }

    @Override
    public String toString() {
        return name.isEmpty() ? type : type + "/" + name;
    }
}

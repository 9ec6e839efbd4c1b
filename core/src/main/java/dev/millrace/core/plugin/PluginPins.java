package dev.millrace.core.plugin;

import dev.millrace.core.message.Wording;
import dev.millrace.core.plugin.PluginFolder.Location;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Which jars may be loaded. A jar is named by its path below its plugin folder: {@code flusher_example.jar}, or {@code
 * flusher_example/library.jar}.
 *
 * @param required whether a jar without a pin is refused
 * @param sha256 for each pinned jar, the SHA-256 that it must have, in hexadecimal digits
 */
public record PluginPins(boolean required, Map<String, String> sha256) {
    /** Every jar may be loaded. */
    public static final PluginPins NONE = new PluginPins(false, Map.of());

    public PluginPins {
        sha256 = Map.copyOf(sha256);
    }

    /**
     * Whether the jars of a location may be loaded.
     *
     * @param problem takes the reason why one may not
     */
    boolean allow(Location location, Map<String, String> hashes, Consumer<Wording> problem) {
        boolean allowed = true;
        for (Map.Entry<String, String> jar : hashes.entrySet()) {
            String name = location.pinName(jar.getKey());
            String pin = sha256.get(name);
            if (pin == null && required) {
                problem.accept(PluginMessage.NOT_PINNED.with(location.file(jar.getKey()), name, jar.getValue()));
                allowed = false;
            } else if (pin != null && !pin.equalsIgnoreCase(jar.getValue())) {
                problem.accept(
                        PluginMessage.PINNED_TO_ANOTHER.with(location.file(jar.getKey()), jar.getValue(), name, pin));
                allowed = false;
            }
        }
        return allowed;
    }
}

package dev.millrace.core.plugin;

import dev.millrace.core.message.Wording;
import dev.millrace.core.plugin.PluginFolder.Location;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

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
    boolean allow(Location location, JarCopies copies, Consumer<Wording> problem) {
        boolean allowed = true;
        for (Path copy : copies.jars()) {
            String jar = copy.getFileName().toString();
            String pin = sha256.get(location.pinName(jar));
            if (pin != null || required) {
                allowed &= matches(pin, location, copies, jar, problem);
            }
        }
        return allowed;
    }

    private static boolean matches(
            @Nullable String pin, Location location, JarCopies copies, String jar, Consumer<Wording> problem) {
        Path file = location.file(jar);
        try {
            String hash = copies.hash(jar);
            if (hash.equalsIgnoreCase(pin)) {
                return true;
            }
            problem.accept(
                    pin == null
                            ? PluginMessage.NOT_PINNED.with(file, location.pinName(jar), hash)
                            : PluginMessage.PINNED_TO_ANOTHER.with(file, hash, location.pinName(jar), pin));
        } catch (IOException unreadable) {
            problem.accept(PluginMessage.JAR_UNREADABLE.with(file, IoReason.of(unreadable)));
        }
        return false;
    }
}

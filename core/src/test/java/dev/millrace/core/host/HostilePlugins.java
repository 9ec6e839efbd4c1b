package dev.millrace.core.host;

import dev.millrace.core.plugin.FixturePlugin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Plugins whose code fails at any place, as the test wants it. */
final class HostilePlugins {
    private static final List<String> KINDS = List.of("input", "processor", "aggregator", "flusher", "extension");
    private static final Path SOURCES = Path.of("src/test/resources/hostile");

    private final Path faults;

    /** None yet; what goes wrong is said by files in a folder. */
    HostilePlugins(Path faults) throws IOException {
        this.faults = Files.createDirectories(faults);
        System.setProperty("hostile.faults", faults.toString());
    }

    /** Writes a jar for each kind of component. */
    static void install(Path folder) throws IOException {
        for (String kind : KINDS) {
            String factory = Character.toUpperCase(kind.charAt(0)) + kind.substring(1) + "Factory";
            FixturePlugin.named("hostile_" + kind)
                    .source(SOURCES.resolve("Fault.java"))
                    .source(SOURCES.resolve("Parts.java"))
                    .service("hostile.Parts$" + factory)
                    .writeTo(folder.resolve("hostile_" + kind + ".jar"));
        }
    }

    /** From now on something goes wrong at a place, until it is mended. */
    void fault(String place, String mode) throws IOException {
        Path draft = faults.resolve("draft");
        Files.writeString(draft, mode);
        Files.move(draft, faults.resolve(place), java.nio.file.StandardCopyOption.ATOMIC_MOVE);
    }

    /** How often it went wrong at a place. */
    static int done(String place) {
        return System.getProperties().get("hostile.done." + place) instanceof Integer times ? times : 0;
    }

    /** What flushers have delivered, in its order. */
    static List<Long> delivered() {
        return Stream.of(System.getProperty("hostile.delivered", "").split(" "))
                .filter(value -> !value.isEmpty())
                .map(Long::valueOf)
                .toList();
    }

    /** All is well at a place. */
    void mend(String place) throws IOException {
        Files.deleteIfExists(faults.resolve(place));
    }
}

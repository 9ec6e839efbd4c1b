package dev.millrace.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.distribution.run.Commands;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/** Plugins whose code fails at any place, as a test wants it: those that the host's own tests have, built as jars. */
final class HostilePlugins {
    private static final Path SOURCES = Path.of("../core/src/test/resources/hostile");

    private final Path faults;

    /** None yet; what goes wrong is said by files in a folder. */
    HostilePlugins(Path faults) throws IOException {
        this.faults = Files.createDirectories(faults);
    }

    /** What the environment of the collector has to name. */
    Map<String, String> environment() {
        return Map.of("HOSTILE_FAULTS", faults.toString());
    }

    /** Puts a jar for each kind of component among the plugins of a distribution. */
    void install(Path work, Path home) throws IOException {
        Path spi;
        try (var jars = Files.newDirectoryStream(home.resolve("lib"), "millrace-spi-*.jar")) {
            spi = jars.iterator().next();
        }
        Path classes = work.resolve("classes");
        Commands.Result compiled = Commands.run(
                Map.of(),
                List.of(
                        WalkThroughPlugin.TOOLS.resolve("javac").toString(),
                        "-nowarn",
                        "--release",
                        "17",
                        "-cp",
                        spi.toString(),
                        "-d",
                        classes.toString(),
                        SOURCES.resolve("Fault.java").toString(),
                        SOURCES.resolve("Parts.java").toString()));
        assertThat(compiled.exitCode()).as("%s", compiled.errors()).isZero();
        for (String kind : List.of("Input", "Processor", "Aggregator", "Flusher")) {
            String id = "hostile_" + kind.toLowerCase(java.util.Locale.ROOT);
            write(id, "hostile.Parts$" + kind + "Factory", classes, home.resolve("plugins/" + id + ".jar"));
        }
    }

    private static void write(String id, String factory, Path classes, Path jar) throws IOException {
        Manifest manifest = new Manifest();
        Attributes entries = manifest.getMainAttributes();
        entries.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        entries.putValue("Plugin-Id", id);
        entries.putValue("Plugin-Version", "0.1.0");
        entries.putValue("Plugin-Spi", "[0.1,0.2)");
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream content = new JarOutputStream(out, manifest);
                Stream<Path> files = Files.walk(classes)) {
            content.putNextEntry(new JarEntry("META-INF/services/dev.millrace.spi.PluginFactory"));
            content.write(factory.getBytes(StandardCharsets.UTF_8));
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                content.putNextEntry(new JarEntry(classes.relativize(file).toString()));
                content.write(Files.readAllBytes(file));
            }
        }
    }

    /** From now on something goes wrong at a place, until it is mended. */
    void fault(String place, String mode) throws IOException {
        Files.deleteIfExists(reachedFile(place));
        Path draft = faults.resolve("draft");
        Files.writeString(draft, mode);
        Files.move(draft, faults.resolve(place), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Whether it went wrong at a place since its fault was there. */
    boolean reached(String place) {
        return Files.exists(reachedFile(place));
    }

    private Path reachedFile(String place) {
        return faults.resolve(place + ".reached");
    }

    /** All is well at a place. */
    void mend(String place) throws IOException {
        Files.deleteIfExists(faults.resolve(place));
    }
}

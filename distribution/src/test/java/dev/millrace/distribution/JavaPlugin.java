package dev.millrace.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.distribution.run.Commands;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Plugins whose sources are among the tests' resources, built as their authors would. */
public final class JavaPlugin {
    private JavaPlugin() {}

    /**
     * Builds {@code resources/ID/com/example/FACTORY.java} and puts the jar among the plugins of a distribution.
     *
     * @param requires the plugin that it requires, or empty
     */
    public static void install(String id, String factory, String requires, Path work, Path home) throws IOException {
        build(id, factory, requires, work, home, home.resolve("plugins/" + id + ".jar"));
    }

    /** Builds a plugin without others that it requires, of the SPI of a distribution, and returns its jar. */
    static Path build(String id, String factory, Path work, Path home) throws IOException {
        return build(id, factory, "", work, home, work.resolve(id + ".jar"));
    }

    private static Path build(String id, String factory, String requires, Path work, Path home, Path jar)
            throws IOException {
        Path services = Files.createDirectories(work.resolve("META-INF/services"));
        Files.writeString(services.resolve("dev.millrace.spi.PluginFactory"), "com.example." + factory + "\n");
        Files.writeString(
                work.resolve("manifest.txt"),
                "Plugin-Id: " + id + "\nPlugin-Version: 1.0.0\nPlugin-Spi: [0.1,0.2)\n"
                        + (requires.isEmpty() ? "" : "Plugin-Requires: " + requires + ";version=\"[0.1,0.2)\"\n"));
        Path spi;
        try (var jars = Files.newDirectoryStream(home.resolve("lib"), "millrace-spi-*.jar")) {
            spi = jars.iterator().next();
        }
        run(
                WalkThroughPlugin.TOOLS.resolve("javac").toString(),
                "--release",
                "17",
                "-cp",
                spi + (requires.isEmpty() ? "" : ":" + home.resolve("plugins/" + requires + ".jar")),
                "-d",
                work.resolve("classes").toString(),
                source(id, factory).toString());
        run(
                WalkThroughPlugin.TOOLS.resolve("jar").toString(),
                "--create",
                "--file",
                jar.toString(),
                "--manifest",
                work.resolve("manifest.txt").toString(),
                "-C",
                work.toString(),
                "META-INF",
                "-C",
                work.resolve("classes").toString(),
                ".");
        return jar;
    }

    static Path source(String id, String factory) {
        return Path.of("src/test/resources/" + id + "/com/example/" + factory + ".java");
    }

    private static void run(String... command) {
        Commands.Result result = Commands.run(Map.of(), List.of(command));
        assertThat(result.errors()).isEmpty();
        assertThat(result.exitCode()).isZero();
    }
}

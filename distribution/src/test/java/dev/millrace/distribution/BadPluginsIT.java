package dev.millrace.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.distribution.run.Await;
import dev.millrace.distribution.run.Installation;
import dev.millrace.distribution.run.LogLine;
import dev.millrace.distribution.run.Millrace;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A jar that is no plugin, or one that is not there, is named with a remedy, and the rest runs. */
final class BadPluginsIT {
    private static final String TO_STANDARD_OUTPUT = """
            inputs:
              - Type: metric_mock
            flushers:
              - Type: flusher_stdout
            """;
    private static final String OVER_HTTP = """
            inputs:
              - Type: metric_mock
            flushers:
              - Type: flusher_prometheus
                Endpoint: http://127.0.0.1:9/api/v1/write
            """;

    @TempDir
    Path folder;

    @Test
    void aCorruptJar() throws Exception {
        Path home = Installation.copyTo(folder.resolve("home"));
        Path jar = home.resolve("plugins/broken.jar");
        Files.writeString(jar, "not a jar");
        runsBeside(
                home,
                complaints -> assertThat(complaints)
                        .singleElement()
                        .asString()
                        .startsWith(jar + ": not a readable jar (")
                        .endsWith("): replace it with a complete copy"));
    }

    @Test
    void aJarThatIsCutOff() throws Exception {
        Path home = Installation.copyTo(folder.resolve("home"));
        byte[] whole = Files.readAllBytes(home.resolve("plugins/ext_basicauth.jar"));
        Path jar = home.resolve("plugins/ext_basicauth.jar");
        Files.write(jar, Arrays.copyOf(whole, whole.length / 2));
        runsBeside(
                home,
                complaints -> assertThat(complaints)
                        .singleElement()
                        .asString()
                        .startsWith(jar + ": not a readable jar (")
                        .endsWith("): replace it with a complete copy"));
    }

    @Test
    void aJarWithoutManifestEntries() throws Exception {
        Path home = Installation.copyTo(folder.resolve("home"));
        Path jar = home.resolve("plugins/library.jar");
        writeLibrary(jar);
        runsBeside(
                home,
                complaints -> assertThat(complaints)
                        .containsExactly(
                                jar + ": the manifest has no Plugin-Id, so it is no plugin: remove it, or move it into"
                                        + " the folder of the plugin that needs it"));
    }

    @Test
    void aPluginThatAnotherRequiresIsTakenAway() throws Exception {
        Path home = Installation.copyTo(folder.resolve("home"));
        Files.delete(home.resolve("plugins/flusher_http.jar"));
        Path needs = home.resolve("plugins/flusher_prometheus.jar");
        String sentence = "plugin flusher_prometheus 0.1.0 (" + needs
                + ") requires flusher_http [0.1,0.2), which is not installed:"
                + " put flusher_http.jar into the plugins folder";
        try (Millrace millrace = Millrace.in(folder.resolve("run"), home, Map.of())) {
            millrace.pipeline("stdout", TO_STANDARD_OUTPUT).pipeline("http", OVER_HTTP);
            millrace.start();
            assertThat(LogLine.complaints(millrace.lines()))
                    .contains(sentence)
                    .contains(millrace.conf().resolve("pipelines/http.yaml")
                            + ":4:11: flushers[0]: plugin 'flusher_prometheus' cannot be used: " + sentence);
            awaitRise(millrace);
            assertThat(traces(millrace)).isEmpty();
            assertThat(millrace.stop()).isZero();
        }
    }

    private void runsBeside(Path home, Consumer<List<String>> check) throws Exception {
        try (HealthyPipeline healthy = new HealthyPipeline();
                Millrace millrace = Millrace.in(folder.resolve("run"), home, Map.of())) {
            healthy.addTo(millrace);
            millrace.start();
            check.accept(healthy.othersThanItsOwn(LogLine.complaints(millrace.lines())));
            healthy.awaitRise(millrace);
            healthy.assertNothingLost();
            assertThat(LogLine.others(millrace.lines())).isEmpty();
            assertThat(millrace.stop()).isZero();
        }
    }

    private static void awaitRise(Millrace millrace) throws Exception {
        double before = delivered(millrace);
        Await.until("the counter rises", Duration.ofSeconds(30), () -> delivered(millrace) > before);
    }

    private static double delivered(Millrace millrace) throws IOException {
        return millrace.metrics().sum("millrace_flusher_delivered_items_total", "pipeline", "stdout");
    }

    /** Lines that are neither of the log nor of the events that are printed. */
    private static List<String> traces(Millrace millrace) {
        return LogLine.others(millrace.lines()).stream()
                .filter(line -> line.startsWith(" ") || line.contains("Exception"))
                .toList();
    }

    private static void writeLibrary(Path jar) throws IOException {
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream content = new JarOutputStream(out)) {
            content.putNextEntry(new JarEntry("library/words.txt"));
            content.write("words".getBytes(StandardCharsets.UTF_8));
        }
    }
}

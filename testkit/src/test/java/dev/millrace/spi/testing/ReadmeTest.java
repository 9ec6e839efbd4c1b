package dev.millrace.spi.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.spi.PluginFactory;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.pipeline.Flusher;
import dev.millrace.spi.pipeline.Outcome;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The plugin that README.md walks through, made from that text. */
final class ReadmeTest {
    private static final Pattern FILE = Pattern.compile("(?m)^`([^`\n]+)`:\n\n```[a-z]*\n(.*?)^```$", Pattern.DOTALL);

    private final Map<String, String> files = new LinkedHashMap<>();

    @TempDir
    private Path folder;

    @BeforeEach
    void extract() throws IOException {
        Matcher matcher = FILE.matcher(Files.readString(Path.of("../spi/README.md")));
        while (matcher.find()) {
            files.put(matcher.group(1), matcher.group(2));
            Path file = folder.resolve(matcher.group(1));
            Files.createDirectories(file.getParent());
            Files.writeString(file, matcher.group(2));
        }
    }

    @Test
    void holdsAllFilesOfAPlugin() throws IOException {
        assertThat(files)
                .containsOnlyKeys(
                        "com/example/LineFileFactory.java",
                        "META-INF/services/dev.millrace.spi.PluginFactory",
                        "manifest.txt",
                        "pipelines/lines.yaml");
        Manifest manifest =
                new Manifest(new ByteArrayInputStream(files.get("manifest.txt").getBytes(StandardCharsets.UTF_8)));
        assertThat(manifest.getMainAttributes().getValue("Plugin-Id")).isEqualTo("flusher_line_file");
    }

    @Test
    void compilesAndIsFoundAndDelivers() throws Exception {
        try (URLClassLoader loader = compile()) {
            PluginFactory<?, ?> factory = factory(loader);
            Path output = folder.resolve("lines.txt");
            WholeBatch slice = new WholeBatch(MetricBatch.builder(2)
                    .add(Labels.of(Labels.METRIC_NAME, "up"), 1, Double.doubleToRawLongBits(0.5))
                    .add(Labels.of(Labels.METRIC_NAME, "up"), 1, Double.doubleToRawLongBits(0.5))
                    .build());

            assertThat(factory.type()).isEqualTo("flusher_line_file");
            Flusher flusher = create(factory, output.toString());
            assertThat(flusher.send(slice).toCompletableFuture()).isCompletedWithValue(Outcome.Delivered.ALL);
            assertThat(flusher.send(slice).toCompletableFuture()).isCompletedWithValue(Outcome.Delivered.ALL);

            String line = "{__name__=\"up\"} 0.5 1\n";
            assertThat(output).content().isEqualTo(line.repeat(4));
            assertThat(create(factory, folder + "/missing/lines.txt")
                            .send(slice)
                            .toCompletableFuture())
                    .isCompletedWithValueMatching(outcome -> outcome instanceof Outcome.Retry);
            assertThatThrownBy(() -> create(factory, "lines.txt"))
                    .hasRootCauseMessage("lines.txt (expected: an absolute path)");
        }
    }

    private static PluginFactory<?, ?> factory(ClassLoader loader) {
        for (PluginFactory<?, ?> found : ServiceLoader.load(PluginFactory.class, loader)) {
            if (found.getClass().getClassLoader() == loader) {
                return found;
            }
        }
        throw new AssertionError("META-INF/services does not name the factory");
    }

    private URLClassLoader compile() throws IOException {
        int result = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "--release",
                        "17",
                        "-Xlint:all",
                        "-Werror",
                        "-classpath",
                        Path.of("../spi/target/classes").toString(),
                        folder.resolve("com/example/LineFileFactory.java").toString());
        assertThat(result).isZero();
        return new URLClassLoader(new URL[] {folder.toUri().toURL()}, PluginFactory.class.getClassLoader());
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // the options are a class of the plugin's own loader
    private static Flusher create(PluginFactory factory, String file) throws Exception {
        try {
            Record options =
                    (Record) factory.options().getDeclaredConstructors()[0].newInstance(file, " ");
            return (Flusher) factory.create(options, null);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(e.getCause());
        }
    }
}

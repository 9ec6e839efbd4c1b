package dev.millrace.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The SPI, compared by japicmp with the one that plugins of its version were built against. */
final class ApiCompatibilityTest {
    private static final Path BASELINE = Path.of("baseline");
    private static final Path CLASSES = Path.of("target/classes");

    @TempDir
    Path folder;

    @Test
    void pluginsOfThisVersionGoOnRunning() throws IOException {
        Path now = jar(CLASSES, folder.resolve("now.jar"));
        assertThat(ApiChanges.between(baseline(), now))
                .as("""
                        changes of the SPI that break plugins built against %s.
                        Keep what was there (a default method, another constructor, a class beside it), or step the version:
                        spi/baseline/README.md says how.""", baseline().getFileName())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Component | interface Component {} | dev.millrace.spi.Component.stop(): METHOD_REMOVED
            Component | interface Component { void pause(); default void stop() throws Exception {} } | dev.millrace.spi.Component.pause(): METHOD_ADDED_TO_INTERFACE
            ComponentId | record ComponentId(String type, String name, int number) { public static ComponentId parse(String text) { return null; } } | dev.millrace.spi.ComponentId.ComponentId(): CONSTRUCTOR_REMOVED
            BodyTooLargeException | final class BodyTooLargeException extends RuntimeException { public BodyTooLargeException(long limit) {} } | dev.millrace.spi.BodyTooLargeException: SUPERCLASS_REMOVED
            """)
    void aChangeThatBreaksPluginsIsNamed(String name, String code, String change) throws IOException {
        assertThat(ApiChanges.between(baseline(), changed(name, code))).contains(change);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Component | interface Component { default void pause() {} default void stop() throws Exception {} }
            State | interface State { int MAX_BYTES = 1 << 20; java.util.Optional<byte[]> get(); void set(byte[] state); void clear(); }
            """)
    void aChangeThatBreaksNobodyIsNot(String name, String code) throws IOException {
        assertThat(ApiChanges.between(baseline(), changed(name, code))).isEmpty();
    }

    private static Path baseline() throws IOException {
        try (Stream<Path> files = Files.list(BASELINE)) {
            List<Path> jars =
                    files.filter(file -> file.toString().endsWith(".jar")).toList();
            assertThat(jars).as("the SPI of a version has one baseline").hasSize(1);
            return jars.get(0);
        }
    }

    /** The baseline with another class of this name in the package {@code dev.millrace.spi}. */
    private Path changed(String name, String code) throws IOException {
        Path classes = folder.resolve("classes");
        try (var file = FileSystems.newFileSystem(baseline());
                Stream<Path> all = Files.walk(file.getPath("/"))) {
            for (Path entry : all.filter(Files::isRegularFile).toList()) {
                Path copy = classes.resolve(entry.toString().substring(1));
                Files.createDirectories(copy.getParent());
                Files.copy(entry, copy);
            }
        }
        Path source = Files.writeString(
                Files.createDirectories(folder.resolve("source")).resolve(name + ".java"),
                "package dev.millrace.spi;\npublic " + code);
        int result = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "-d",
                        classes.toString(),
                        "-cp",
                        baseline().toString(),
                        source.toString());
        assertThat(result).isZero();
        return jar(classes, folder.resolve("changed.jar"));
    }

    private static Path jar(Path classes, Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out);
                Stream<Path> all = Files.walk(classes)) {
            for (Path entry :
                    all.filter(path -> path.toString().endsWith(".class")).toList()) {
                zip.putNextEntry(new ZipEntry(classes.relativize(entry).toString()));
                Files.copy(entry, zip);
            }
        }
        return file;
    }
}

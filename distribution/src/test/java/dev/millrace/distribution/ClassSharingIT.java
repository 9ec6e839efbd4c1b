package dev.millrace.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.distribution.run.Await;
import dev.millrace.distribution.run.Commands;
import dev.millrace.distribution.run.Installation;
import dev.millrace.distribution.run.Millrace;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The archive of classes: made at a first start, used by the next, harmless when it is damaged, replaced when stale. */
@Tag("servers")
final class ClassSharingIT {
    private static final Duration DEADLINE = Duration.ofMinutes(3);
    private static final Map<String, String> SHARING = Map.of("MILLRACE_CLASS_SHARING", "on");

    @TempDir
    private static Path first;

    private static Path archive;

    @TempDir
    Path folder;

    @BeforeAll
    static void makeAnArchive() throws IOException {
        try (Millrace millrace = Millrace.in(first, Millrace.HOME, SHARING).start()) {
            archive = awaitArchive(millrace.data());
            millrace.kill();
            assertThat(millrace.lines()).allMatch(line -> line.startsWith("INFO "));
        }
    }

    @Test
    void theNextStartUsesIt() throws IOException {
        Path data = dataWith(Files.readAllBytes(archive));
        try (Millrace millrace = start()) {
            assertThat(loadedClasses()).anyMatch(line -> isFromArchive(line, "dev.millrace.core.host.Host"));
            assertThat(millrace.stop()).isZero();
            assertThat(millrace.lines()).allMatch(line -> line.startsWith("INFO "));
        }
        assertThat(archives(data)).hasSize(1);
    }

    @Test
    void otherCommandsUseItAndMakeNone() throws IOException {
        dataWith(Files.readAllBytes(archive));
        assertThat(version().output()).hasSize(1);
        assertThat(loadedClasses()).anyMatch(line -> isFromArchive(line, "dev.millrace.core.cli.Main"));
        assertThat(Commands.millrace(
                                Millrace.HOME,
                                Map.of("MILLRACE_DATA", folder.resolve("none").toString()),
                                "version")
                        .exitCode())
                .isZero();
        assertThat(folder.resolve("none")).doesNotExist();
    }

    @Test
    void garbageIsHarmlessAndGoes() throws IOException {
        Path data = dataWith(new byte[100_000]);
        Path garbage = Files.move(
                data.resolve("cache").resolve(archive.getFileName()),
                data.resolve("cache")
                        .resolve(archive.getFileName().toString().replaceFirst("-\\d+[.]jsa$", "-100000.jsa")));
        assertThat(version()).isEqualTo(Commands.millrace("version"));
        try (Millrace millrace = start()) {
            assertThat(loadedClasses()).noneMatch(line -> isFromArchive(line, "dev.millrace.core.host.Host"));
            Await.until("the garbage is gone", DEADLINE, () -> !Files.exists(garbage));
            assertThat(millrace.stop()).isZero();
            assertThat(millrace.lines()).allMatch(line -> line.startsWith("INFO "));
        }
    }

    @Test
    void oneThatWasCutShortIsPassedOver() throws IOException {
        Path data = dataWith(Files.readAllBytes(archive));
        try (FileChannel channel =
                FileChannel.open(data.resolve("cache").resolve(archive.getFileName()), StandardOpenOption.WRITE)) {
            channel.truncate(Files.size(archive) / 2);
        }
        assertThat(version()).isEqualTo(Commands.millrace("version"));
        assertThat(loadedClasses()).noneMatch(line -> isFromArchive(line, "dev.millrace.core.cli.Main"));
    }

    @Test
    void otherJarsGetAnotherAndTheOldOneGoes() throws IOException {
        Path data = dataWith(Files.readAllBytes(archive));
        Path home = Installation.copyTo(folder.resolve("home"));
        try (Millrace millrace = Millrace.in(folder, home, SHARING).start()) {
            Path old = data.resolve("cache").resolve(archive.getFileName());
            Await.until(
                    "the old archive is gone",
                    DEADLINE,
                    () -> !Files.exists(old),
                    () -> millrace.lines().toString());
            assertThat(archives(data)).singleElement().isNotEqualTo(old);
            assertThat(millrace.stop()).isZero();
        }
    }

    /* A data folder whose archive, for the shared installation, has this content. */
    private Path dataWith(byte[] content) throws IOException {
        Path data = folder.resolve("data");
        Files.write(Files.createDirectories(data.resolve("cache")).resolve(archive.getFileName()), content);
        return data;
    }

    private Millrace start() {
        return Millrace.in(
                        folder,
                        Millrace.HOME,
                        Map.of("MILLRACE_CLASS_SHARING", "on", "MILLRACE_JAVA_OPTIONS", logged()))
                .start();
    }

    private Commands.Result version() {
        return Commands.millrace(
                Millrace.HOME,
                Map.of("MILLRACE_DATA", folder.resolve("data").toString(), "MILLRACE_JAVA_OPTIONS", logged()),
                "version");
    }

    private String logged() {
        return "-Xlog:class+load:file=" + folder.resolve("classes.log");
    }

    private List<String> loadedClasses() throws IOException {
        return Files.readAllLines(folder.resolve("classes.log"));
    }

    private static boolean isFromArchive(String line, String name) {
        return line.contains(" " + name + " source: shared objects file");
    }

    private static Path awaitArchive(Path data) throws IOException {
        Await.until("an archive is there", DEADLINE, () -> !archives(data).isEmpty());
        return archives(data).get(0);
    }

    private static List<Path> archives(Path data) throws IOException {
        try (Stream<Path> files = Files.list(data.resolve("cache"))) {
            return files.filter(file -> file.toString().endsWith(".jsa")).toList();
        }
    }
}

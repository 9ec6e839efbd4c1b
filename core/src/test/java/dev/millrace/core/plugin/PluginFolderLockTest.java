package dev.millrace.core.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a command that was killed at any step of a change leaves is finished by the next one, and no plugin is lost. */
final class PluginFolderLockTest {
    @TempDir
    Path folder;

    @Test
    void whatWasSetAsideAndNotReplacedComesBack() throws IOException {
        jar(".flusher_x.jar.old", "flusher_x", "1.0.0");
        jar(".flusher_x.jar.new", "flusher_x", "1.0.1");
        assertThat(afterwards()).containsExactly("flusher_x.jar flusher_x 1.0.0");
    }

    @Test
    void whatWasReplacedGoes() throws IOException {
        jar("flusher_x.jar", "flusher_x", "1.0.1");
        jar(".flusher_x.jar.old", "flusher_x", "1.0.0");
        assertThat(afterwards()).containsExactly("flusher_x.jar flusher_x 1.0.1");
    }

    @Test
    void whatWasReplacedUnderAnotherNameGoes() throws IOException {
        jar("flusher_x.jar", "flusher_x", "1.0.1");
        jar("flusher_y.jar", "flusher_y", "1.0.0");
        jar(".flusher_x-1.0.0.jar.old", "flusher_x", "1.0.0");
        assertThat(afterwards()).containsExactly("flusher_x.jar flusher_x 1.0.1", "flusher_y.jar flusher_y 1.0.0");
    }

    @Test
    void aFolderComesBackWhole() throws IOException {
        Files.createDirectory(folder.resolve(".flusher_x.old"));
        jar(".flusher_x.old/flusher_x.jar", "flusher_x", "1.0.0");
        Files.createDirectory(folder.resolve(".flusher_x.new"));
        jar(".flusher_x.new/flusher_x.jar", "flusher_x", "1.0.1");
        assertThat(afterwards()).containsExactly("flusher_x flusher_x 1.0.0");
    }

    @Test
    void halfACopyGoes() throws IOException {
        jar("flusher_x.jar", "flusher_x", "1.0.0");
        Files.writeString(folder.resolve(".flusher_x.jar.new"), "half");
        assertThat(afterwards()).containsExactly("flusher_x.jar flusher_x 1.0.0");
    }

    @Test
    void oneAtATime() throws IOException {
        try (PluginFolderLock lock = PluginFolderLock.take(List.of(folder, folder))) {
            assertThat(lock).isNotNull();
            assertThatThrownBy(() -> PluginFolderLock.take(List.of(folder)))
                    .hasMessage(folder + ": another command changes its plugins; try again when that is done");
        }
        assertThat(afterwards()).isEmpty();
    }

    @Test
    void aStartFinishesItToo() throws IOException {
        jar(".flusher_x.jar.old", "flusher_x", "1.0.0");
        PluginFolderLock.finish(List.of(folder, folder.resolve("missing")));
        assertThat(afterwards()).containsExactly("flusher_x.jar flusher_x 1.0.0");
    }

    @Test
    void aFolderThatIsMissingIsNotMade() throws IOException {
        Path missing = folder.resolve("missing");
        PluginFolderLock.take(List.of(missing)).close();
        assertThat(missing).doesNotExist();
    }

    private List<String> afterwards() throws IOException {
        PluginFolderLock.take(List.of(folder)).close();
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> !file.endsWith(".lock"))
                    .map(PluginFolderLockTest::described)
                    .sorted()
                    .toList();
        }
    }

    private static String described(Path plugin) {
        try {
            return plugin.getFileName() + " " + PluginName.of(plugin);
        } catch (IOException e) {
            return plugin.getFileName() + " " + e.getMessage();
        }
    }

    private void jar(String name, String id, String version) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Plugin-Id", id);
        manifest.getMainAttributes().putValue("Plugin-Version", version);
        manifest.getMainAttributes().putValue("Plugin-Spi", "[0.1,0.2)");
        new JarOutputStream(Files.newOutputStream(folder.resolve(name)), manifest).close();
    }
}
